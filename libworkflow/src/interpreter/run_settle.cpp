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
        close_incident(*standing);
        standing->incident = true;
        instance.incidents.push_back({ordinal, detail, now});
        state = standing->state;
    }
    record(RecordKind::incident_opened, ordinal, state, no_index, no_index, Value(detail));
}

void Run::close_incident(Token& standing) {
    if (!standing.incident) return;
    standing.incident = false;
    erase_if(instance.incidents,
             [&](const Incident& incident) { return incident.token == standing.ordinal; });
}

std::optional<Ready> Run::next_ready() {
    // Rank 1: lists, joins, then automatic and finished states and free doors, deepest scope first,
    // then older scope, document order, ordinal. Rank 2: waits whose condition holds, kept
    // messages in the order of their coming. Rank 3: inclusive joins (R25).
    if (model.has_open_lists && !instance.lists.empty()) {
        if (const auto list = ready_list()) return list;
    }
    if (model.has_joins) {
        if (const auto join = ready_join()) return join;
    }
    if (const auto state = ready_state()) return state;
    if (model.has_conditions) {
        if (const auto wait = ready_wait()) return wait;
    }
    if (!instance.kept.empty()) {
        if (const auto message = ready_kept()) return message;
    }
    if (model.has_inclusive) return ready_inclusive();
    return std::nullopt;
}

std::optional<Ready> Run::ready_state() {
    std::optional<Ready> best;
    std::tuple<std::uint32_t, Ordinal, StateIndex, Ordinal> best_key;
    const Glance* const glances = model.glances.data();
    for (Token& standing : instance.tokens) {
        const Glance& glance = glances[standing.state];
        if (!glance.moves_by_itself && !standing.at_door) continue;
        if (standing.incident || standing.remainder) continue;
        if (standing.at_door ? barred_by(standing) != nullptr
                             : glance.compound && !goes_on(standing)) {
            continue;
        }
        const std::tuple key{UINT32_MAX - model.states[standing.state].depth, standing.scope,
                             standing.state, standing.ordinal};
        if (!best || key < best_key) {
            const auto what = standing.at_door ? Ready::What::door : Ready::What::state;
            best = Ready{what, standing.ordinal, standing.scope, standing.state};
            best_key = key;
        }
    }
    return best;
}

std::optional<Ready> Run::ready_wait() {
    std::optional<Ready> best;
    std::tuple<std::uint32_t, Ordinal, StateIndex, Ordinal> best_key;
    for (const Token& standing : instance.tokens) {
        if (standing.incident || standing.at_door) continue;
        if (!model.glances[standing.state].waits_for_condition) continue;
        const State& state = model.states[standing.state];
        const std::tuple key{UINT32_MAX - state.depth, standing.scope, standing.state,
                             standing.ordinal};
        if (best && best_key < key) continue;
        try {
            if (!test(*state.when, standing.scope)) continue;
        } catch (const Abandon& reason) {
            open_incident(standing.ordinal, reason);
            continue;
        }
        best = Ready{Ready::What::state, standing.ordinal, standing.scope, standing.state};
        best_key = key;
    }
    return best;
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
        if (ready->what == Ready::What::state && model.states[ready->state].kind == Kind::end) {
            within_calendar([&] { microstep(*ready); });
            ended_at = now;
            continue;
        }
        // One microstep happens as a whole or leaves an incident where it stood (R27).
        const Instance before = instance;
        const std::size_t records_before = records.size();
        const std::size_t effects_before = effects.size();
        const std::size_t ways_before = trace != nullptr ? trace->ways.size() : 0;
        try {
            microstep(*ready);
        } catch (const Abandon& reason) {
            instance = before;
            records.resize(records_before);
            effects.resize(effects_before);
            if (trace != nullptr) trace->ways.resize(ways_before);
            unbind(slot_message);
            open_incident(ready->token, reason);
            // At the procedure itself no token stands still that a retry could set free.
            if (ready->message != 0 && ready->token == 0) discard_kept(ready->message);
        }
        ended_at = now;
    }
    settle_waiting();
    if (!model.statuses.empty()) settle_status();
    if (model.may_get_stuck) warn_when_quiet();
}

void Run::microstep(const Ready& ready) {
    switch (ready.what) {
        case Ready::What::state:
            return take_state(ready.token);
        case Ready::What::door:
            token(ready.token).at_door = false;
            token(ready.token).entered = now;
            take_name(ready.token);
            return begin(ready.token);
        case Ready::What::list:
            return open_more(ready.token);
        case Ready::What::join:
            return fire_join(ready);
        case Ready::What::swallow:
            return swallow(ready);
        case Ready::What::round_end:
            return end_round(ready);
        case Ready::What::message:
            return take_kept(ready);
    }
}

void Run::take_state(Ordinal ordinal) {
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
        case Kind::fork:
            split(ordinal);
            return;
        case Kind::call:  // detached: nobody waits for it
            assign(state.set, scope_of(ordinal));
            take(*state.to, ordinal);
            return;
        case Kind::task:
        case Kind::idle:
        case Kind::join:
        case Kind::service:
            break;
    }
    throw Error(ErrorCode::internal, "a state that waits for people was taken as automatic");
}

/// The outer status is that of the state entered last among those that carry one; after the end
/// that of the outcome. Where none does, the last one stays (R85).
void Run::settle_status() {
    StatusIndex status = none;
    if (instance.status == Instance::Status::ended) {
        if (instance.outcome != none) status = model.outcomes[instance.outcome].status;
    } else {
        for (const Token& standing : instance.tokens) {
            if (standing.at_door || standing.remainder) continue;
            const StatusIndex carried = model.states[standing.state].status;
            if (carried != none) status = carried;
        }
    }
    if (status == none || status == instance.outer_status) return;
    instance.outer_status = status;
    record(RecordKind::status_changed, 0, root_state, status);
}

}  // namespace workflow::interpreter
