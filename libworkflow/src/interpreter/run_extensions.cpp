// More time for a clock, by a limit or to a date (rule R76).
#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/run.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;
using std::chrono::days;

/// Units that count the same thing.
Unit family(Unit unit) {
    switch (unit) {
        case Unit::weeks:
            return Unit::days;
        case Unit::minutes:
            return Unit::hours;
        case Unit::working_days:
        case Unit::working_hours:
        case Unit::days:
        case Unit::hours:
        case Unit::months:
        case Unit::years:
            return unit;
    }
    return unit;
}

/// The clock that is meant, not its name, stands first among what a refusal tells.
[[noreturn]] void refuse(RefusalCode code, const std::string& clock, std::string detail) {
    throw Abandon{code, {clock, std::move(detail)}};
}

ExtraTime by_limit(const ClockState& clock, const std::string& id, Limit limit) {
    if (clock.fixed) refuse(RefusalCode::unit_differs, id, to_string(limit));
    if (family(limit.unit) != family(clock.limit.unit)) {
        refuse(RefusalCode::unit_differs, id, to_string(limit));
    }
    return {.amount = budget_of(limit)};
}

/// What lies between the current due date and `date`, in what the clock counts.
ExtraTime to_date(const Calendar& calendar, const ClockState& clock, const std::string& id,
                  Day date, Instant until) {
    const Derived derived = derive(calendar, clock);
    const Unit unit = clock.limit.unit;
    const bool any_day = !clock.fixed && (unit == Unit::hours || unit == Unit::minutes);
    if (!any_day && !calendar.is_working_day(date)) {
        refuse(RefusalCode::day_not_counted, id, to_string(date));
    }
    if (clock.fixed) return {.date = date};
    switch (unit) {
        case Unit::working_days:
            return {.amount =
                        calendar.count_working_days(derived.due.date + days(1), date + days(1))};
        case Unit::days:
        case Unit::weeks: {
            // From the last day of the limit, not from where a day off has rolled it.
            const Day last = calendar.received_on(derived.counts_from) + days(derived.budget);
            return {.amount = (date - last).count()};
        }
        case Unit::working_hours:
            return {.amount = calendar.working_time(derived.due.instant, until).count()};
        case Unit::hours:
        case Unit::minutes:
            return {.amount = (until - derived.due.instant).count()};
        case Unit::months:
        case Unit::years:
            break;
    }
    return {.date = date};
}

}  // namespace

void Run::extend(const procedure::Extension& wanted, Ordinal carrier) {
    Value by;
    if (const auto* written = std::get_if<Limit>(&wanted.by)) {
        by = *written;
    } else {
        by = evaluate(std::get<Cel>(wanted.by), scope_of(carrier)).open();
    }
    if (by.is_null()) return;  // as everywhere: null is nothing
    // Of the clock's activations the carrier's own, or the one around it; else all of its scope.
    std::vector<std::size_t> meant;
    for (std::size_t i = 0; i < instance.clocks.size(); ++i) {
        const ClockState& clock = instance.clocks[i];
        if (clock.clock != wanted.clock || !is_beside(carrier, clock.owner, wanted.anchor))
            continue;
        const bool around =
            clock.owner == carrier || (carrier != 0 && is_below(token(carrier), clock.owner));
        if (around) meant.assign(1, i);
        if (around) break;
        meant.push_back(i);
    }
    if (meant.empty()) refuse(RefusalCode::clock_not_running, wanted.clock_id, "ended");
    for (const std::size_t position : meant) {
        ClockState& clock = instance.clocks[position];
        if (clock.phase != ClockState::Phase::running) {
            const bool idle = clock.phase == ClockState::Phase::idle;
            refuse(RefusalCode::clock_not_running, wanted.clock_id, idle ? "idle" : "waiting");
        }
        const Calendar& counted = calendar_of(clock);
        const Deadline before = derive(counted, clock).due;
        ExtraTime extra;
        if (const Limit* limit = by.limit()) {
            extra = by_limit(clock, wanted.clock_id, *limit);
        } else {
            const Instant* instant = by.instant();
            const Day date = instant != nullptr ? counted.day_of(*instant) : *by.day();
            const Instant until = instant != nullptr ? *instant : counted.end_of_day(date);
            extra = to_date(counted, clock, wanted.clock_id, date, until);
        }
        extra.at = now;
        extra.round = clock.round;
        clock.extensions.push_back(extra);
        const Deadline after = derive(counted, clock).due;
        if (after.instant <= before.instant) {
            throw Abandon{RefusalCode::not_later,
                          {wanted.clock_id, to_string(before.date), to_string(after.date)}};
        }
        record(RecordKind::clock_extended, clock.owner, model.clocks[clock.clock].owner,
               clock.clock, no_index, List{before.instant, after.instant});
    }
}

}  // namespace workflow::interpreter
