#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/run.hpp"

namespace workflow {
namespace {

using procedure::Clock;
using procedure::Policy;

Instant entered_at(const Instance& instance, Ordinal owner) {
    for (const Token& token : instance.tokens) {
        if (token.ordinal == owner) return token.entered;
    }
    return instance.started;
}

ClockResult standing(const ClockState& clock, const interpreter::Derived& derived, Instant now) {
    switch (clock.phase) {
        case ClockState::Phase::idle:
            return ClockResult::in_time;
        case ClockState::Phase::waiting:
            return derived.late_when_closed ? ClockResult::late : ClockResult::waiting;
        case ClockState::Phase::running:
            return now > derived.due.instant ? ClockResult::running_late : ClockResult::in_time;
    }
    return ClockResult::in_time;
}

/// Also of a clock that was late when it began to wait: its due date counts no more, its use does.
std::int64_t used_in_round(const Calendar& calendar, const ClockState& clock, Instant now) {
    std::int64_t used = 0;
    for (const Interval& interval : clock.ledger) {
        if (interval.round != clock.round || !interval.counts) continue;
        const Instant to = interval.open ? now : interval.to;
        used += interpreter::used_by(calendar, clock.limit, interval.from, to);
    }
    return used;
}

ClockView view_of(const Calendar& calendar, const Clock& definition, const Instance& instance,
                  const ClockState& clock, Instant now) {
    const auto derived = interpreter::derive(calendar, clock);
    ClockView view{.ordinal = clock.ordinal,
                   .clock = clock.clock,
                   .owner = clock.owner,
                   .phase = clock.phase,
                   .limit = clock.limit};
    view.calendar = definition.calendar;
    view.round = clock.round;
    view.fixed = clock.fixed.has_value() || definition.due.has_value();
    view.extended = interpreter::is_extended(clock);
    view.round_started =
        clock.ledger.empty() ? entered_at(instance, clock.owner) : interpreter::round_start(clock);
    view.result = standing(clock, derived, now);
    view.original_result = view.result;
    view.used = derived.late_when_closed ? used_in_round(calendar, clock, now) : derived.used;
    if (clock.phase == ClockState::Phase::waiting) view.waiting_for = clock.ledger.back().reason;
    if (clock.phase == ClockState::Phase::running) {
        view.due = derived.due;
        view.original_due = derived.due;
        if (!derived.late_when_closed && !view.fixed) {
            view.used += interpreter::used_by(calendar, clock.limit, derived.counts_from, now);
        }
    }
    if (view.extended) {
        const auto original =
            interpreter::derive(calendar, clock, interpreter::Extensions::left_out);
        view.original_result = standing(clock, original, now);
        if (view.original_due) view.original_due = original.due;
    }
    if (interpreter::counts_time(clock.limit.unit)) view.used /= 60'000;
    return view;
}

/// Every day of the last counting stretch, by what was left of the limit when it began.
std::optional<Explanation> derivation_of(const Calendar& calendar, const ClockState& clock) {
    if (clock.phase != ClockState::Phase::running || clock.fixed) return std::nullopt;
    for (const ExtraTime& extension : clock.extensions) {
        if (extension.round == clock.round && extension.date) return std::nullopt;
    }
    const auto derived = interpreter::derive(calendar, clock);
    constexpr std::int64_t minute = 60'000;
    const auto whole = [&](std::int64_t part) {
        return static_cast<std::int32_t>((derived.budget + part - 1) / part);
    };
    Limit left = clock.limit;
    switch (clock.limit.unit) {
        case Unit::working_days:
        case Unit::days:
        case Unit::months:
        case Unit::years:
            left.count = whole(1);
            break;
        case Unit::weeks:
            left = {whole(1), Unit::days};
            break;
        case Unit::hours:
        case Unit::minutes:
            left = {whole(minute), Unit::minutes};
            break;
        case Unit::working_hours:
            left.count = whole(60 * minute);
            break;
    }
    Explanation explanation = calendar.explain(derived.counts_from, left);
    // Whole hours may reach farther than the minutes that are left.
    while (explanation.days.size() > 1 && explanation.days.back().date > derived.due.date) {
        explanation.days.pop_back();
    }
    explanation.deadline = derived.due;
    return explanation;
}

/// The strongest reason of the wait decides how it goes on (R73).
bool restarts_after_wait(const Clock& definition, const ClockState& clock) {
    for (auto it = clock.ledger.rbegin(); it != clock.ledger.rend() && !it->counts; ++it) {
        const auto& policies = definition.while_waiting;
        const bool known = it->reason < policies.size();
        if (known && policies[it->reason] == Policy::restart) return true;
    }
    return false;
}

}  // namespace

std::vector<ClockView> clocks(const Procedure& procedure, const Calendars& calendars,
                              const Instance& instance, Instant now) {
    std::vector<ClockView> views;
    for (const ClockState& clock : instance.clocks) {
        const Clock& definition = procedure.model().clocks[clock.clock];
        const Calendar& calendar =
            interpreter::calendar_of(calendars, instance, definition.calendar);
        views.push_back(view_of(calendar, definition, instance, clock, now));
    }
    return views;
}

std::optional<ClockExplanation> explain_clock(const Procedure& procedure,
                                              const Calendars& calendars, const Instance& instance,
                                              Ordinal ordinal, Instant now) {
    for (const ClockState& clock : instance.clocks) {
        if (clock.ordinal != ordinal) continue;
        const Clock& definition = procedure.model().clocks[clock.clock];
        const Calendar& calendar =
            interpreter::calendar_of(calendars, instance, definition.calendar);
        ClockExplanation explanation;
        explanation.procedure = procedure.digest();
        explanation.view = view_of(calendar, definition, instance, clock, now);
        for (const Interval& interval : clock.ledger) {
            const Instant to = interval.open ? std::max(now, interval.from) : interval.to;
            std::int64_t used = 0;
            if (interval.counts && !clock.fixed) {
                used = interpreter::used_by(calendar, clock.limit, interval.from, to);
            }
            if (interpreter::counts_time(clock.limit.unit)) used /= 60'000;
            explanation.stretches.push_back({interval, used});
        }
        explanation.late_kept = interpreter::derive(calendar, clock).late_when_closed;
        explanation.calendar_id = calendar.id();
        explanation.calendar_version = calendar.version();
        explanation.extensions.assign(clock.extensions.begin(), clock.extensions.end());
        if (clock.fixed && clock.fixed->whole_day) {
            explanation.fixed_on = calendar.day_of(clock.fixed->at);
        }
        explanation.restarts = restarts_after_wait(definition, clock);
        explanation.derivation = derivation_of(calendar, clock);
        return explanation;
    }
    return std::nullopt;
}

}  // namespace workflow
