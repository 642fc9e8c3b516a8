#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/run.hpp"
#include "workflow/error.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

int strength(Policy policy) {
    switch (policy) {
        case Policy::go_on:
            return 0;
        case Policy::pause:
            return 1;
        case Policy::restart:
            return 2;
    }
    return 0;
}

bool is_waiting(const ClockState& clock) {
    return clock.phase == ClockState::Phase::waiting;
}

}  // namespace

const Calendar& Run::calendar_of(CalendarIndex number) const {
    return number == 0 ? calendar : interpreter::calendar_of(calendars, instance, number);
}

std::optional<Instant> Run::time_of(const Cel& cel, Ordinal scope_ordinal) {
    const Value value = evaluate(cel, scope_ordinal);
    const Value& opened = value.open();
    if (const Day* day = opened.day()) return instant_of(*day, {}, calendar.offset());
    if (const Instant* instant = opened.instant()) return *instant;
    return std::nullopt;
}

bool Run::measure(ClockState& clock, Ordinal scope_ordinal) {
    const Clock& definition = model.clocks[clock.clock];
    if (definition.when && !test(*definition.when, scope_ordinal)) return false;
    if (definition.due) {
        const Value value = evaluate(*definition.due, scope_ordinal);
        const Value& opened = value.open();
        if (const Day* day = opened.day()) {
            const UtcOffset offset = calendar_of(clock).offset();
            clock.fixed = FixedDue{instant_of(*day, {}, offset), true};
        } else if (const Instant* instant = opened.instant()) {
            clock.fixed = FixedDue{*instant, false};
        } else {
            return false;  // null: no clock
        }
    } else if (const auto* written = std::get_if<Limit>(&definition.limit)) {
        clock.limit = *written;
    } else {
        const Value value = evaluate(std::get<Cel>(definition.limit), scope_ordinal);
        if (value.open().limit() == nullptr) return false;  // null: no clock
        clock.limit = *value.open().limit();
    }
    if (definition.stops && definition.stops->date) {
        clock.stops = time_of(*definition.stops->date, scope_ordinal);
    }
    return true;
}

void Run::start_clocks(Ordinal owner, StateIndex state, Ordinal scope_ordinal) {
    for (const ClockIndex index : model.states[state].clocks) {
        start_clock(owner, index, scope_ordinal);
    }
}

void Run::start_clock(Ordinal owner, ClockIndex index, Ordinal scope_ordinal) {
    const Clock& definition = model.clocks[index];
    ClockState clock{.owner = owner, .clock = index};
    const bool by_event = definition.starts && !definition.starts->date;
    if (by_event) {
        // Nothing is read before it starts, except a length that the file says.
        if (const auto* written = std::get_if<Limit>(&definition.limit)) clock.limit = *written;
        clock.phase = ClockState::Phase::idle;
    } else {
        Instant from = now;
        if (definition.starts) {
            const auto date = time_of(*definition.starts->date, scope_ordinal);
            if (!date) return;  // null: no clock
            from = *date;
        }
        if (!measure(clock, scope_ordinal)) return;
        clock.phase = from > now ? ClockState::Phase::idle : ClockState::Phase::running;
        clock.ledger.push_back({.from = from});
    }
    clock.ordinal = instance.next_ordinal++;
    const ClockState& made = instance.clocks.emplace_back(std::move(clock));
    if (by_event) return;
    const Instant due = derive(calendar_of(made), made).due.instant;
    record(RecordKind::clock_started, owner, definition.owner, index, no_index, due);
}

void Run::start_by_event(std::size_t position) {
    ClockState& clock = instance.clocks[position];
    if (!measure(clock, scope_of(clock.owner))) {
        instance.clocks.erase(instance.clocks.begin() + static_cast<std::ptrdiff_t>(position));
        return;
    }
    clock.phase = ClockState::Phase::running;
    clock.ledger.push_back({.from = now});  // what begins does so when it is noticed (R79)
    record(RecordKind::clock_started, clock.owner, model.clocks[clock.clock].owner, clock.clock,
           no_index, derive(calendar_of(clock), clock).due.instant);
}

