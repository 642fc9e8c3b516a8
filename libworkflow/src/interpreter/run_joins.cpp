// Joins in a free graph (rules R30 to R34): tokens stand on the join until it fires, each with the
// source that it came from. A round that has fired is kept in its scope until it ends.
#include <algorithm>
#include <tuple>

#include "interpreter/run.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

bool contains(const std::vector<StateIndex>& states, StateIndex state) {
    return std::find(states.begin(), states.end(), state) != states.end();
}

std::size_t count_distinct(std::vector<StateIndex> sources) {
    std::sort(sources.begin(), sources.end());
    return static_cast<std::size_t>(std::unique(sources.begin(), sources.end()) - sources.begin());
}

FiredRound* round_of(Scope& scope, StateIndex join) {
    for (FiredRound& round : scope.rounds) {
        if (round.join == join) return &round;
    }
    return nullptr;
}

/// Deepest scope first, then older scope, then document order (R25).
auto rank(const Model& model, const WaitingJoin& waiting) {
    return std::tuple(UINT32_MAX - model.states[waiting.join].depth, waiting.scope, waiting.join);
}

}  // namespace

std::vector<WaitingJoin> Run::waiting_joins(bool inclusive) {
    std::vector<WaitingJoin> found;
    const auto is_at = [](const WaitingJoin& waiting, const Token& standing) {
        return waiting.join == standing.state && waiting.scope == standing.scope;
    };
    const Glance* const glances = model.glances.data();
    for (const Token& standing : instance.tokens) {
        if (glances[standing.state].kind != Kind::join) continue;
        // Mostly the one that was found last.
        if (found.empty() || !is_at(found.back(), standing)) {
            const auto known =
                std::find_if(found.begin(), found.end(),
                             [&](const WaitingJoin& one) { return is_at(one, standing); });
            if (known != found.end()) {
                std::rotate(known, known + 1, found.end());
            } else {
                const Join::Rule rule = model.states[standing.state].join->rule;
                if ((rule == Join::Rule::inclusive) != inclusive) continue;
                found.push_back({standing.scope, standing.state, standing.ordinal, 0, false});
            }
        }
        WaitingJoin& waiting = found.back();
        ++waiting.tokens;
        if (standing.incident) waiting.incident = true;
    }
    return found;
}

Gathering Run::gather(Ordinal scope_ordinal, StateIndex join) {
    Gathering gathering;
    for (const Token& standing : instance.tokens) {
        if (standing.state != join || standing.scope != scope_ordinal) continue;
        gathering.tokens.push_back(standing.ordinal);
        gathering.sources.push_back(standing.source);
    }
    return gathering;
}

void Run::bind_arrived(StateIndex join, const Gathering& gathering) {
    const std::vector<StateIndex>& sources = model.states[join].sources;
    std::vector<std::int64_t> counts(sources.size(), 0);
    for (const StateIndex source : gathering.sources) {
        const auto place = std::lower_bound(sources.begin(), sources.end(), source);
        if (place != sources.end()) ++counts[static_cast<std::size_t>(place - sources.begin())];
    }
    Members from;
    from.reserve(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        from.emplace_back(model.states[sources[i]].id, counts[i]);
    }
    bind(slot_arrived_from, std::move(from));
    bind(slot_arrived, static_cast<std::int64_t>(gathering.tokens.size()));
}

bool Run::can_arrive(const Token& other, Ordinal scope_ordinal, StateIndex join) {
    const State& state = model.states[join];
    return other.scope == scope_ordinal && other.state != join && !other.remainder &&
           model.states[state.parent].arrivals.at(model.states[other.state].row, state.column);
}

bool Run::can_still_arrive(Ordinal scope_ordinal, StateIndex join) {
    return std::any_of(instance.tokens.begin(), instance.tokens.end(),
                       [&](const Token& other) { return can_arrive(other, scope_ordinal, join); });
}

