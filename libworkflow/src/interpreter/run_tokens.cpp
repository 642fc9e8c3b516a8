#include <algorithm>
#include <stdexcept>

#include "interpreter/run.hpp"
#include "workflow/error.hpp"
#include "workflow/limits.hpp"

namespace workflow::interpreter {

using namespace procedure;

void Run::throw_gone(const char* what) {
    throw Error(ErrorCode::internal, std::string("a ") + what + " that should be there is gone");
}

bool Run::is_below(const Token& inner, Ordinal owner) {
    if (owner == 0) return true;
    for (Ordinal around = inner.scope; around != 0;) {
        const Ordinal holder = scope(around).parent;
        if (holder == owner) return true;
        around = token(holder).scope;
    }
    return false;
}

bool Run::is_inside(const Token& inner, Ordinal owner) {
    if (owner == 0) return !model.keeps_others || !is_in_remainder(inner);
    for (Ordinal around = inner.scope; around != 0;) {
        const Ordinal holder = scope(around).parent;
        if (holder == owner) return true;
        const Token& held = token(holder);
        if (held.remainder) return false;
        around = held.scope;
    }
    return false;
}

Ordinal Run::enter(StateIndex index, Ordinal scope_ordinal, StateIndex source) {
    if (instance.tokens.size() >= limits::tokens_max) {
        throw Abandon{RefusalCode::too_large,
                      {model.states[index].id, std::to_string(limits::tokens_max)}};
    }
    const State& state = model.states[index];
    const Ordinal ordinal = instance.next_ordinal++;
    instance.tokens.push_back(
        {.ordinal = ordinal, .state = index, .scope = scope_ordinal, .entered = now});
    ++scope(scope_ordinal).tokens;
    if (state.kind == Kind::join) instance.tokens.back().source = source;
    if (state.one_at_a_time != none && state.kind != Kind::task) {
        Token& standing = instance.tokens.back();
        if (barred_by(standing) != nullptr) {
            standing.at_door = true;
            record(RecordKind::at_door, ordinal, index, state.one_at_a_time);
            return ordinal;
        }
        take_name(ordinal);
    }
    begin(ordinal);
    return ordinal;
}

void Run::begin(Ordinal ordinal) {
    Token& entering = token(ordinal);
    const StateIndex index = entering.state;
    const Ordinal scope_ordinal = entering.scope;
    const State& state = model.states[index];
    Value whom;
    if (state.for_whom && state.kind == Kind::task) {
        whom = evaluate(*state.for_whom, scope_ordinal);
        entering.for_whom = whom;
    }
    record(RecordKind::entered, ordinal, index, no_index, no_index, std::move(whom));
    if (state.memory != none) remember_entering(entering);
    start_clocks(ordinal, index, scope_ordinal);
    if (state.watched) watch(OccasionKind::entered, ordinal, index);
    if (!state.receive.empty()) subscribe(ordinal, index, scope_ordinal);
    for (std::uint32_t i = 0; i < state.timers.size(); ++i) {
        const Timer& timer = state.timers[i];
        const auto due = due_after(now, state, timer, scope_ordinal);
        if (!due) continue;
        entering.timers.push_back({.timer = i, .fired = 0, .due = *due});
    }
    switch (state.kind) {
        case Kind::wait:
            if (state.until) {
                const Value until = evaluate(*state.until, scope_ordinal);
                const Instant* instant = until.instant();
                if (instant == nullptr && until.day() == nullptr) {
                    throw Abandon{RefusalCode::cannot_evaluate,
                                  {state.id, "until is null", state.until->expression.source()}};
                }
                const Instant due =
                    instant != nullptr ? *instant : instant_of(*until.day(), {}, calendar.offset());
                entering.timers.push_back({until_timer(state), 0, std::max(due, now)});
            }
            break;
        case Kind::group:
            open_scope(ordinal, no_index, no_index, {});
            take_start(index, instance.scopes.back().ordinal);
            break;
        case Kind::parallel:
            open_branches(ordinal);
            break;
        case Kind::each:
            open_items(ordinal);
            break;
        case Kind::service:
            request(ordinal);
            break;
        case Kind::call:
            start_child(ordinal);
            break;
        case Kind::task:
        case Kind::choice:
        case Kind::end:
        case Kind::idle:
        case Kind::fork:
        case Kind::join:
            break;
    }
}

void Run::open_scope(Ordinal parent, std::uint32_t branch, std::uint32_t item, Value item_value) {
    const Ordinal ordinal = instance.next_ordinal++;
    record(RecordKind::scope_opened, parent, token(parent).state, ordinal, no_index,
           branch != no_index ? Value(model.states[branch].id) : Value(item_value));
    instance.scopes.push_back({.ordinal = ordinal,
                               .parent = parent,
                               .branch = branch,
                               .item = item,
                               .item_value = std::move(item_value)});
    for (const FieldIndex field : model.states[token(parent).state].data) {
        instance.scopes.back().data.push_back(model.data[field].initial);
    }
    ++token(parent).open_scopes;
}

void Run::take_start(StateIndex compound, Ordinal scope_ordinal) {
    const State& state = model.states[compound];
    if (!state.start) {
        enter(state.children.front(), scope_ordinal);
        return;
    }
    take_start(compound, scope_ordinal, *state.start);
}

void Run::take_start(StateIndex compound, Ordinal scope_ordinal, const Way& start) {
    const State& state = model.states[compound];
    const Way* way = &start;
    while (true) {
        if (way->when && !test(*way->when, scope_ordinal)) {
            throw Abandon{RefusalCode::guard_false, {state.id, way->when->expression.source()}};
        }
        note(*way);
        happen(*way, scope(scope_ordinal).parent, scope_ordinal);
        if (way->choices.empty()) break;
        const auto chosen = std::find_if(
            way->choices.begin(), way->choices.end(),
            [&](const Way& choice) { return !choice.when || test(*choice.when, scope_ordinal); });
        if (chosen == way->choices.end())
            throw Abandon{RefusalCode::guard_false, {state.id, "start"}};
        way = &*chosen;
    }
    if (const auto* target = std::get_if<Move>(&way->target)) {
        enter(target->to, scope_ordinal);
    } else {
        if (const auto* end = std::get_if<Finish>(&way->target)) {
            scope(scope_ordinal).outcome = end->outcome;
        }
        close_scope_if_done(scope_ordinal);
    }
}

void Run::open_branches(Ordinal ordinal) {
    const Ordinal around = token(ordinal).scope;
    const State& state = model.states[token(ordinal).state];
    // All guards are evaluated on the same data, before any branch opens (R35).
    std::vector<StateIndex> opened;
    for (const StateIndex branch : state.children) {
        const State& child = model.states[branch];
        const bool guard = child.kind != Kind::wait && child.when.has_value();
        if (!guard || test(*child.when, around)) opened.push_back(branch);
    }
    for (const StateIndex branch : opened) {
        open_scope(ordinal, branch, no_index, {});
        enter(branch, instance.scopes.back().ordinal);
    }
}

void Run::withdraw_inside(Ordinal ordinal) {
    // Innermost scope first; in a scope the youngest token first (R23).
    for (std::size_t s = instance.scopes.size(); s-- > 1;) {
        if (s >= instance.scopes.size() || instance.scopes[s].parent != ordinal) continue;
        const Ordinal inside = instance.scopes[s].ordinal;
        for (std::size_t t = instance.tokens.size(); t-- > 0;) {
            if (t < instance.tokens.size() && instance.tokens[t].scope == inside) {
                withdraw(instance.tokens[t].ordinal, RecordKind::cancelled);
            }
        }
        const auto found = std::find_if(instance.scopes.begin(), instance.scopes.end(),
                                        [&](const Scope& sc) { return sc.ordinal == inside; });
        instance.scopes.erase(found);
        if (!instance.visits.empty()) fold_visits(inside, ordinal == 0 ? 0 : token(ordinal).scope);
    }
    if (ordinal == 0) return;
    token(ordinal).open_scopes = 0;
}

void Run::withdraw(Ordinal ordinal, RecordKind kind) {
    end_activation(ordinal, kind);
    instance.tokens.erase(instance.tokens.begin() + (&token(ordinal) - instance.tokens.data()));
}

void Run::withdraw_all(std::span<const Ordinal> ordinals, RecordKind kind) {
    for (const Ordinal ordinal : ordinals) end_activation(ordinal, kind);
    // All at once: each erased by itself would move those behind it again and again.
    std::erase_if(instance.tokens, [&](const Token& standing) {
        return std::binary_search(ordinals.begin(), ordinals.end(), standing.ordinal);
    });
}

void Run::end_activation(Ordinal ordinal, RecordKind kind) {
    const StateIndex index = token(ordinal).state;
    const State& state = model.states[index];
    if (state.is_compound()) withdraw_inside(ordinal);
    if (!instance.clocks.empty()) end_clocks(ordinal);
    Token& leaving = token(ordinal);
    // What stands at a door has not been entered, and a remainder has left long ago.
    const bool has_been_here = !leaving.at_door && !leaving.remainder;
    if (state.watched && has_been_here) watch(OccasionKind::left, ordinal, index);
    if (!instance.subscriptions.empty()) unsubscribe(ordinal);
    if (!instance.awaited.empty()) stop_awaiting(ordinal);
    if (leaving.incident || leaving.warned) {
        record(RecordKind::incident_resolved, ordinal, leaving.state);
        close_incident(leaving);
    }
    if (!leaving.remainder) record_at(ended_at, kind, ordinal, leaving.state);
    // Withdrawn is left, too, as for a clock.
    if (has_been_here && state.memory != none) remember_leaving(leaving);
    erase_if(instance.lists, [&](const ItemList& list) { return list.token == ordinal; });
#ifndef WORKFLOW_CANARY  // the defect on purpose that tests/fuzz must find; no library has it
    erase_if(instance.claims, [&](const Claimed& claim) { return claim.token == ordinal; });
#endif
    --scope(leaving.scope).tokens;
}

void Run::depart(Ordinal ordinal) {
    Token& leaving = token(ordinal);
    if (!leaving.remainder) {
        withdraw(ordinal, RecordKind::left);
        return;
    }
    end_clocks(ordinal);
    if (model.states[leaving.state].watched) watch(OccasionKind::left, ordinal, leaving.state);
    if (!instance.subscriptions.empty()) unsubscribe(ordinal);
    leaving.timers.clear();
    leaving.also_may_act.clear();
    record_at(ended_at, RecordKind::left, ordinal, leaving.state);
    remember_leaving(leaving);
}

void Run::move(Ordinal carrier, StateIndex target, const Asides& asides) {
    const StateIndex around = model.states[target].parent;
    const StateIndex carried_by = state_of(carrier);
    if (around == carried_by && model.states[carried_by].kind == Kind::group) {
        // From a group, or the procedure, into its own inside: data and clocks live on (R22 c).
        const Ordinal inside = scope_inside(carrier);
        for (std::size_t t = instance.tokens.size(); t-- > 0;) {
            if (t < instance.tokens.size() && instance.tokens[t].scope == inside) {
                withdraw(instance.tokens[t].ordinal, RecordKind::cancelled);
            }
        }
        Scope& reopened = scope(inside);
        if (reopened.done && carrier != 0) ++token(carrier).open_scopes;
        reopened.done = false;
        reopened.outcome = no_index;
        reopened.rounds.clear();
        if (!asides.empty()) run_asides(asides);
        enter(target, inside);
        return;
    }
    // The token that stands in the target's scope and holds the carrier, or is it (R22 a, b).
    Ordinal moving = carrier;
    while (model.states[token(moving).state].parent != around) {
        const Ordinal holder = scope(token(moving).scope).parent;
        if (holder == 0) throw Error(ErrorCode::internal, "a way leads out of its reach");
        if (token(holder).remainder) {
            // What is around has gone on without it: its token ends (R36).
            if (moving != carrier) withdraw(carrier, RecordKind::left);
            finish(moving, none);
            return;
        }
        moving = holder;
    }
    const Ordinal target_scope = token(moving).scope;
    const StateIndex source = token(moving).state;
    if (moving != carrier) {
        withdraw(carrier, RecordKind::left);
        withdraw(moving, RecordKind::left);
    } else {
        depart(carrier);
    }
    if (!asides.empty()) run_asides(asides);
    enter(target, target_scope, source);
}

void Run::finish(Ordinal carrier, OutcomeIndex outcome, const Asides& asides) {
    if (carrier == 0) {
        end_instance(outcome);
        return;
    }
    const Ordinal inside = token(carrier).scope;
    depart(carrier);
    if (!asides.empty()) run_asides(asides);
    if (outcome != none) scope(inside).outcome = outcome;
    close_scope_if_done(inside);
}

void Run::close_scope_if_done(Ordinal ordinal) {
    Scope& closing = scope(ordinal);
    if (closing.tokens != 0 || closing.done) return;
    closing.done = true;
    if (ordinal == 0) {
        end_instance(closing.outcome);
        return;
    }
    Token& holder = token(closing.parent);
    --holder.open_scopes;
    record(RecordKind::scope_done, closing.parent, holder.state, ordinal, closing.outcome);
    if (holder.remainder && holder.open_scopes == 0 && !has_items_to_come(holder.ordinal)) {
        // The last of what a join has left is done: nothing holds the scope around any more (R5).
        const Ordinal around = holder.scope;
        withdraw(holder.ordinal, RecordKind::left);
        close_scope_if_done(around);
    }
}

void Run::end_instance(OutcomeIndex outcome) {
    for (std::size_t t = instance.tokens.size(); t-- > 0;) {
        if (t < instance.tokens.size() && instance.tokens[t].scope == 0) {
            withdraw(instance.tokens[t].ordinal, RecordKind::cancelled);
        }
    }
    end_clocks(0);
    report_unread();
    instance.status = Instance::Status::ended;
    instance.suspension = Instance::Suspension::none;
    instance.outcome = outcome;
    record_at(ended_at, RecordKind::ended, 0, root_state, no_index, outcome);
    report_to_caller();
}

}  // namespace workflow::interpreter
