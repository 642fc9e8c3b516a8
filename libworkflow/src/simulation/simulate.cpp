#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

#include "simulation/replication.hpp"

namespace workflow::simulation {
namespace {

void merge(StateResult& into, const StateResult& one) {
    into.waiting.merge(one.waiting);
    into.effort.merge(one.effort);
    into.stay.merge(one.stay);
    into.queue_hours += one.queue_hours;
    into.queue_most = std::max(into.queue_most, one.queue_most);
    into.entered += one.entered;
}

void merge(RoleResult& into, const RoleResult& one) {
    into.waiting.merge(one.waiting);
    into.effort.merge(one.effort);
    into.queue.merge(one.queue);
    into.busy.merge(one.busy);
}

void merge(PersonResult& into, const PersonResult& one) {
    into.busy_hours += one.busy_hours;
    into.present_hours += one.present_hours;
}

void merge(OutcomeResult& into, const OutcomeResult& one) {
    into.count += one.count;
    into.lead.merge(one.lead);
}

void merge(OpenResult& into, const OpenResult& one) {
    into.ended += one.ended;
    into.late += one.late;
    into.left.merge(one.left);
}

void merge(ClockResultCounts& into, const ClockResultCounts& one) {
    into.early += one.early;
    into.on_time += one.on_time;
    into.late += one.late;
    into.used.merge(one.used);
}

template <class Result>
void merge(std::vector<Result>& into, const std::vector<Result>& one) {
    into.resize(one.size());
    for (std::size_t i = 0; i < one.size(); ++i) merge(into[i], one[i]);
}

template <class Result>
void merge(std::map<std::string, Result>& into, const std::map<std::string, Result>& one) {
    for (const auto& [id, result] : one) merge(into[id], result);
}

void merge(Replication& into, const Replication& one) {
    if (into.unable == 0) into.first_unable = one.first_unable;
    if (into.left == 0) into.first_left = one.first_left;
    into.arrived += one.arrived;
    into.ended += one.ended;
    into.incidents += one.incidents;
    into.unable += one.unable;
    into.left += one.left;
    into.hours += one.hours;
    into.under_way_hours += one.under_way_hours;
    into.under_way.merge(one.under_way);
    into.lead.merge(one.lead);
    into.worked.merge(one.worked);
    merge(into.outcomes, one.outcomes);
    merge(into.states, one.states);
    merge(into.roles, one.roles);
    merge(into.people, one.people);
    merge(into.clocks, one.clocks);
    merge(into.open, one.open);
}

/// Hands out the numbers of replications, and keeps what came of each.
class Queue {
public:
    Queue(const Assumptions& assumptions, const Plan& plan)
        : assumptions_(assumptions), plan_(plan), results_(plan.replications), errors_(plan.replications) {}

    void work() {
        while (const auto number = next()) {
            Run run = plan_.run;
            run.replication = *number;
            if (*number != 0) run.on_end = {};
            try {
                results_[*number] = replicate(assumptions_, run, [this](std::uint64_t ended) {
                    return keeps_on(ended, Replications::none);
                });
            } catch (...) {
                errors_[*number] = std::current_exception();
            }
            if (errors_[*number]) stop();
            if (results_[*number] && !results_[*number]->given_up) {
                (void)keeps_on(0, Replications::one);
            }
        }
    }

    [[nodiscard]] std::vector<Replication> take() {
        std::vector<Replication> done;
        for (std::size_t number = 0; number < results_.size(); ++number) {
            if (errors_[number]) std::rethrow_exception(errors_[number]);
            if (!results_[number]) continue;
            if (done_ > 0 && results_[number]->given_up) continue;
            done.push_back(std::move(*results_[number]));
        }
        return done;
    }

private:
    [[nodiscard]] std::optional<std::uint64_t> next() {
        const std::lock_guard lock(mutex_);
        if (stopped_ || next_ == plan_.replications) return std::nullopt;
        return next_++;
    }

    void stop() {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }

    enum class Replications : std::uint8_t { none, one };
    /// So much more has been done.
    bool keeps_on(std::uint64_t ended, Replications done) {
        const std::lock_guard lock(mutex_);
        ended_ += ended;
        if (done == Replications::one) ++done_;
        if (!stopped_ && plan_.progress && !plan_.progress(done_, ended_)) stopped_ = true;
        return !stopped_;
    }

    const Assumptions& assumptions_;
    const Plan& plan_;
    std::vector<std::optional<Replication>> results_;  ///< each written by one thread
    std::vector<std::exception_ptr> errors_;
    std::mutex mutex_;
    std::uint64_t next_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t ended_ = 0;  ///< dossiers
    bool stopped_ = false;
};

double share_late(const ClockResultCounts& counts) {
    const std::uint64_t all = counts.early + counts.on_time + counts.late;
    return static_cast<double>(counts.late) / static_cast<double>(all);
}

}  // namespace

Simulated simulate(const Assumptions& assumptions, const Plan& plan) {
    Queue queue(assumptions, plan);
    {
        std::vector<std::jthread> others;
        const std::uint64_t wanted = std::min<std::uint64_t>(plan.threads, plan.replications);
        for (std::uint64_t i = 1; i < wanted; ++i) others.emplace_back([&queue] { queue.work(); });
        queue.work();
    }
    Simulated simulated;
    simulated.replications = queue.take();
    simulated.stopped = simulated.replications.size() < plan.replications ||
                        std::any_of(simulated.replications.begin(), simulated.replications.end(),
                                    [](const Replication& one) { return one.given_up; });
    std::vector<double> lead;
    std::map<std::string, std::vector<double>> late;
    for (const Replication& one : simulated.replications) {
        merge(simulated.together, one);
        lead.push_back(one.lead.mean());
        for (const auto& [clock, counts] : one.clocks) late[clock].push_back(share_late(counts));
    }
    simulated.lead = confidence_interval(lead);
    for (const auto& [clock, shares] : late) {
        if (shares.size() != simulated.replications.size()) continue;
        if (const auto interval = confidence_interval(shares)) simulated.late[clock] = *interval;
    }
    return simulated;
}

}  // namespace workflow::simulation
