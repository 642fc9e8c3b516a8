#include "engine/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "workflow/history.hpp"

namespace workflow::engine {
namespace {

constexpr double seconds(std::chrono::nanoseconds length) {
    return std::chrono::duration<double>(length).count();
}

std::string heading(std::string_view name, std::string_view type, std::string_view help) {
    return fmt::format("# TYPE {0} {1}\n# HELP {0} {2}\n", name, type, help);
}

}  // namespace

void Metrics::count(const Tally& tally) noexcept {
    for (std::size_t i = 0; i < tally.steps.size(); ++i) {
        if (tally.steps[i] != 0) steps_[i].fetch_add(tally.steps[i], std::memory_order_relaxed);
    }
}

void Metrics::count(RefusalCode refusal) {
    const std::lock_guard lock(mutex_);
    ++refusals_[refusal];
}

void Metrics::count_commit(std::chrono::nanoseconds took) noexcept {
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), microseconds);
    commits_[static_cast<std::size_t>(bucket - bounds.begin())].fetch_add(
        1, std::memory_order_relaxed);
    commit_nanoseconds_.fetch_add(static_cast<std::uint64_t>(took.count()),
                                  std::memory_order_relaxed);
}

std::string Metrics::text(const Gauges& gauges) const {
    std::string text = heading("workflow_steps", "counter", "Steps that were taken and kept.");
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const std::uint64_t steps = steps_[i].load(std::memory_order_relaxed);
        if (steps == 0) continue;
        text += fmt::format("workflow_steps_total{{event=\"{}\"}} {}\n", event_names()[i], steps);
    }
    text += heading("workflow_refusals", "counter", "Calls that were answered by a refusal.");
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [code, refused] : refusals_) {
            text += fmt::format("workflow_refusals_total{{code=\"{}\"}} {}\n", to_string(code),
                                refused);
        }
    }
    text += heading("workflow_timer_lag_seconds", "gauge",
                    "How long ago the first timer that has not been run fell due.");
    text += "# UNIT workflow_timer_lag_seconds seconds\n";
    text += fmt::format("workflow_timer_lag_seconds {}\n", seconds(gauges.timer_lag));
    text += heading("workflow_outbox_depth", "gauge", "Effects that wait to be delivered.");
    text += fmt::format("workflow_outbox_depth {}\n", gauges.outbox_depth);
    text += heading("workflow_commit_seconds", "histogram", "How long commits of the store took.");
    text += "# UNIT workflow_commit_seconds seconds\n";
    std::uint64_t commits = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        commits += commits_[i].load(std::memory_order_relaxed);
        text += fmt::format("workflow_commit_seconds_bucket{{le=\"{}\"}} {}\n",
                            seconds(std::chrono::microseconds(bounds[i])), commits);
    }
    commits += commits_.back().load(std::memory_order_relaxed);
    const std::chrono::nanoseconds sum(commit_nanoseconds_.load(std::memory_order_relaxed));
    text += fmt::format(
        "workflow_commit_seconds_bucket{{le=\"+Inf\"}} {0}\nworkflow_commit_seconds_sum {1}\n"
        "workflow_commit_seconds_count {0}\n",
        commits, seconds(sum));
    return text + "# EOF\n";
}

}  // namespace workflow::engine
