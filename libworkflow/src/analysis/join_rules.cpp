// What would make a join never fire, or never begin anew (language rules R30 to R37).
#include <algorithm>
#include <string>

#include "analysis/report.hpp"
#include "analysis/rules.hpp"
#include "analysis/scope_graph.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

void check_count(const State& state, Diagnostics& diagnostics) {
    if (!state.join || state.join->rule != Join::Rule::count) return;
    std::size_t most = SIZE_MAX;
    if (state.kind == Kind::join) most = state.sources.size();
    if (state.kind == Kind::parallel) most = state.children.size();
    if (most == 0 || state.join->count <= most) return;
    report(diagnostics, "join-count-too-high", state.place,
           {state.id, std::to_string(state.join->count), std::to_string(most)});
}

bool has_guard(const State& fork) {
    return std::any_of(fork.choices.begin(), fork.choices.end(),
                       [](const Way& way) { return way.when || way.otherwise; });
}

/// R34a: how many tokens a round brings is not known, and in a cycle one more can always come.
void check_resets(const Model& model, StateIndex index, const RowEdges& edges,
                  Diagnostics& diagnostics) {
    const State& scope = model.states[index];
    if (scope.arrivals.joins == 0) return;
    const Components components = components_of(edges, scope.children.size());
    for (const StateIndex child : scope.children) {
        const State& join = model.states[child];
        if (join.kind != Kind::join || join.join->rule != Join::Rule::count) continue;
        if (join.join->count >= join.sources.size()) continue;
        const std::uint32_t component = components.of_row[join.row];
        if (!components.is_cycle[component]) continue;
        for (const StateIndex other : scope.children) {
            const State& fork = model.states[other];
            if (fork.kind != Kind::fork || !has_guard(fork)) continue;
            if (components.of_row[fork.row] != component) continue;
            report(diagnostics, "join-cannot-reset", join.place, {join.id, fork.id});
            break;
        }
    }
}

/// By row: where an edge leads from it.
std::vector<std::vector<std::uint32_t>> successors(const RowEdges& edges, std::size_t rows) {
    std::vector<std::vector<std::uint32_t>> next(rows);
    for (const auto& [from, to] : edges) next[from].push_back(to);
    return next;
}

/// States of a scope that a token standing on `row` can come to, up to the next joins.
std::vector<bool> reach(const Model& model, const State& scope,
                        const std::vector<std::vector<std::uint32_t>>& next, std::uint32_t row) {
    std::vector<bool> reached(scope.children.size(), false);
    std::vector<std::uint32_t> open{row};
    reached[row] = true;
    while (!open.empty()) {
        const std::uint32_t from = open.back();
        open.pop_back();
        if (model.states[scope.children[from]].kind == Kind::join) continue;
        for (const std::uint32_t to : next[from]) {
            if (reached[to]) continue;
            reached[to] = true;
            open.push_back(to);
        }
    }
    return reached;
}

/// R3: two ways of one fork that lead to one state without a join between them.
void warn_active_twice(const Model& model, const State& fork, const RowEdges& edges,
                       Diagnostics& diagnostics) {
    const State& scope = model.states[fork.parent];
    const auto next = successors(edges, scope.children.size());
    std::vector<std::vector<bool>> reached;
    for (const Way& way : fork.choices) {
        const auto* move = std::get_if<Move>(&way.target);
        if (move == nullptr || !way.choices.empty() || way.otherwise) continue;
        reached.push_back(reach(model, scope, next, model.states[move->to].row));
    }
    for (std::uint32_t row = 0; row < scope.children.size(); ++row) {
        const State& state = model.states[scope.children[row]];
        if (state.kind == Kind::join || state.kind == Kind::end || state.id == fork.id) continue;
        const auto times = std::count_if(reached.begin(), reached.end(),
                                         [row](const auto& way) { return way[row]; });
        if (times < 2) continue;
        if (diagnostics.size() >= limits::diagnostics_max) return;
        diagnostics.push_back({Severity::warning, "active-twice", fork.place, {state.id, fork.id}});
        return;
    }
}