bool Run::is_ready(const WaitingJoin& waiting, Ready& ready) {
    const State& state = model.states[waiting.join];
    const Join& join = *state.join;
    ready = {Ready::What::join, waiting.oldest, waiting.scope, waiting.join};
    switch (join.rule) {
        case Join::Rule::all:
            // Fewer tokens than sources: not worth gathering, and most arrivals find it so.
            return waiting.tokens >= state.sources.size() &&
                   count_distinct(gather(waiting.scope, waiting.join).sources) ==
                       state.sources.size();
        case Join::Rule::count: {
            const FiredRound* round = round_of(scope(waiting.scope), waiting.join);
            if (round == nullptr) {
                return waiting.tokens >= join.count &&
                       count_distinct(gather(waiting.scope, waiting.join).sources) >= join.count;
            }
            ready.what = Ready::What::swallow;
            const Gathering gathering = gather(waiting.scope, waiting.join);
            for (std::size_t i = 0; i < gathering.tokens.size(); ++i) {
                if (contains(round->counted, gathering.sources[i])) continue;
                ready.token = gathering.tokens[i];
                return true;
            }
            return false;
        }
        case Join::Rule::condition: {
            bind_arrived(waiting.join, gather(waiting.scope, waiting.join));
            bool holds = false;
            try {
                holds = test(*join.condition, waiting.scope);
            } catch (const Abandon& reason) {
                open_incident(waiting.oldest, reason);
            }
            unbind(slot_arrived);
            unbind(slot_arrived_from);
            return holds;
        }
        case Join::Rule::inclusive:
            return false;
    }
    return false;
}

std::optional<Ready> Run::ready_join() {
    std::optional<Ready> best;
    std::optional<decltype(rank(model, WaitingJoin{}))> best_rank;
    for (const WaitingJoin& waiting : waiting_joins(false)) {
        Ready ready;
        if (waiting.incident || (best_rank && *best_rank < rank(model, waiting))) continue;
        if (!is_ready(waiting, ready)) continue;
        best = ready;
        best_rank = rank(model, waiting);
    }
    if (best) return best;
    // Only then: a token that has come and is not swallowed yet still belongs to its round.
    for (const Scope& inside : instance.scopes) {
        for (const FiredRound& round : inside.rounds) {
            const bool all = round.counted.size() >= model.states[round.join].sources.size();
            if (!all && can_still_arrive(inside.ordinal, round.join)) continue;
            return Ready{Ready::What::round_end, 0, inside.ordinal, round.join};
        }
    }
    return std::nullopt;
}

std::optional<Ready> Run::ready_inclusive() {
    std::vector<WaitingJoin> waiting = waiting_joins(true);
    std::erase_if(waiting, [](const WaitingJoin& one) { return one.incident; });
    std::sort(waiting.begin(), waiting.end(), [&](const WaitingJoin& a, const WaitingJoin& b) {
        return rank(model, a) < rank(model, b);
    });
    const auto as_ready = [](const WaitingJoin& one) {
        return Ready{Ready::What::join, one.oldest, one.scope, one.join};
    };
    for (const WaitingJoin& one : waiting) {
        if (!can_still_arrive(one.scope, one.join)) return as_ready(one);
    }
    // Of those that wait only for each other, the first. Who waits for anybody else is no such one,
    // and neither is who waits for him.
    const auto waits_for_others = [&](const WaitingJoin& one) {
        return std::any_of(instance.tokens.begin(), instance.tokens.end(), [&](const Token& other) {
            if (!can_arrive(other, one.scope, one.join)) return false;
            return std::none_of(waiting.begin(), waiting.end(), [&](const WaitingJoin& circle) {
                return circle.scope == other.scope && circle.join == other.state;
            });
        });
    };
    for (std::size_t before = waiting.size() + 1; waiting.size() < before;) {
        before = waiting.size();
        const auto outsider = std::find_if(waiting.begin(), waiting.end(), waits_for_others);
        if (outsider != waiting.end()) waiting.erase(outsider);
    }
    if (waiting.empty()) return std::nullopt;
    return as_ready(waiting.front());
}

