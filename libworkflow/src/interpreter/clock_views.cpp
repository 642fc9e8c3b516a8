#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/run.hpp"

namespace workflow {
namespace {

using namespace procedure;

bool counts_minutes(Unit unit) {
    return unit == Unit::working_hours || unit == Unit::hours || unit == Unit::minutes;
}

ClockView view_of(const Calendar& calendar, const ClockState& clock, Instant now) {
    const auto derived = interpreter::derive(calendar, clock);
    ClockView view{.ordinal = clock.ordinal,
                   .clock = clock.clock,
                   .owner = clock.owner,
                   .phase = clock.phase,
                   .limit = clock.limit};
    view.round_started = interpreter::round_start(clock);
    view.used = derived.used;
    switch (clock.phase) {
        case ClockState::Phase::idle: view.result = ClockResult::in_time; break;
        case ClockState::Phase::waiting:
            view.result = derived.late_when_closed ? ClockResult::late : ClockResult::waiting;
            view.waiting_for = clock.ledger.back().reason;
            break;
        case ClockState::Phase::running:
            view.due = derived.due;
            view.result = now > derived.due.instant ? ClockResult::running_late : ClockResult::in_time;
            if (!derived.late_when_closed) {
                view.used += interpreter::used_by(calendar, clock.limit, derived.counts_from, now);
            }
            break;
    }
    if (counts_minutes(clock.limit.unit)) view.used /= 60'000;
    return view;
}

}  // namespace

std::vector<ClockView> clocks(const Procedure&, const Calendars& calendars,
                              const Instance& instance, Instant now) {
    std::vector<ClockView> views;
    if (instance.clocks.empty()) return views;
    const Calendar& calendar = interpreter::calendar_of(calendars, instance);
    for (const ClockState& clock : instance.clocks) {
        views.push_back(view_of(calendar, clock, now));
    }
    return views;
}

std::optional<ClockExplanation> explain_clock(const Procedure&, const Calendars& calendars,
                                              const Instance& instance, Ordinal ordinal, Instant now) {
    const Calendar& calendar = interpreter::calendar_of(calendars, instance);
    for (const ClockState& clock : instance.clocks) {
        if (clock.ordinal != ordinal) continue;
        ClockExplanation explanation;
        explanation.view = view_of(calendar, clock, now);
        for (const Interval& interval : clock.ledger) {
            const Instant to = interval.open ? std::max(now, interval.from) : interval.to;
            std::int64_t used =
                interval.counts ? interpreter::used_by(calendar, clock.limit, interval.from, to) : 0;
            if (counts_minutes(clock.limit.unit)) used /= 60'000;
            explanation.stretches.push_back({interval, used});
        }
        if (clock.phase == ClockState::Phase::running) {
            const auto derived = interpreter::derive(calendar, clock);
            const Unit unit = clock.limit.unit;
            Limit left = clock.limit;
            if (unit == Unit::working_days || unit == Unit::days) {
                left.count = static_cast<std::int32_t>(derived.budget);
            } else if (unit == Unit::weeks) {
                left = {static_cast<std::int32_t>(derived.budget), Unit::days};
            }
            explanation.derivation = calendar.explain(derived.counts_from, left);
        }
        return explanation;
    }
    return std::nullopt;
}

}  // namespace workflow