void Run::end_clock(std::size_t position, Instant at) {
    const ClockState& clock = instance.clocks[position];
    // One that never began has nothing to tell.
    if (clock.phase != ClockState::Phase::idle) {
        const Calendar& days = calendar_of(clock);
        const Derived derived = derive(days, clock);
        const ClockResult result = result_at(days, clock, at, derived);
        Value told(derived.due.instant);
        if (is_extended(clock)) {
            const Derived original = derive(days, clock, Extensions::left_out);
            const ClockResult against_it = result_at(days, clock, at, original);
            told = List{derived.due.instant, original.due.instant,
                        static_cast<std::int64_t>(against_it)};
        }
        record_at(at, RecordKind::clock_ended, clock.owner, model.clocks[clock.clock].owner,
                  clock.clock, static_cast<std::uint32_t>(result), std::move(told));
        remember_clock(clock, at, result == ClockResult::late);
    }
    instance.clocks.erase(instance.clocks.begin() + static_cast<std::ptrdiff_t>(position));
}

void Run::end_clocks(Ordinal owner) {
    for (std::size_t i = 0; i < instance.clocks.size();) {
        const ClockState& clock = instance.clocks[i];
        if (clock.owner != owner) {
            ++i;
            continue;
        }
        const Clock& definition = model.clocks[clock.clock];
        if (!definition.stops || clock.phase == ClockState::Phase::idle) {
            end_clock(i, ended_at);
            continue;
        }
        // Left before what stops it: no result, no lateness (R70).
        record_at(ended_at, RecordKind::clock_ended, owner, definition.owner, clock.clock,
                  static_cast<std::uint32_t>(ClockResult::not_reached));
        instance.clocks.erase(instance.clocks.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void Run::halt(ClockState& clock) {
    Interval& last = clock.ledger.back();
    last.open = false;
    last.to = std::max(last.from, now);
    clock.ledger.push_back({.from = last.to, .counts = false, .round = clock.round});
    clock.phase = ClockState::Phase::waiting;
    record(RecordKind::clock_waiting, clock.owner, model.clocks[clock.clock].owner, clock.clock);
}

void Run::settle_waiting() {
    if (instance.status != Instance::Status::active) return;
    const bool is_halted = instance.suspension == Instance::Suspension::clocks_wait;
    const bool may_wait = !model.reasons.empty() || is_halted ||
                          std::any_of(instance.clocks.begin(), instance.clocks.end(), is_waiting);
    if (!may_wait) return;
    // Few tokens wait, if any; clocks may be many.
    std::vector<const Token*> waiting_tokens;
    for (const Token& standing : instance.tokens) {
        if (model.states[standing.state].waiting_for == none) continue;
        if (!standing.at_door && !standing.remainder) waiting_tokens.push_back(&standing);
    }
    for (ClockState& clock : instance.clocks) {
        if (clock.phase == ClockState::Phase::idle) continue;
        const bool waiting = is_waiting(clock);
        if (is_halted) {
            if (!waiting) halt(clock);
            continue;
        }
        if (!waiting && waiting_tokens.empty()) continue;
        const Clock& definition = model.clocks[clock.clock];
        const auto policy_of = [&](ReasonIndex reason) {
            return reason < definition.while_waiting.size() ? definition.while_waiting[reason]
                                                            : Policy::go_on;
        };
        ReasonIndex strongest = none;
        for (const Token* standing : waiting_tokens) {
            const ReasonIndex reason = model.states[standing->state].waiting_for;
            if (standing->ordinal == clock.owner) continue;
            if (!is_inside(*standing, clock.owner)) continue;
            if (policy_of(reason) == Policy::go_on) continue;
            if (strongest == none || strength(policy_of(reason)) > strength(policy_of(strongest))) {
                strongest = reason;
            }
        }
        if (strongest == none && !waiting) continue;
        Interval& last = clock.ledger.back();
        if (waiting && strongest != none && strongest == last.reason) continue;
        const StateIndex owner_state = definition.owner;
        if (strongest != none) {
            last.open = false;
            last.to = std::max(last.from, waiting ? now : ended_at);
            const Instant from = last.to;
            clock.ledger.push_back(
                {.from = from, .counts = false, .reason = strongest, .round = clock.round});
            clock.phase = ClockState::Phase::waiting;
            record(RecordKind::clock_waiting, clock.owner, owner_state, clock.clock, strongest);
            continue;
        }
        // The wait is over: the strongest reason that occurred during it decides (R73).
        bool restart = false;
        for (auto it = clock.ledger.rbegin(); it != clock.ledger.rend() && !it->counts; ++it) {
            restart = restart || policy_of(it->reason) == Policy::restart;
        }
        last.open = false;
        last.to = now;
        if (restart) {
            ++clock.round;
            clock.fired.clear();
        }
        clock.phase = ClockState::Phase::running;
        // A clock that was late before the wait keeps its due date: derive() stops at the interval
        // that closed late.
        clock.ledger.push_back({.from = now, .round = clock.round});
        record(restart ? RecordKind::clock_restarted : RecordKind::clock_resumed, clock.owner,
               owner_state, clock.clock, no_index, derive(calendar_of(clock), clock).due.instant);
    }
}

void Run::fire_moment(std::size_t position, std::uint32_t timer, Instant due) {
    ClockState& clock = instance.clocks[position];
    const Clock& definition = model.clocks[clock.clock];
    const Ordinal owner = clock.owner;
    if (timer == start_timer(definition)) {
        clock.phase = ClockState::Phase::running;
        record(RecordKind::clock_started, owner, definition.owner, clock.clock, no_index,
               derive(calendar_of(clock), clock).due.instant);
        return;
    }
    if (timer == stop_timer(definition)) {
        end_clock(position, due);
        return;
    }
    count_fired(calendar_of(clock), definition, clock, timer, due);
    record(RecordKind::clock_moment, owner, definition.owner, clock.clock, timer, due);
    if (timer == due_timer(definition)) return;
    const Way& way = definition.moments[timer].way;
    if (way.when && !test(*way.when, scope_of(owner))) return;
    const std::size_t before = effects.size();
    take(way, owner);
    for (std::size_t i = before; i < effects.size(); ++i) {
        if (auto* notice = std::get_if<Notice>(&effects[i])) {
            notice->clock = static_cast<std::uint32_t>(&definition - model.clocks.data());
        }
    }
}

void Run::fire_timer(Ordinal ordinal, std::uint32_t timer, Instant due) {
    Token& standing = token(ordinal);
    const State& state = model.states[standing.state];
    if (state.service && timer >= state.timers.size()) return fire_service_timer(ordinal, timer);
    const auto found = std::find_if(standing.timers.begin(), standing.timers.end(),
                                    [&](const TimerState& t) { return t.timer == timer; });
    if (found == standing.timers.end()) throw Error(ErrorCode::internal, "a timer is gone");
    const std::uint32_t fired = ++found->fired;
    record(RecordKind::timer_fired, ordinal, standing.state, timer, no_index,
           static_cast<std::int64_t>(fired));
    if (timer == until_timer(state)) {
        standing.timers.erase(found);
        assign(state.set, scope_of(ordinal));
        take(*state.to, ordinal);
        return;
    }
    const Timer& definition = state.timers[timer];
    const bool again = definition.way.times == 0 || fired < definition.way.times;
    std::optional<Instant> next_time;
    if (again && std::holds_alternative<Stay>(definition.way.target) &&
        definition.way.choices.empty()) {
        // Repeats count from the due instant, not from when it was noticed (R79).
        next_time = due_after(due, state, definition, standing.scope);
    }
    if (next_time && *next_time > due) {
        found->due = *next_time;
    } else {
        standing.timers.erase(found);  // no length, no repetition
    }
    if (definition.way.when && !test(*definition.way.when, scope_of(ordinal))) return;
    take(definition.way, ordinal);
}

std::optional<Instant> Run::due_after(Instant from, const State& state, const Timer& timer,
                                      Ordinal scope_ordinal) {
    const Calendar& days = calendar_of(state.calendar);
    if (const auto* rule = std::get_if<RecurringDate>(&timer.limit)) {
        return days.opening(next(*rule, days.day_of(from), days));
    }
    if (const auto* written = std::get_if<Limit>(&timer.limit)) {
        return days.deadline(from, *written).instant;
    }
    const Value value = evaluate(std::get<Cel>(timer.limit), scope_ordinal);
    if (value.limit() == nullptr) return std::nullopt;  // null: no timer (R80)
    return days.deadline(from, *value.limit()).instant;
}

}  // namespace workflow::interpreter
