// Whether the people can do what comes, before anything is simulated.
#include <algorithm>

#include "procedure/model.hpp"
#include "simulation/arrivals.hpp"
#include "simulation/hours.hpp"
#include "simulation/presence.hpp"
#include "simulation/replication.hpp"

namespace workflow::simulation {
namespace {

constexpr std::uint64_t dossiers_tried = 400;
constexpr std::size_t roles_combined_max = 12;
constexpr std::chrono::days time_looked_at{365};

/// Hours of work for each role that one dossier makes.
std::vector<double> work_of_a_dossier(const Assumptions& assumptions) {
    Assumptions nobody_waits = assumptions;
    for (Person& person : nobody_waits.people) {
        person.unlimited = true;
        person.calendar.clear();
        person.absences.clear();
    }
    const Replication tried = replicate(nobody_waits, {.dossiers = dossiers_tried});
    std::vector<double> hours;
    for (const RoleResult& role : tried.roles) {
        const double all = role.effort.mean() * static_cast<double>(role.effort.count());
        hours.push_back(tried.arrived == 0 ? 0 : all / static_cast<double>(tried.arrived));
    }
    return hours;
}

struct Hand {
    std::vector<std::uint32_t> roles;
    double present = 0;  ///< share of the procedure's hours
};

bool holds_any(const Hand& hand, const std::vector<std::uint32_t>& roles) {
    return std::any_of(hand.roles.begin(), hand.roles.end(), [&](std::uint32_t role) {
        return std::find(roles.begin(), roles.end(), role) != roles.end();
    });
}

double presence_of(const Assumptions& assumptions, const Person& person) {
    const Calendar& calendar = assumptions.calendar();
    const Instant from = assumptions.begins;
    const Instant to = std::min(from + time_looked_at, instant_of(calendar.last(), {}, calendar.offset()));
    const Presence presence(assumptions.calendar_of(person), person.absences);
    const double open = hours_of(calendar.working_time(from, to));
    return open == 0 ? 0 : hours_of(presence.work_between(from, to)) / open;
}

}  // namespace

Load heaviest_load(const Assumptions& assumptions) {
    const auto& roles = assumptions.procedure->model().roles;
    std::vector<bool> limited(roles.size(), true);
    std::vector<Hand> hands;
    for (const Person& person : assumptions.people) {
        Hand hand;
        for (const std::string& id : person.roles) {
            hand.roles.push_back(procedure::find_role(assumptions.procedure->model(), id));
            if (person.unlimited) limited[hand.roles.back()] = false;
        }
        if (person.unlimited) continue;
        hand.present = presence_of(assumptions, person);
        hands.push_back(std::move(hand));
    }
    const std::vector<double> work = work_of_a_dossier(assumptions);
    std::vector<std::uint32_t> loaded;
    for (std::uint32_t role = 0; role < roles.size(); ++role) {
        if (limited[role] && work[role] > 0) loaded.push_back(role);
    }
    const double rate = arrivals_an_hour(assumptions);
    Load heaviest;
    const auto look_at = [&](const std::vector<std::uint32_t>& set) {
        Load load{.roles = set};
        for (const std::uint32_t role : set) load.hours_coming += rate * work[role];
        for (const Hand& hand : hands) load.people += holds_any(hand, set) ? hand.present : 0;
        if (load.ratio() > heaviest.ratio()) heaviest = load;
    };
    if (loaded.size() > roles_combined_max) {
        for (const std::uint32_t role : loaded) look_at({role});
        look_at(loaded);
        return heaviest;
    }
    for (std::uint32_t bits = 1; bits < (1U << loaded.size()); ++bits) {
        std::vector<std::uint32_t> set;
        for (std::size_t i = 0; i < loaded.size(); ++i) {
            if ((bits >> i & 1U) != 0) set.push_back(loaded[i]);
        }
        look_at(set);
    }
    return heaviest;
}

std::optional<double> utilisation_of(const Assumptions& assumptions, const Replication& result,
                                     std::uint32_t role) {
    const std::string& id = assumptions.procedure->model().roles[role].id;
    double busy = 0;
    double present = 0;
    for (std::size_t i = 0; i < assumptions.people.size(); ++i) {
        const Person& person = assumptions.people[i];
        if (person.unlimited ||
            std::find(person.roles.begin(), person.roles.end(), id) == person.roles.end()) {
            continue;
        }
        busy += result.people[i].busy_hours;
        present += result.people[i].present_hours;
    }
    return present > 0 ? std::optional(busy / present) : std::nullopt;
}

Bottleneck bottleneck_of(const Assumptions& assumptions, const Replication& result) {
    Bottleneck found;
    for (std::uint32_t role = 0; role < result.roles.size(); ++role) {
        const Summary& waiting = result.roles[role].waiting;
        const auto utilisation = utilisation_of(assumptions, result, role);
        if (!utilisation || result.ended == 0) continue;
        const double a_dossier = waiting.mean() * static_cast<double>(waiting.count()) /
                                 static_cast<double>(result.ended);
        if (a_dossier > found.waiting_a_dossier) found = {role, a_dossier, *utilisation};
    }
    return found;
}

}  // namespace workflow::simulation
