#include "interpreter/clock_time.hpp"

#include <algorithm>

namespace workflow::interpreter {
namespace {

using namespace std::chrono;

/// Hour units count milliseconds, the others days.
bool counts_time(Unit unit) {
    return unit == Unit::working_hours || unit == Unit::hours || unit == Unit::minutes;
}

std::int64_t budget_of(Limit limit) {
    constexpr std::int64_t minute = 60'000;
    switch (limit.unit) {
        case Unit::working_hours:
        case Unit::hours: return limit.count * 60 * minute;
        case Unit::minutes: return limit.count * minute;
        case Unit::weeks: return std::int64_t{limit.count} * 7;
        case Unit::working_days:
        case Unit::days:
        case Unit::months:
        case Unit::years: return limit.count;
    }
    return limit.count;
}

/// Where `amount` of the limit's unit from `from` ends.
Deadline end_of(const Calendar& calendar, Limit limit, Instant from, std::int64_t amount) {
    const auto exact = [&](Instant instant) {
        const Day day = calendar.day_of(instant);
        return Deadline{day, instant, calendar.is_projected(day)};
    };
    switch (limit.unit) {
        case Unit::working_hours:
            return exact(calendar.add_working_time(from, milliseconds(amount)));
        case Unit::hours:
        case Unit::minutes: return exact(from + milliseconds(amount));
        case Unit::weeks:
        case Unit::days:
            return calendar.deadline(from, Limit{static_cast<std::int32_t>(amount), Unit::days});
        case Unit::working_days:
        case Unit::months:
        case Unit::years:
            return calendar.deadline(from, Limit{static_cast<std::int32_t>(amount), limit.unit});
    }
    return exact(from);
}

Instant before(const Calendar& calendar, const Deadline& due, Limit distance) {
    switch (distance.unit) {
        case Unit::working_days:
            return calendar.opening(calendar.add_working_days(due.date, -distance.count));
        case Unit::days: return calendar.opening(due.date - days(distance.count));
        case Unit::weeks: return calendar.opening(due.date - weeks(distance.count));
        case Unit::hours: return due.instant - hours(distance.count);
        case Unit::minutes: return due.instant - minutes(distance.count);
        case Unit::working_hours: {
            // The latest instant from which that much opening time is left.
            const milliseconds wanted = hours(distance.count);
            Day day = calendar.day_of(due.instant);
            while (calendar.working_time(calendar.opening(day), due.instant) < wanted) {
                day = calendar.previous_working_day(day);
            }
            const milliseconds spare =
                calendar.working_time(calendar.opening(day), due.instant) - wanted;
            return calendar.add_working_time(calendar.opening(day), spare);
        }
        case Unit::months:
        case Unit::years: break;  // refused at load: "say days"
    }
    return due.instant;
}

bool says_due(const procedure::Clock& definition) {
    return std::any_of(definition.moments.begin(), definition.moments.end(),
                       [](const procedure::Moment& moment) {
                           return moment.kind == procedure::Moment::Kind::due;
                       });
}

}  // namespace

std::uint32_t due_timer(const procedure::Clock& clock) {
    return static_cast<std::uint32_t>(clock.moments.size());
}

std::uint32_t start_timer(const procedure::Clock& clock) {
    return static_cast<std::uint32_t>(clock.moments.size()) + 1;
}

std::int64_t used_by(const Calendar& calendar, Limit limit, Instant from, Instant to) {
    if (to <= from) return 0;
    switch (limit.unit) {
        case Unit::working_hours: return calendar.working_time(from, to).count();
        case Unit::hours:
        case Unit::minutes: return (to - from).count();
        case Unit::working_days: {
            const Day first = calendar.received_on(from) + days(1);
            return std::max<std::int64_t>(
                0, calendar.count_working_days(first, calendar.day_of(to) + days(1)));
        }
        case Unit::days:
        case Unit::weeks:
        case Unit::months:
        case Unit::years:
            return std::max<std::int64_t>(
                0, (calendar.day_of(to) - calendar.received_on(from)).count());
    }
    return 0;
}

Derived derive(const Calendar& calendar, const ClockState& clock) {
    Derived derived;
    std::int64_t left = budget_of(clock.limit);
    for (const Interval& interval : clock.ledger) {
        if (interval.round != clock.round || !interval.counts) continue;
        derived.due = end_of(calendar, clock.limit, interval.from, left);
        derived.counts_from = interval.from;
        derived.budget = left;
        if (interval.open) return derived;
        derived.late_when_closed = interval.to > derived.due.instant;
        // A clock that was late when it closed keeps its due date (R71).
        if (derived.late_when_closed) return derived;
        const std::int64_t used = used_by(calendar, clock.limit, interval.from, interval.to);
        derived.used += used;
        left = std::max<std::int64_t>(0, left - used);
    }
    return derived;
}

std::optional<Instant> moment_due(const Calendar& calendar, const procedure::Clock& definition,
                                  const ClockState& clock, std::uint32_t timer,
                                  const Derived& derived) {
    using Kind = procedure::Moment::Kind;
    if (clock.phase == ClockState::Phase::idle) {
        if (timer != start_timer(definition)) return std::nullopt;
        return clock.ledger.back().from;
    }
    if (clock.phase != ClockState::Phase::running) return std::nullopt;
    const bool bare = timer >= definition.moments.size();
    if (timer > definition.moments.size()) return std::nullopt;
    // The bare due instant is a timer of its own only where no moment says `due`.
    if (bare && says_due(definition)) return std::nullopt;
    const std::uint32_t fired = clock.fired[timer];
    const Kind kind = bare ? Kind::due : definition.moments[timer].kind;
    if (kind == Kind::every_after) {
        const std::uint32_t times = definition.moments[timer].way.times;
        if (times != 0 && fired >= times) return std::nullopt;
        if (definition.moments[timer].distance.count == 0) return std::nullopt;
    } else if (fired > 0) {
        return std::nullopt;
    }
    Instant at = derived.due.instant;
    if (kind == Kind::before) {
        at = before(calendar, derived.due, definition.moments[timer].distance);
    } else if (kind == Kind::share) {
        const std::int64_t budget = budget_of(clock.limit);
        const std::int64_t percent = definition.moments[timer].percent;
        const std::int64_t share = counts_time(clock.limit.unit) ? budget / 100 * percent
                                                                 : (budget * percent + 99) / 100;
        const std::int64_t ahead = std::max<std::int64_t>(0, share - derived.used);
        at = end_of(calendar, clock.limit, derived.counts_from, ahead).instant;
    } else if (kind == Kind::after) {
        at = calendar.deadline(derived.due.instant, definition.moments[timer].distance).instant;
    } else if (kind == Kind::every_after) {
        Limit distance = definition.moments[timer].distance;
        distance.count *= static_cast<std::int32_t>(fired + 1);
        at = calendar.deadline(derived.due.instant, distance).instant;
    }
    // A moment before the start of its round does not fire (R78).
    const bool ahead_of_round = (kind == Kind::before || kind == Kind::share) && at < round_start(clock);
    return ahead_of_round ? std::nullopt : std::optional(at);
}

ClockResult result_at(const Calendar& calendar, const ClockState& clock, Instant at,
                      const Derived& derived) {
    if (clock.phase == ClockState::Phase::waiting) {
        return derived.late_when_closed ? ClockResult::late : ClockResult::waiting;
    }
    if (at > derived.due.instant) return ClockResult::late;
    return calendar.day_of(at) < derived.due.date ? ClockResult::early : ClockResult::on_time;
}

Instant round_start(const ClockState& clock) {
    for (const Interval& interval : clock.ledger) {
        if (interval.round == clock.round && interval.counts) return interval.from;
    }
    return clock.ledger.front().from;
}

}  // namespace workflow::interpreter
