// What the instance remembers of what is over, and the answers of rule R53 from it.
#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/run.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

/// The clock's dates and whether it is late, or was when it ended.
struct ClockAnswer {
    Value due;
    Value original_due;
    bool late = false;
};

void take_later(std::optional<Instant>& kept, const std::optional<Instant>& other) {
    if (other && (!kept || *other > *kept)) kept = other;
}

}  // namespace

Visits& Run::visits(MemoryIndex memory, Ordinal scope_ordinal) {
    for (Visits& known : instance.visits) {
        if (known.memory == memory && known.scope == scope_ordinal) return known;
    }
    return instance.visits.emplace_back(Visits{.scope = scope_ordinal, .memory = memory});
}

void Run::remember_entering(const Token& entering) {
    const MemoryIndex memory = model.states[entering.state].memory;
    if (memory == none) return;
    Visits& known = visits(memory, entering.scope);
    ++known.times;
    known.entered = now;
    if (model.memories[memory].instants) known.when.push_back(now);
}

void Run::remember_leaving(const Token& leaving) {
    const MemoryIndex memory = model.states[leaving.state].memory;
    if (memory != none) visits(memory, leaving.scope).left = ended_at;
}

void Run::remember_action(const Action& action, Ordinal scope_ordinal) {
    for (const MemoryIndex memory : {action.memory, action.uses}) {
        if (memory == none) continue;
        Visits& known = visits(memory, scope_ordinal);
        ++known.times;
        if (model.memories[memory].instants) known.when.push_back(now);
    }
}

void Run::remember_finisher(const Actor& actor, StateIndex state, Ordinal scope_ordinal) {
    const MemoryIndex memory = model.states[state].memory;
    if (memory == none) return;
    auto& finishers = visits(memory, scope_ordinal).finishers;
    const Visits::Finisher finisher{actor.id, actor.acting_for};
    std::erase(finishers, finisher);  // who does it again is the last one
    finishers.push_back(finisher);
}

void Run::remember_clock(const ClockState& clock, Instant at, bool late) {
    const MemoryIndex memory = model.clocks[clock.clock].memory;
    if (memory == none) return;
    const Calendar& days = calendar_of(clock);
    Visits& known = visits(memory, scope_of(clock.owner));
    known.times = late ? 1 : 0;
    known.entered = derive(days, clock).due.instant;
    known.left = derive(days, clock, Extensions::left_out).due.instant;
    known.when = {at};
}

void Run::fold_visits(Ordinal closing, Ordinal around) {
    for (std::size_t i = 0; i < instance.visits.size();) {
        if (instance.visits[i].scope != closing) {
            ++i;
            continue;
        }
        const Visits gone = std::move(instance.visits[i]);
        instance.visits.erase(instance.visits.begin() + static_cast<std::ptrdiff_t>(i));
        Visits& kept = visits(gone.memory, around);
        const bool is_clock =
            std::any_of(model.clocks.begin(), model.clocks.end(),
                        [&](const Clock& clock) { return clock.memory == gone.memory; });
        if (is_clock) {
            // Of several clocks the one that ended last.
            if (kept.when.empty() || gone.when.back() >= kept.when.back()) {
                kept = gone;
                kept.scope = around;
            }
            continue;
        }
        kept.times += gone.times;
        take_later(kept.entered, gone.entered);
        take_later(kept.left, gone.left);
        const auto middle = kept.when.insert(kept.when.end(), gone.when.begin(), gone.when.end());
        std::inplace_merge(kept.when.begin(), middle, kept.when.end());
        for (const Visits::Finisher& finisher : gone.finishers) {
            std::erase(kept.finishers, finisher);
            kept.finishers.push_back(finisher);
        }
    }
}

bool Run::is_scope_within(Ordinal inner, Ordinal outer) {
    while (inner != outer && inner != 0) inner = token(scope(inner).parent).scope;
    return inner == outer;
}

Ordinal Run::scope_holding(Ordinal from, const std::vector<StateIndex>& holders) {
    while (from != 0) {
        const Scope& current = scope(from);
        const Token& holder = token(current.parent);
        const bool holds_one = std::any_of(holders.begin(), holders.end(), [&](StateIndex state) {
            if (current.branch != no_index) return is_within(model, state, current.branch);
            return state != holder.state && is_within(model, state, holder.state);
        });
        if (holds_one) return from;
        from = holder.scope;
    }
    return 0;
}