bool ends_with_outcome(const Model& model, const State& state) {
    bool found = state.kind == Kind::end && state.outcome != none && !state.terminate;
    auto look = [&](const Way& leaf) {
        const auto* finish = std::get_if<Finish>(&leaf.target);
        found = found || (finish != nullptr && finish->outcome != none);
    };
    for_each_way(model, state, [&](const Way& way, Trigger) { for_each_leaf(way, look); });
    return found;
}

/// An end that names the outcome of its scope while a token that has parted from it may still be
/// under way, without a join between them: that one may name another outcome, or none in time.
void warn_of_ends(const Model& model, const State& scope, const RowEdges& edges,
                  const std::vector<StateIndex>& parted, const Place& place,
                  Diagnostics& diagnostics) {
    if (parted.size() < 2) return;
    const auto next = successors(edges, scope.children.size());
    for (const StateIndex from : parted) {
        const auto reached = reach(model, scope, next, model.states[from].row);
        for (std::uint32_t row = 0; row < scope.children.size(); ++row) {
            const State& state = model.states[scope.children[row]];
            if (!reached[row] || state.kind == Kind::join || !ends_with_outcome(model, state)) {
                continue;
            }
            if (diagnostics.size() >= limits::diagnostics_max) return;
            diagnostics.push_back({Severity::warning, "end-leaves-tokens", place, {state.id}});
            return;
        }
    }
}

/// Where the tokens of a fork go.
std::vector<StateIndex> parted_by(const State& fork) {
    std::vector<StateIndex> parted;
    for (const Way& way : fork.choices) {
        const auto* move = std::get_if<Move>(&way.target);
        if (move != nullptr && way.choices.empty() && !way.otherwise) parted.push_back(move->to);
    }
    return parted;
}

void warn_of_started(const Model& model, StateIndex carrier, const Way& way,
                     const std::vector<RowEdges>& edges, Diagnostics& diagnostics) {
    if (way.also_start.empty()) return;
    const StateIndex scope = model.states[way.also_start.front()].parent;
    std::vector<StateIndex> parted = way.also_start;
    const auto* move = std::get_if<Move>(&way.target);
    StateIndex own = move != nullptr && way.choices.empty() ? move->to : carrier;
    while (own != root_state && model.states[own].parent != scope) own = model.states[own].parent;
    if (own != root_state) parted.push_back(own);
    warn_of_ends(model, model.states[scope], edges[scope], parted, way.place, diagnostics);
}

}  // namespace

void check_joins(const Model& model, Diagnostics& diagnostics) {
    for (const State& state : model.states) check_count(state, diagnostics);
    const bool has_forks = std::any_of(model.states.begin(), model.states.end(),
                                       [](const State& state) { return state.kind == Kind::fork; });
    bool starts_more = false;
    for (const State& state : model.states) {
        for_each_way(model, state, [&](const Way& way, Trigger) {
            starts_more = starts_more || !way.also_start.empty();
        });
    }
    if (!model.has_joins && !has_forks && !starts_more) return;
    const std::vector<RowEdges> edges = scope_edges(model);
    for (StateIndex scope = 0; scope < model.states.size(); ++scope) {
        check_resets(model, scope, edges[scope], diagnostics);
    }
    for (const State& state : model.states) {
        if (state.kind != Kind::fork) continue;
        warn_active_twice(model, state, edges[state.parent], diagnostics);
        warn_of_ends(model, model.states[state.parent], edges[state.parent], parted_by(state),
                     state.place, diagnostics);
    }
    for (StateIndex carrier = 0; starts_more && carrier < model.states.size(); ++carrier) {
        for_each_way(model, model.states[carrier], [&](const Way& way, Trigger) {
            warn_of_started(model, carrier, way, edges, diagnostics);
        });
    }
}

}  // namespace workflow::analysis
