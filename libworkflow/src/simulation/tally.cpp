#include "simulation/tally.hpp"

#include <algorithm>

#include "procedure/model.hpp"

namespace workflow::simulation {

Tally::Tally(const Assumptions& assumptions) {
    const procedure::Model& model = assumptions.procedure->model();
    result_.states.resize(model.states.size());
    result_.roles.resize(model.roles.size());
    result_.people.resize(assumptions.people.size());
    queued_.resize(model.states.size());
    queues_.resize(model.roles.size());
    busy_.resize(model.roles.size());
}

void Tally::change(Level& level, OverTime& over_time, std::int64_t by) {
    over_time.add(level.since, elapsed_, static_cast<double>(level.now));
    level.now += static_cast<std::uint64_t>(by);
    level.since = elapsed_;
}

void Tally::change_under_way(std::int64_t by) {
    result_.under_way_hours += (elapsed_ - under_way_.since) * static_cast<double>(under_way_.now);
    change(under_way_, result_.under_way, by);
}

void Tally::change_queued(std::uint32_t state, std::int64_t by) {
    Level& queued = queued_[state];
    result_.states[state].queue_hours += (elapsed_ - queued.since) * static_cast<double>(queued.now);
    queued.now += static_cast<std::uint64_t>(by);
    queued.since = elapsed_;
}

/// Adds up all levels until now.
void Tally::settle() {
    change_under_way(0);
    for (std::uint32_t state = 0; state < queued_.size(); ++state) change_queued(state, 0);
    for (std::size_t role = 0; role < queues_.size(); ++role) {
        change(queues_[role], result_.roles[role].queue, 0);
        change(busy_[role], result_.roles[role].busy, 0);
    }
}

void Tally::forget_warm_up() {
    settle();
    counted_since_ = elapsed_;
    result_.under_way_hours = 0;
    for (StateResult& state : result_.states) state.queue_hours = 0;
    for (PersonResult& person : result_.people) person.busy_hours = 0;
}

void Tally::dossier_begins() {
    change_under_way(1);
}

void Tally::dossier_ends() {
    change_under_way(-1);
}

void Tally::queue_grows(std::uint32_t state, std::uint32_t role) {
    change_queued(state, 1);
    std::uint64_t& most = result_.states[state].queue_most;
    most = std::max(most, queued_[state].now);
    change(queues_[role], result_.roles[role].queue, 1);
}

void Tally::queue_shrinks(std::uint32_t state, std::uint32_t role) {
    change_queued(state, -1);
    change(queues_[role], result_.roles[role].queue, -1);
}

void Tally::begins_work(std::uint32_t role) {
    change(busy_[role], result_.roles[role].busy, 1);
}

void Tally::ends_work(std::uint32_t role, std::size_t person, double hours) {
    change(busy_[role], result_.roles[role].busy, -1);
    result_.people[person].busy_hours += hours;
}

Replication Tally::take() {
    settle();
    result_.hours = elapsed_ - counted_since_;
    return std::move(result_);
}

}  // namespace workflow::simulation
