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

void Tally::pass(double hours, std::size_t under_way) {
    if (under_way != under_way_.now) {
        change(under_way_, result_.under_way,
               static_cast<std::int64_t>(under_way) - static_cast<std::int64_t>(under_way_.now));
    }
    if (hours == 0) return;
    elapsed_ += hours;
    result_.hours += hours;
    result_.under_way_hours += hours * static_cast<double>(under_way);
    for (std::size_t state = 0; state < queued_.size(); ++state) {
        if (queued_[state] == 0) continue;
        result_.states[state].queue_hours += hours * static_cast<double>(queued_[state]);
    }
}

void Tally::forget_warm_up() {
    result_.hours = 0;
    result_.under_way_hours = 0;
    for (StateResult& state : result_.states) state.queue_hours = 0;
    for (PersonResult& person : result_.people) person.busy_hours = 0;
}

void Tally::queue_grows(std::uint32_t state, std::uint32_t role) {
    StateResult& result = result_.states[state];
    result.queue_most = std::max(result.queue_most, ++queued_[state]);
    change(queues_[role], result_.roles[role].queue, 1);
}

void Tally::queue_shrinks(std::uint32_t state, std::uint32_t role) {
    --queued_[state];
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
    for (std::size_t role = 0; role < queues_.size(); ++role) {
        change(queues_[role], result_.roles[role].queue, 0);
        change(busy_[role], result_.roles[role].busy, 0);
    }
    change(under_way_, result_.under_way, 0);
    return std::move(result_);
}

}  // namespace workflow::simulation