bool Run::is_active(StateIndex state, Ordinal scope_ordinal) {
    const Ordinal around = scope_holding(scope_ordinal, {state});
    return std::any_of(instance.tokens.begin(), instance.tokens.end(), [&](const Token& standing) {
        return standing.state == state && !standing.at_door && !standing.remainder &&
               is_scope_within(standing.scope, around);
    });
}

Visits Run::recall(MemoryIndex memory, Ordinal scope_ordinal) {
    Visits all{.scope = scope_ordinal, .memory = memory};
    for (const Visits& known : instance.visits) {
        if (known.memory != memory || !is_scope_within(known.scope, scope_ordinal)) continue;
        all.times += known.times;
        take_later(all.entered, known.entered);
        take_later(all.left, known.left);
        all.when.insert(all.when.end(), known.when.begin(), known.when.end());
        all.finishers.insert(all.finishers.end(), known.finishers.begin(), known.finishers.end());
    }
    return all;
}

const ClockState* Run::clock_seen_from(ClockIndex index, Ordinal scope_ordinal) {
    const auto of_owner = [&](Ordinal owner) {
        const auto found = std::find_if(
            instance.clocks.begin(), instance.clocks.end(),
            [&](const ClockState& c) { return c.clock == index && c.owner == owner; });
        return found != instance.clocks.end() ? &*found : nullptr;
    };
    // That of a state around the expression; else the youngest of the scope that holds its owner.
    for (Ordinal around = scope_ordinal; around != 0; around = token(scope(around).parent).scope) {
        if (const ClockState* clock = of_owner(scope(around).parent)) return clock;
    }
    if (const ClockState* clock = of_owner(0)) return clock;
    const Ordinal around = scope_holding(scope_ordinal, {model.clocks[index].owner});
    const ClockState* youngest = nullptr;
    for (const ClockState& clock : instance.clocks) {
        if (clock.clock != index || !is_scope_within(scope_of(clock.owner), around)) continue;
        if (youngest == nullptr || clock.ordinal > youngest->ordinal) youngest = &clock;
    }
    return youngest;
}

namespace {

ClockAnswer answer_of(Run& run, ClockIndex index, Ordinal scope_ordinal) {
    ClockAnswer answer;
    if (const ClockState* clock = run.clock_seen_from(index, scope_ordinal)) {
        if (clock->phase == ClockState::Phase::idle) return answer;
        const Calendar& days = run.calendar_of(*clock);
        const Derived derived = derive(days, *clock);
        if (clock->phase == ClockState::Phase::waiting) {
            answer.late = derived.late_when_closed;
            return answer;
        }
        answer.due = derived.due.instant;
        answer.original_due = derive(days, *clock, Extensions::left_out).due.instant;
        answer.late = run.now > derived.due.instant;
        return answer;
    }
    const Clock& definition = run.model.clocks[index];
    const Ordinal around = run.scope_holding(scope_ordinal, {definition.owner});
    const Visits* last = nullptr;
    for (const Visits& known : run.instance.visits) {
        if (known.memory != definition.memory || !run.is_scope_within(known.scope, around)) continue;
        if (last == nullptr || known.when.back() > last->when.back()) last = &known;
    }
    if (last == nullptr) return answer;
    answer.due = *last->entered;
    answer.original_due = *last->left;
    answer.late = last->times != 0;
    return answer;
}

Value optional_instant(const std::optional<Instant>& instant) {
    return instant ? Value(*instant) : Value();
}

}  // namespace

Value ScopeAnswers::answer(std::size_t question, std::size_t subject, const Value& since) const {
    const Subjects& subjects = run_.model.subjects;
    switch (question) {
        case 0:
            return run_.is_active(static_cast<StateIndex>(subject + 1), scope_);
        case 1:
        case 2:
        case 3: {
            const MemoryIndex memory = subjects.remembered[subject];
            const Visits all =
                run_.recall(memory, run_.scope_holding(scope_, run_.model.memories[memory].holders));
            if (question == 1) return optional_instant(all.entered);
            if (question == 2) return optional_instant(all.left);
            if (since.is_null()) return static_cast<std::int64_t>(all.times);
            const Instant* instant = since.instant();
            const Instant from =
                instant != nullptr ? *instant : instant_of(*since.day(), {}, run_.calendar.offset());
            return static_cast<std::int64_t>(
                std::count_if(all.when.begin(), all.when.end(),
                              [&](const Instant& each) { return each >= from; }));
        }
        default: {
            const ClockAnswer answer = answer_of(run_, subjects.clocks[subject], scope_);
            if (question == 4) return answer.due;
            if (question == 5) return answer.original_due;
            return answer.late;
        }
    }
}

}  // namespace workflow::interpreter
