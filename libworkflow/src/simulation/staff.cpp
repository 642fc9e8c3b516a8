#include "simulation/staff.hpp"

#include <algorithm>

#include "procedure/model.hpp"

namespace workflow::simulation {

Staff::Staff(const Assumptions& assumptions, Allows allows)
    : assumptions_(assumptions), allows_(std::move(allows)) {
    const auto& roles = assumptions.procedure->model().roles;
    queues_.resize(roles.size());
    for (const Person& person : assumptions.people) {
        Member member{.roles = {},
                      .presence = Presence(assumptions.calendar_of(person), person.absences)};
        member.is_always_there = person.absences.empty() && person.calendar.empty();
        all_always_there_ = all_always_there_ && member.is_always_there;
        for (std::uint32_t role = 0; role < roles.size(); ++role) {
            if (std::find(person.roles.begin(), person.roles.end(), roles[role].id) !=
                person.roles.end()) {
                member.roles.push_back(role);
            }
        }
        members_.push_back(std::move(member));
    }
}

bool Staff::may_do(std::size_t person, const Waiting& item, const Roles& roles) const {
    const auto& mine = members_[person].roles;
    const bool has_role = std::any_of(roles.begin(), roles.end(), [&](std::uint32_t role) {
        return std::find(mine.begin(), mine.end(), role) != mine.end();
    });
    return has_role && (!item.restricted || allows_(person, item));
}

std::optional<std::size_t> Staff::take_for(const Waiting& item, const Roles& roles, Instant now) {
    for (std::size_t person = 0; person < members_.size(); ++person) {
        if (!members_[person].is_free || !is_there(person, now) || !may_do(person, item, roles)) {
            continue;
        }
        members_[person].is_free = assumptions_.people[person].unlimited;
        return person;
    }
    return std::nullopt;
}

void Staff::wait(const Waiting& item, const Roles& roles) {
    for (const std::uint32_t role : roles) queues_[role].insert(item);
}

void Staff::withdraw(const Waiting& item, const Roles& roles) {
    for (const std::uint32_t role : roles) queues_[role].erase(item);
}

std::optional<Waiting> Staff::release(std::size_t person, Instant now) {
    members_[person].is_free = true;
    if (!is_there(person, now)) return std::nullopt;
    Queue* chosen = nullptr;
    Queue::const_iterator first;
    for (const std::uint32_t role : members_[person].roles) {
        Queue& queue = queues_[role];
        const auto found = std::find_if(queue.begin(), queue.end(), [&](const Waiting& item) {
            return !item.restricted || allows_(person, item);
        });
        if (found == queue.end() || (chosen != nullptr && !Earlier()(*found, *first))) continue;
        chosen = &queue;
        first = found;
    }
    if (chosen == nullptr) return std::nullopt;
    members_[person].is_free = assumptions_.people[person].unlimited;
    const Waiting taken = *first;
    chosen->erase(first);
    if (taken.in_other_queues) {
        for (Queue& queue : queues_) queue.erase(taken);
    }
    return taken;
}

bool Staff::is_wanted(std::size_t person) const {
    const auto& mine = members_[person].roles;
    return std::any_of(mine.begin(), mine.end(),
                       [&](std::uint32_t role) { return !queues_[role].empty(); });
}

std::vector<std::size_t> Staff::missing_for(const Waiting& item, const Roles& roles,
                                             Instant now) const {
    std::vector<std::size_t> missing;
    if (all_always_there_) return missing;
    for (std::size_t person = 0; person < members_.size(); ++person) {
        if (!is_there(person, now) && may_do(person, item, roles)) missing.push_back(person);
    }
    return missing;
}

}  // namespace workflow::simulation
