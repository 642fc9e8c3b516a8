#include "interpreter/clock_time.hpp"

#include <algorithm>

#include "workflow/error.hpp"
#include "workflow/recurring.hpp"

namespace workflow::interpreter {
namespace {

using namespace std::chrono;

/// The end of a date, or of the next that is worked (Civil Code art. 148).
Deadline end_of_date(const Calendar& calendar, Day date) {
    date = calendar.roll_forward(date);
    return {date, calendar.end_of_day(date), calendar.is_projected(date)};
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
        case Unit::minutes:
            return exact(from + milliseconds(amount));
        case Unit::weeks:
        case Unit::days:
            return calendar.deadline(from, Limit{static_cast<std::int32_t>(amount), Unit::days});
        case Unit::working_days:
            // With nothing left it is due on the day itself, or the next that is worked.
            if (amount == 0) return end_of_date(calendar, calendar.received_on(from));
            [[fallthrough]];
        case Unit::months:
        case Unit::years:
            return calendar.deadline(from, Limit{static_cast<std::int32_t>(amount), limit.unit});
    }
    return exact(from);
}

Deadline fixed_deadline(const Calendar& calendar, const FixedDue& fixed) {
    const Day day = calendar.day_of(fixed.at);
    if (fixed.whole_day) return end_of_date(calendar, day);
    return {day, fixed.at, calendar.is_projected(day)};
}

/// What was added until an instant, and where `from` ends with it.
class Given {
public:
    Given(const Calendar& calendar, const ClockState& clock, Extensions which, Instant until)
        : calendar_(calendar), clock_(clock) {
        if (which == Extensions::left_out) return;
        for (const ExtraTime& extension : clock.extensions) {
            if (extension.round != clock.round || extension.at > until) continue;
            if (extension.date) {
                date_ = extension.date;
                amount_ = 0;
            } else {
                amount_ += extension.amount;
            }
        }
    }