void Run::fire_join(const Ready& ready) {
    const State& state = model.states[ready.state];
    const Gathering gathering = gather(ready.scope, ready.state);
    bind_arrived(ready.state, gathering);
    const bool takes_all =
        state.join->rule == Join::Rule::condition || state.join->rule == Join::Rule::inclusive;
    const std::size_t wanted =
        state.join->rule == Join::Rule::count ? state.join->count : state.sources.size();
    std::vector<StateIndex> counted;
    std::vector<Ordinal> taken;
    for (std::size_t i = 0; i < gathering.tokens.size(); ++i) {
        if (!takes_all) {
            if (counted.size() == wanted) break;
            if (contains(counted, gathering.sources[i])) continue;
            counted.push_back(gathering.sources[i]);
        }
        taken.push_back(gathering.tokens[i]);
    }
    // The oldest goes on for all of them.
    withdraw_all(std::span(taken).subspan(1), RecordKind::joined);
    if (state.join->rule == Join::Rule::count && counted.size() < state.sources.size()) {
        scope(ready.scope).rounds.push_back({ready.state, std::move(counted)});
    }
    assign(state.set, ready.scope);
    take(*state.to, taken.front());
    unbind(slot_arrived);
    unbind(slot_arrived_from);
}

void Run::swallow(const Ready& ready) {
    const StateIndex source = token(ready.token).source;
    round_of(scope(ready.scope), ready.state)->counted.push_back(source);
    withdraw(ready.token, RecordKind::swallowed);
    close_scope_if_done(ready.scope);
}

void Run::end_round(const Ready& ready) {
    erase_if(scope(ready.scope).rounds,
             [&](const FiredRound& round) { return round.join == ready.state; });
}

void Run::warn(Token& standing, RefusalCode code) {
    standing.warned = true;
    const std::string& id = model.states[standing.state].id;
    record(RecordKind::incident_opened, standing.ordinal, standing.state, no_index, no_index,
           List{to_string(code), id});
}

void Run::warn_when_quiet() {
    if (instance.status != Instance::Status::active) return;
    warn_starved();
    warn_stuck();
}

void Run::warn_starved() {
    if (!model.has_joins) return;
    for (const Scope& inside : instance.scopes) {
        Token* oldest = nullptr;
        bool others = false;
        for (Token& standing : instance.tokens) {
            if (standing.scope != inside.ordinal || standing.remainder) continue;
            const bool waits = model.glances[standing.state].kind == Kind::join;
            others = !waits || standing.warned || standing.incident;
            if (others) break;
            if (oldest == nullptr) oldest = &standing;
        }
        if (oldest != nullptr && !others) warn(*oldest, RefusalCode::starved);
    }
}

void Run::warn_stuck() {
    Token* oldest = nullptr;
    for (Token& standing : instance.tokens) {
        if (standing.warned || standing.incident) return;
        const State& state = model.states[standing.state];
        if (!standing.at_door && state.is_compound()) continue;  // not innermost
        const bool waits = standing.at_door || state.kind == Kind::join ||
                           (state.kind == Kind::wait && state.when);
        if (!waits) return;
        if (oldest == nullptr) oldest = &standing;
    }
    if (oldest == nullptr) return;
    // Whoever can act on what stands there, or around it, may change what it waits for.
    const auto moves = [&](StateIndex index) {
        const State& state = model.states[index];
        return !state.actions.empty() || !state.timers.empty() || !state.receive.empty() ||
               !state.clocks.empty();
    };
    if (moves(root_state)) return;
    for (const Token& standing : instance.tokens) {
        if (!standing.at_door && moves(standing.state)) return;
    }
    warn(*oldest, RefusalCode::stuck);
}

}  // namespace workflow::interpreter
