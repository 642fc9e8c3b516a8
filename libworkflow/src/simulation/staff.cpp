#include "simulation/staff.hpp"

#include <algorithm>

#include "procedure/model.hpp"

namespace workflow::simulation {

Staff::Staff(const Assumptions& assumptions) : assumptions_(assumptions) {
    const auto& roles = assumptions.procedure->model().roles;
    queues_.resize(roles.size());
    for (const Person& person : assumptions.people) {
        Member member;
        for (std::uint32_t role = 0; role < roles.size(); ++role) {
            if (std::find(person.roles.begin(), person.roles.end(), roles[role].id) !=
                person.roles.end()) {
                member.roles.push_back(role);
            }
        }
        members_.push_back(std::move(member));
    }
}

bool Staff::may_do(std::size_t person, const Waiting& item) const {
    const Person& who = assumptions_.people[person];
    const bool is_for_him =
        item.for_whom.empty() || item.for_whom == who.id ||
        std::find(who.units.begin(), who.units.end(), item.for_whom) != who.units.end();
    const auto& mine = members_[person].roles;
    return is_for_him && std::any_of(item.roles.begin(), item.roles.end(), [&](std::uint32_t role) {
               return std::find(mine.begin(), mine.end(), role) != mine.end();
           });
}

std::optional<std::size_t> Staff::take_for(const Waiting& item) {
    for (std::size_t person = 0; person < members_.size(); ++person) {
        if (!members_[person].is_free || !may_do(person, item)) continue;
        members_[person].is_free = false;
        return person;
    }
    return std::nullopt;
}

void Staff::wait(Waiting item) {
    for (const std::uint32_t role : item.roles) queues_[role].insert(item);
}

void Staff::withdraw(const Waiting& item) {
    for (const std::uint32_t role : item.roles) queues_[role].erase(item);
}

std::optional<Waiting> Staff::release(std::size_t person) {
    const Waiting* first = nullptr;
    for (const std::uint32_t role : members_[person].roles) {
        const auto& queue = queues_[role];
        const auto found = std::find_if(queue.begin(), queue.end(), [&](const Waiting& item) {
            return may_do(person, item);
        });
        if (found != queue.end() && (first == nullptr || Earlier()(*found, *first))) first = &*found;
    }
    members_[person].is_free = first == nullptr;
    if (first == nullptr) return std::nullopt;
    Waiting taken = *first;
    withdraw(taken);
    return taken;
}

}  // namespace workflow::simulation
