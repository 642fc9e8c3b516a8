#include "simulation/simulate.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

namespace workflow::simulation {
namespace {

void merge(StateResult& into, const StateResult& one) {
    into.waiting.merge(one.waiting);
    into.effort.merge(one.effort);
    into.queue_hours += one.queue_hours;
    into.queue_most = std::max(into.queue_most, one.queue_most);
}

void merge(Replication& into, const Replication& one) {
    if (into.unable == 0) into.first_unable = one.first_unable;
    into.arrived += one.arrived;
    into.ended += one.ended;
    into.incidents += one.incidents;
    into.unable += one.unable;
    into.hours += one.hours;
    into.under_way_hours += one.under_way_hours;
    into.lead.merge(one.lead);
    for (const auto& [outcome, times] : one.outcomes) into.outcomes[outcome] += times;
    into.states.resize(one.states.size());
    for (std::size_t i = 0; i < one.states.size(); ++i) merge(into.states[i], one.states[i]);
    into.people.resize(one.people.size());
    for (std::size_t i = 0; i < one.people.size(); ++i) {
        into.people[i].busy_hours += one.people[i].busy_hours;
    }
    for (const auto& [clock, counts] : one.clocks) {
        ClockResultCounts& sum = into.clocks[clock];
        sum.early += counts.early;
        sum.on_time += counts.on_time;
        sum.late += counts.late;
    }
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
            try {
                results_[*number] = replicate(assumptions_, run);
            } catch (...) {
                errors_[*number] = std::current_exception();
            }
            tell(*number);
        }
    }

    [[nodiscard]] std::vector<Replication> take() {
        std::vector<Replication> done;
        for (std::size_t number = 0; number < results_.size(); ++number) {
            if (errors_[number]) std::rethrow_exception(errors_[number]);
            if (results_[number]) done.push_back(std::move(*results_[number]));
        }
        return done;
    }

private:
    [[nodiscard]] std::optional<std::uint64_t> next() {
        const std::lock_guard lock(mutex_);
        if (stopped_ || next_ == plan_.replications) return std::nullopt;
        return next_++;
    }

    void tell(std::uint64_t number) {
        const std::lock_guard lock(mutex_);
        if (errors_[number]) stopped_ = true;
        ++done_;
        if (plan_.progress && !plan_.progress(done_)) stopped_ = true;
    }

    const Assumptions& assumptions_;
    const Plan& plan_;
    std::vector<std::optional<Replication>> results_;  ///< each written by one thread
    std::vector<std::exception_ptr> errors_;
    std::mutex mutex_;
    std::uint64_t next_ = 0;
    std::uint64_t done_ = 0;
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
