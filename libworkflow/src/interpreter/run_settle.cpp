#include <algorithm>
#include <tuple>

#include "interpreter/run.hpp"
#include "workflow/error.hpp"
#include "workflow/limits.hpp"

namespace workflow::interpreter {

using namespace procedure;

void Run::open_incident(Ordinal ordinal, const Abandon& reason) {
    // Codes, not sentences: the words of the catalogue may change, what is recorded may not.
    List details{to_string(reason.code)};
    for (const std::string& argument : reason.arguments) details.emplace_back(argument);
    const Value detail(std::move(details));
    StateIndex state = root_state;
    if (Token* standing = ordinal != 0 ? find_token(ordinal) : nullptr; standing != nullptr) {
        standing->incident = true;
        standing->incident_reason = detail;
        state = standing->state;
    }
    record(RecordKind::incident_opened, ordinal, state, no_index, no_index, Value(detail));
}

std::optional<Ordinal> Run::next_ready() {
    // Rank 1: automatic and finished states, deepest scope first, then older scope, document order,
    // ordinal. Rank 2: waits whose condition holds (R25).
    std::optional<Ordinal> best;
    std::tuple<std::uint32_t, Ordinal, StateIndex, Ordinal> best_key;
    for (const Token& standing : instance.tokens) {
        const State& state = model.states[standing.state];
        const bool finished = state.is_compound() && standing.open_scopes == 0;
        if (standing.incident || (!state.is_automatic() && !finished)) continue;
        const std::tuple key{UINT32_MAX - state.depth, standing.scope, standing.state,
                             standing.ordinal};
        if (!best || key < best_key) {
            best = standing.ordinal;
            best_key = key;
        }
    }
    if (best) return best;
    for (std::size_t t = 0; t < instance.tokens.size(); ++t) {
        const Token& standing = instance.tokens[t];
        const State& state = model.states[standing.state];
        if (standing.incident || state.kind != Kind::wait || !state.when) continue;
        try {
            if (test(*state.when, standing.scope)) return standing.ordinal;
        } catch (const Abandon& reason) {
            open_incident(standing.ordinal, reason);
        }
    }
    return std::nullopt;
}

void Run::settle() {
    std::size_t count = 0;
    while (instance.status == Instance::Status::active) {
        const auto ready = next_ready();
        if (!ready) break;
        if (++count > limits::microsteps_max) {
            throw Abandon{RefusalCode::too_many_microsteps,
                          {std::to_string(limits::microsteps_max)}};
        }
        // An end evaluates nothing that could fail: it needs no way back.
        if (model.states[token(*ready).state].kind == Kind::end) {
            within_calendar([&] { microstep(*ready); });
            ended_at = now;
            continue;
        }
        // One microstep happens as a whole or leaves an incident where it stood (R27).
        const Instance before = instance;
        const std::size_t records_before = records.size();
        const std::size_t effects_before = effects.size();
        try {
            microstep(*ready);
        } catch (const Abandon& reason) {
            instance = before;
            records.resize(records_before);
            effects.resize(effects_before);
            open_incident(*ready, reason);
        }
        ended_at = now;
    }
    settle_waiting();
}

void Run::microstep(Ordinal ordinal) {
    const State& state = model.states[token(ordinal).state];
    switch (state.kind) {
        case Kind::choice:
            take_first(state.choices, ordinal);
            return;
        case Kind::end: {
            const Ordinal inside = token(ordinal).scope;
            if (state.terminate) {
                // The scope ends with everything in it (R6).
                for (std::size_t t = instance.tokens.size(); t-- > 0;) {
                    if (t >= instance.tokens.size()) continue;
                    const Token& other = instance.tokens[t];
                    if (other.scope == inside && other.ordinal != ordinal) {
                        withdraw(other.ordinal, RecordKind::cancelled);
                    }
                }
            }
            finish(ordinal, state.outcome);
            return;
        }
        case Kind::wait:
            assign(state.set, scope_of(ordinal));
            take(*state.to, ordinal);
            return;
        case Kind::group:
        case Kind::parallel:
        case Kind::each:
            finish_compound(ordinal);
            return;
        case Kind::task:
        case Kind::idle:
            break;
    }
    throw Error(ErrorCode::internal, "a state that waits for people was taken as automatic");
}

void Run::finish_compound(Ordinal ordinal) {
    const State& state = model.states[token(ordinal).state];
    bind_results(ordinal);
    OutcomeIndex outcome = none;
    for (const Scope& inside : instance.scopes) {
        if (inside.parent == ordinal && inside.ordinal != 0) outcome = inside.outcome;
    }
    if (state.kind == Kind::group) {
        bind(slot_outcome, outcome == none ? Value() : Value(model.outcomes[outcome].id));
    }
    assign(state.set, scope_of(ordinal));
    const Way* way = state.to ? &*state.to : nullptr;
    if (state.kind == Kind::group) {
        const Way* otherwise = nullptr;
        const Way* named = nullptr;
        for (const auto& [key, choice] : state.outcomes) {
            if (key == none) otherwise = &choice;
            if (key == outcome && key != none) named = &choice;
        }
        if (otherwise != nullptr) way = otherwise;
        if (named != nullptr) way = named;
    }
    if (way != nullptr) {
        take(*way, ordinal);
        // `otherwise: stay` on a finished compound state would find it ready for ever.
        if (find_token(ordinal) != nullptr && token(ordinal).open_scopes == 0) {
            throw Abandon{RefusalCode::guard_false, {state.id, "to"}};
        }
    } else {
        finish(ordinal, state.kind == Kind::group ? outcome : none);
    }
    for (const EventSlot slot :
         {slot_outcome, slot_items, slot_branches, slot_finished, slot_opened}) {
        unbind(slot);
    }
}

void Run::bind_results(Ordinal ordinal) {
    const State& state = model.states[token(ordinal).state];
    if (state.kind == Kind::group) return;
    const auto outcome_of = [&](const Scope& inside) {
        return inside.outcome == no_index ? Value() : Value(model.outcomes[inside.outcome].id);
    };
    List items;
    items.reserve(instance.scopes.size());
    Members branches;
    std::int64_t opened = 0;
    if (state.kind == Kind::parallel) {
        for (const StateIndex child : state.children) {
            branches.emplace_back(
                model.states[child].id,
                Members{{"opened", false}, {"finished", false}, {"outcome", Value()}});
        }
    }
    for (const Scope& inside : instance.scopes) {
        if (inside.parent != ordinal || inside.ordinal == 0) continue;
        ++opened;
        if (state.kind == Kind::each) {
            Members item;
            item.reserve(4);
            item.emplace_back("item", inside.item_value);
            item.emplace_back("index", static_cast<std::int64_t>(inside.item));
            item.emplace_back("finished", inside.done);
            item.emplace_back("outcome", outcome_of(inside));
            items.emplace_back(std::move(item));
        } else {
            for (auto& [name, value] : branches) {
                if (name != model.states[inside.branch].id) continue;
                value = Members{
                    {"opened", true}, {"finished", inside.done}, {"outcome", outcome_of(inside)}};
            }
        }
    }
    bind(slot_items, std::move(items));
    bind(slot_branches, std::move(branches));
    bind(slot_opened, opened);
    bind(slot_finished, opened);
}

}  // namespace workflow::interpreter
