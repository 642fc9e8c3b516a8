// What a new version of a calendar moves (rule R81).
#include <algorithm>

#include "interpreter/calendar_change.hpp"
#include "interpreter/clock_time.hpp"
#include "interpreter/run.hpp"
#include "workflow/error.hpp"

namespace workflow {
namespace interpreter {
namespace {

using namespace procedure;
using std::chrono::days;

/// The first day in (from, until] that the two versions count differently, as the new one has it;
/// where that says nothing, as the old one.
ExplainedDay difference(const Calendar& old_version, const Calendar& new_version, Day from,
                        Day until) {
    const Day last = std::min({until, old_version.last(), new_version.last()});
    const Day first = std::max({from, old_version.first(), new_version.first()});
    for (Day day = first + days(1); day <= last; day += days(1)) {
        if (old_version.is_working_day(day) == new_version.is_working_day(day)) continue;
        ExplainedDay now = new_version.explain_days(day - days(1), day).front();
        if (now.source.empty() && now.reason.translations.empty()) {
            const ExplainedDay then = old_version.explain_days(day - days(1), day).front();
            now.reason = then.reason;
            now.source = then.source;
        }
        if (now.source.empty()) now.source = new_version.definition().source;
        return now;
    }
    ExplainedDay unknown{};
    unknown.date = until;
    unknown.source = new_version.definition().source;
    return unknown;
}

/// When the timer falls due by another version. It is counted again from entering, as often as it
/// has fired; where its length has changed since, nobody can tell, and it stays.
std::optional<Instant> moved_timer(Run& old_run, Run& new_run, const Token& token,
                                   const TimerState& timer, Instant now) {
    const State& state = old_run.model.states[token.state];
    const Timer& definition = state.timers[timer.timer];
    if (std::holds_alternative<RecurringDate>(definition.limit)) {
        const Calendar& calendar = new_run.calendar_of(state.calendar);
        // A date that has come is not moved; the next one is that after yesterday.
        if (timer.due <= now) return timer.due;
        const Day yesterday = calendar.day_of(now) - days(1);
        const Instant since = std::max(token.entered, calendar.end_of_day(yesterday));
        return new_run.due_after(since, state, definition, token.scope);
    }
    std::optional<Instant> old_due = token.entered;
    std::optional<Instant> new_due = token.entered;
    try {
        for (std::uint32_t i = 0; i <= timer.fired && old_due && new_due; ++i) {
            old_due = old_run.due_after(*old_due, state, definition, token.scope);
            new_due = new_run.due_after(*new_due, state, definition, token.scope);
        }
    } catch (const Abandon&) {
        return timer.due;  // its length can no longer be read
    }
    return old_due == timer.due ? new_due : timer.due;
}

}  // namespace

std::optional<CalendarIndex> slot_of(const Instance& instance, const Digest& calendar) {
    if (instance.calendar == calendar) return CalendarIndex{0};
    const auto& more = instance.more_calendars;
    const auto found = std::find(more.begin(), more.end(), calendar);
    if (found == more.end()) return std::nullopt;
    return static_cast<CalendarIndex>(found - more.begin() + 1);
}

void set_slot(Instance& instance, CalendarIndex slot, const Digest& calendar) {
    (slot == 0 ? instance.calendar : instance.more_calendars[slot - 1U]) = calendar;
}

}  // namespace interpreter

std::vector<Redated> redated(const Procedure& procedure, const Calendars& calendars,
                             const Instance& instance, const CalendarChanged& change, Instant now) {
    using namespace interpreter;
    std::vector<Redated> moved;
    const auto slot = slot_of(instance, change.from);
    const Calendar* from = calendars.find(change.from);
    const Calendar* to = calendars.find(change.to);
    if (instance.status != Instance::Status::active || !slot) return moved;
    if (from == nullptr || to == nullptr) {
        throw Error(ErrorCode::not_found, "a version of the calendar is not among the given");
    }
    Step old_step{Instance(instance)};
    Step new_step{Instance(instance)};
    set_slot(new_step.instance, *slot, change.to);
    now = std::max(now, instance.last_now);
    Run old_run(procedure, calendars, calendar_of(calendars, old_step.instance), old_step, now);
    Run new_run(procedure, calendars, calendar_of(calendars, new_step.instance), new_step, now);
    const auto add = [&](Redated one, Day counts_from) {
        const Day until = std::max(one.before.date, one.after.date);
        one.because = difference(*from, *to, counts_from, until);
        moved.push_back(std::move(one));
    };
    for (const ClockState& clock : instance.clocks) {
        const procedure::Clock& definition = old_run.model.clocks[clock.clock];
        if (definition.calendar != *slot || clock.ledger.empty()) continue;
        if (clock.phase == ClockState::Phase::waiting) continue;
        const Deadline before = derive(*from, clock).due;
        const Deadline after = derive(*to, clock).due;
        if (before.instant == after.instant) continue;
        add({.ordinal = clock.ordinal,
             .owner = clock.owner,
             .clock = clock.clock,
             .state = definition.owner,
             .before = before,
             .after = after,
             .because = {}},
            from->day_of(round_start(clock)));
    }
    for (const Token& token : instance.tokens) {
        const procedure::State& state = old_run.model.states[token.state];
        if (state.calendar != *slot) continue;
        for (const TimerState& timer : token.timers) {
            if (timer.timer >= state.timers.size()) continue;  // `wait: {until}` counts nothing
            const auto due = moved_timer(old_run, new_run, token, timer, now);
            if (!due || *due == timer.due) continue;
            add({.ordinal = token.ordinal,
                 .timer = timer.timer,
                 .state = token.state,
                 .before = {from->day_of(timer.due), timer.due, false},
                 .after = {to->day_of(*due), *due, to->is_projected(to->day_of(*due))},
                 .because = {}},
                from->day_of(token.entered));
        }
    }
    return moved;
}

}  // namespace workflow