    std::int64_t left(std::int64_t used) const {
        const std::int64_t given = date_ ? 0 : amount_;
        return std::max<std::int64_t>(0, budget_of(clock_.limit) + given - used);
    }
    Deadline due(Instant from, std::int64_t left) const {
        if (date_) {
            if (amount_ == 0) return end_of_date(calendar_, *date_);
            return calendar_.deadline(*date_,
                                      Limit{static_cast<std::int32_t>(amount_), clock_.limit.unit});
        }
        if (clock_.fixed) return fixed_deadline(calendar_, *clock_.fixed);
        return end_of(calendar_, clock_.limit, from, left);
    }

private:
    const Calendar& calendar_;
    const ClockState& clock_;
    std::optional<Day> date_;  ///< the last date that replaced the due one
    std::int64_t amount_ = 0;  ///< given since
};

Instant before(const Calendar& calendar, const Deadline& due, Limit distance) {
    switch (distance.unit) {
        case Unit::working_days:
            return calendar.opening(calendar.add_working_days(due.date, -distance.count));
        case Unit::days:
            return calendar.opening(due.date - days(distance.count));
        case Unit::weeks:
            return calendar.opening(due.date - weeks(distance.count));
        case Unit::hours:
            return due.instant - hours(distance.count);
        case Unit::minutes:
            return due.instant - minutes(distance.count);
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
        case Unit::years:
            break;  // refused at load: "say days"
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

std::uint32_t stop_timer(const procedure::Clock& clock) {
    return static_cast<std::uint32_t>(clock.moments.size()) + 2;
}

bool counts_time(Unit unit) {
    return unit == Unit::working_hours || unit == Unit::hours || unit == Unit::minutes;
}

std::int64_t budget_of(Limit limit) {
    constexpr std::int64_t minute = 60'000;
    switch (limit.unit) {
        case Unit::working_hours:
        case Unit::hours:
            return limit.count * 60 * minute;
        case Unit::minutes:
            return limit.count * minute;
        case Unit::weeks:
            return std::int64_t{limit.count} * 7;
        case Unit::working_days:
        case Unit::days:
        case Unit::months:
        case Unit::years:
            return limit.count;
    }
    return limit.count;
}

std::int64_t used_by(const Calendar& calendar, Limit limit, Instant from, Instant to) {
    if (to <= from) return 0;
    switch (limit.unit) {
        case Unit::working_hours:
            return calendar.working_time(from, to).count();
        case Unit::hours:
        case Unit::minutes:
            return (to - from).count();
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

Derived derive(const Calendar& calendar, const ClockState& clock, Extensions extensions) {
    Derived derived;
    for (const Interval& interval : clock.ledger) {
        if (interval.round != clock.round || !interval.counts) continue;
        const Given all(calendar, clock, extensions, Instant::max());
        derived.counts_from = interval.from;
        derived.budget = all.left(derived.used);
        derived.due = all.due(interval.from, derived.budget);
        if (interval.open) return derived;
        // Whether it was late is asked of what had been given by then.
        const Given until_then(calendar, clock, extensions, interval.to);
        const std::int64_t left = until_then.left(derived.used);
        const Deadline due_then = until_then.due(interval.from, left);
        derived.late_when_closed = interval.to > due_then.instant;
        // A clock that was late when it closed keeps its due date (R71).
        if (derived.late_when_closed) return derived;
        const std::int64_t used = used_by(calendar, clock.limit, interval.from, interval.to);
        derived.used += std::min(left, used);
    }
    return derived;
}

bool is_extended(const ClockState& clock) {
    return std::any_of(clock.extensions.begin(), clock.extensions.end(),
                       [&](const ExtraTime& one) { return one.round == clock.round; });
}

namespace {

/// The first date of a rule that has not fired since the clock began to count.
std::optional<Instant> recurring_due(const Calendar& calendar, const RecurringDate& rule,
                                     std::uint32_t fired, const Derived& derived) {
    const Day last = std::max(calendar.day_of(derived.counts_from), Day(days(fired)));
    try {
        return calendar.opening(next(rule, last, calendar));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::limit) throw;
        return std::nullopt;  // the calendar ends before it
    }
}

Instant share_of(const Calendar& calendar, const ClockState& clock, std::int64_t percent,
                 const Derived& derived) {
    const std::int64_t budget = derived.budget + derived.used;
    // Days: the one on which so much is used; hours: the exact instant.
    const std::int64_t share =
        counts_time(clock.limit.unit) ? budget / 100 * percent : (budget * percent + 99) / 100;
    const std::int64_t ahead = std::max<std::int64_t>(0, share - derived.used);
    return end_of(calendar, clock.limit, derived.counts_from, ahead).instant;
}

/// When a moment that may fire (again) is due.
std::optional<Instant> instant_of_moment(const Calendar& calendar, const procedure::Moment& moment,
                                         const ClockState& clock, std::uint32_t fired,
                                         const Derived& derived) {
    using Kind = procedure::Moment::Kind;
    switch (moment.kind) {
        case Kind::before:
            return before(calendar, derived.due, moment.distance);
        case Kind::share:
            return share_of(calendar, clock, moment.percent, derived);
        case Kind::due:
            return derived.due.instant;
        case Kind::after:
            return calendar.deadline(derived.due.instant, moment.distance).instant;
        case Kind::every_after: {
            Limit distance = moment.distance;
            distance.count *= static_cast<std::int32_t>(fired + 1);
            return calendar.deadline(derived.due.instant, distance).instant;
        }
        case Kind::recurring:
            return recurring_due(calendar, moment.rule, fired, derived);
    }
    return std::nullopt;
}

bool may_fire(const procedure::Moment& moment, std::uint32_t fired) {
    using Kind = procedure::Moment::Kind;
    if (moment.kind == Kind::recurring) return true;
    if (moment.kind != Kind::every_after) return fired == 0;
    const std::uint32_t times = moment.way.times;
    return moment.distance.count != 0 && (times == 0 || fired < times);
}

}  // namespace

std::optional<Instant> moment_due(const Calendar& calendar, const procedure::Clock& definition,
                                  const ClockState& clock, std::uint32_t timer,
                                  const Derived& derived) {
    if (clock.ledger.empty()) return std::nullopt;  // an event starts it, no time
    if (clock.phase == ClockState::Phase::idle) {
        if (timer != start_timer(definition)) return std::nullopt;
        return clock.ledger.back().from;
    }
    if (timer == stop_timer(definition)) {
        if (!clock.stops) return std::nullopt;
        return std::max(*clock.stops, clock.ledger.front().from);
    }
    if (clock.phase != ClockState::Phase::running) return std::nullopt;
    if (timer > definition.moments.size()) return std::nullopt;
    const std::uint32_t fired = timer < clock.fired.size() ? clock.fired[timer] : 0;
    if (timer == definition.moments.size()) {
        // The bare due instant is a timer of its own only where no moment says `due`.
        if (fired > 0 || says_due(definition)) return std::nullopt;
        return derived.due.instant;
    }
    const procedure::Moment& moment = definition.moments[timer];
    if (!may_fire(moment, fired)) return std::nullopt;
    const auto at = instant_of_moment(calendar, moment, clock, fired, derived);
    // A moment before the start of its round does not fire (R78).
    const bool counts_back = moment.kind == procedure::Moment::Kind::before ||
                             moment.kind == procedure::Moment::Kind::share;
    if (counts_back && at && *at < round_start(clock)) return std::nullopt;
    return at;
}

void count_fired(const Calendar& calendar, const procedure::Clock& definition, ClockState& clock,
                 std::uint32_t timer, Instant due) {
    if (clock.fired.size() <= timer) clock.fired.resize(timer + 1U);
    const bool recurs = timer < definition.moments.size() &&
                        definition.moments[timer].kind == procedure::Moment::Kind::recurring;
    if (recurs) {
        const Day day = calendar.day_of(due);
        clock.fired[timer] = static_cast<std::uint32_t>(day.time_since_epoch().count());
    } else {
        ++clock.fired[timer];
    }
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
