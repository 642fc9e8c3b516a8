// What would make a join never fire, or never begin anew (language rules R30 to R37).
#include <algorithm>
#include <string>

#include "analysis/report.hpp"
#include "analysis/rules.hpp"
#include "analysis/scope_graph.hpp"

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

}  // namespace

void check_joins(const Model& model, Diagnostics& diagnostics) {
    for (const State& state : model.states) check_count(state, diagnostics);
    const bool has_forks = std::any_of(model.states.begin(), model.states.end(),
                                       [](const State& state) { return state.kind == Kind::fork; });
    if (!model.has_joins && !has_forks) return;
    const std::vector<RowEdges> edges = scope_edges(model);
    for (StateIndex scope = 0; scope < model.states.size(); ++scope) {
        check_resets(model, scope, edges[scope], diagnostics);
    }
    for (const State& state : model.states) {
        if (state.kind != Kind::fork) continue;
        warn_active_twice(model, state, edges[state.parent], diagnostics);
    }
}

}  // namespace workflow::analysis
