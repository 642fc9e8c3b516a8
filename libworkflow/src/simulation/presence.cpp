#include "simulation/presence.hpp"

#include <algorithm>

namespace workflow::simulation {

using std::chrono::milliseconds;

Presence::Presence(const Calendar& calendar, const std::vector<Absence>& absences)
    : calendar_(calendar) {
    for (const Absence& absence : absences) {
        away_.push_back({instant_of(absence.first, {}, calendar.offset()),
                         instant_of(absence.last + std::chrono::days(1), {}, calendar.offset())});
    }
    std::sort(away_.begin(), away_.end(),
              [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
    std::vector<Stretch> apart;
    for (const Stretch& one : away_) {
        if (!apart.empty() && one.from <= apart.back().to) {
            apart.back().to = std::max(apart.back().to, one.to);
        } else {
            apart.push_back(one);
        }
    }
    away_ = std::move(apart);
}

bool Presence::is_there(Instant at) const {
    return next_there(at) == at;
}

Instant Presence::next_there(Instant at) const {
    at = calendar_.next_open(at);
    for (const Stretch& away : away_) {
        if (away.from <= at && at < away.to) at = calendar_.next_open(away.to);
    }
    return at;
}

Instant Presence::after_work(Instant from, milliseconds amount) const {
    for (const Stretch& away : away_) {
        if (away.to <= from) continue;
        const Instant end = calendar_.add_working_time(from, amount);
        if (end <= away.from) return end;
        if (from < away.from) amount -= calendar_.working_time(from, away.from);
        from = away.to;
    }
    return calendar_.add_working_time(from, amount);
}

milliseconds Presence::work_between(Instant from, Instant to) const {
    milliseconds there = calendar_.working_time(from, to);
    for (const Stretch& away : away_) {
        const Instant begins = std::max(from, away.from);
        const Instant ends = std::min(to, away.to);
        if (begins < ends) there -= calendar_.working_time(begins, ends);
    }
    return there;
}

}  // namespace workflow::simulation
