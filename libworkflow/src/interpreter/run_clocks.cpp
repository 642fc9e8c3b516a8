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

}  // namespace

void Run::start_clocks(Ordinal owner, StateIndex state, Ordinal scope_ordinal) {
    for (const ClockIndex index : model.states[state].clocks) {
        const Clock& definition = model.clocks[index];
        if (definition.when && !test(*definition.when, scope_ordinal)) continue;
        const auto* written = std::get_if<Limit>(&definition.limit);
        Limit limit;
        if (written != nullptr) {
            limit = *written;
        } else {
            const Value value = evaluate(std::get<Cel>(definition.limit), scope_ordinal);
            if (value.open().limit() == nullptr) continue;  // null: no clock
            limit = *value.open().limit();
        }
        Instant from = now;
        if (definition.starts_date) {
            const Value date = evaluate(*definition.starts_date, scope_ordinal);
            const Value& opened = date.open();
            if (opened.is_null()) continue;
            from = opened.day() != nullptr       ? instant_of(*opened.day(), {}, calendar.offset())
                   : opened.instant() != nullptr ? *opened.instant()
                                                 : now;
        }
        ClockState& clock = instance.clocks.emplace_back();
        clock.ordinal = instance.next_ordinal++;
        clock.owner = owner;
        clock.clock = index;
        clock.phase = from > now ? ClockState::Phase::idle : ClockState::Phase::running;
        clock.limit = limit;
        clock.ledger.push_back({.from = from});
        clock.fired.assign(definition.moments.size() + 1, 0);
        const Instant due = derive(calendar, clock).due.instant;
        record(RecordKind::clock_started, owner, state, index, no_index, due);
    }
}

void Run::end_clocks(Ordinal owner) {
    for (std::size_t i = 0; i < instance.clocks.size();) {
        const ClockState& clock = instance.clocks[i];
        if (clock.owner != owner) {
            ++i;
            continue;
        }
        if (clock.phase != ClockState::Phase::idle) {
            const Derived derived = derive(calendar, clock);
            const ClockResult result = result_at(calendar, clock, ended_at, derived);
            record_at(ended_at, RecordKind::clock_ended, owner, model.clocks[clock.clock].owner,
                      clock.clock, static_cast<std::uint32_t>(result), derived.due.instant);
        }
        instance.clocks.erase(instance.clocks.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void Run::settle_waiting() {
    if (model.reasons.empty() || instance.status != Instance::Status::active) return;
    for (ClockState& clock : instance.clocks) {
        if (clock.phase == ClockState::Phase::idle) continue;
        const Clock& definition = model.clocks[clock.clock];
        const auto policy_of = [&](ReasonIndex reason) {
            return reason < definition.while_waiting.size() ? definition.while_waiting[reason]
                                                            : Policy::go_on;
        };
        ReasonIndex strongest = none;
        for (const Token& standing : instance.tokens) {
            const ReasonIndex reason = model.states[standing.state].waiting_for;
            if (reason == none || standing.ordinal == clock.owner) continue;
            if (standing.at_door || standing.remainder) continue;
            if (!is_inside(standing, clock.owner)) continue;
            if (policy_of(reason) == Policy::go_on) continue;
            if (strongest == none || strength(policy_of(reason)) > strength(policy_of(strongest))) {
                strongest = reason;
            }
        }
        const bool waiting = clock.phase == ClockState::Phase::waiting;
        if (strongest == none && !waiting) continue;
        Interval& last = clock.ledger.back();
        if (waiting && strongest == last.reason) continue;
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
            std::fill(clock.fired.begin(), clock.fired.end(), 0U);
        }
        clock.phase = ClockState::Phase::running;
        // A clock that was late before the wait keeps its due date: derive() stops at the interval
        // that closed late.
        clock.ledger.push_back({.from = now, .round = clock.round});
        record(restart ? RecordKind::clock_restarted : RecordKind::clock_resumed, clock.owner,
               owner_state, clock.clock, no_index, derive(calendar, clock).due.instant);
    }
}

void Run::fire_moment(std::size_t position, std::uint32_t timer, Instant due) {
    ClockState& clock = instance.clocks[position];
    const Clock& definition = model.clocks[clock.clock];
    const Ordinal owner = clock.owner;
    if (timer == start_timer(definition)) {
        clock.phase = ClockState::Phase::running;
        record(RecordKind::clock_started, owner, definition.owner, clock.clock, no_index,
               derive(calendar, clock).due.instant);
        return;
    }
    ++clock.fired[timer];
    record(RecordKind::clock_moment, owner, definition.owner, clock.clock, timer, due);
    if (timer == due_timer(definition)) return;
    const Way& way = definition.moments[timer].way;
    if (way.when && !test(*way.when, scope_of(owner))) return;
    const std::size_t before = effects.size();
    take(way, owner);
    for (std::size_t i = before; i < effects.size(); ++i) {
        std::get<Notice>(effects[i]).clock =
            static_cast<std::uint32_t>(&definition - model.clocks.data());
    }
}

void Run::fire_timer(Ordinal ordinal, std::uint32_t timer, Instant due) {
    Token& standing = token(ordinal);
    const State& state = model.states[standing.state];
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
    if (again && std::holds_alternative<Stay>(definition.way.target) &&
        definition.way.choices.empty()) {
        const auto* written = std::get_if<Limit>(&definition.limit);
        const Value value = written != nullptr
                                ? Value(*written)
                                : evaluate(std::get<Cel>(definition.limit), standing.scope);
        // Repeats count from the due instant, not from when it was noticed (R79).
        const Instant next =
            value.limit() == nullptr ? due : calendar.deadline(due, *value.limit()).instant;
        if (next > due) {
            found->due = next;
        } else {
            standing.timers.erase(found);  // no length, no repetition
        }
    } else {
        standing.timers.erase(found);
    }
    if (definition.way.when && !test(*definition.way.when, scope_of(ordinal))) return;
    take(definition.way, ordinal);
}

}  // namespace workflow::interpreter
