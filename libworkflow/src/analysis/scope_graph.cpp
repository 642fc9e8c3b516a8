#include "analysis/scope_graph.hpp"

#include <algorithm>

#include "analysis/compact_graph.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

/// Calls visit(from, to, moves) for every way that leads within one scope; `from` holds the
/// carrier, and `moves` is false where a token more is started.
template <class Visit>
void for_each_passage(const Model& model, Visit visit) {
    for (StateIndex carrier = 0; carrier < model.states.size(); ++carrier) {
        const auto pass = [&](StateIndex to, bool moves) {
            const StateIndex scope = model.states[to].parent;
            if (carrier == scope || to == root_state) return;
            StateIndex from = carrier;
            while (from != root_state && model.states[from].parent != scope) {
                from = model.states[from].parent;
            }
            if (from != root_state) visit(from, to, moves);
        };
        const auto look = [&](const auto& self, const Way& way) -> void {
            for (const StateIndex state : way.also_start) pass(state, false);
            if (const auto* move = std::get_if<Move>(&way.target);
                move != nullptr && way.choices.empty()) {
                pass(move->to, true);
            }
            for (const Way& choice : way.choices) self(self, choice);
        };
        for_each_way(model, model.states[carrier], [&](const Way& way, Trigger trigger) {
            if (trigger != Trigger::start) look(look, way);
        });
    }
}

void number_states(Model& model) {
    for (State& scope : model.states) {
        std::uint32_t row = 0;
        scope.arrivals = {};
        for (const StateIndex child : scope.children) {
            State& state = model.states[child];
            state.row = row++;
            state.sources.clear();
            if (state.kind == Kind::join) state.column = scope.arrivals.joins++;
        }
    }
}

void find_sources(Model& model) {
    for_each_passage(model, [&](StateIndex from, StateIndex to, bool moves) {
        if (!moves || model.states[to].kind != Kind::join) return;
        std::vector<StateIndex>& sources = model.states[to].sources;
        const auto place = std::lower_bound(sources.begin(), sources.end(), from);
        if (place == sources.end() || *place != from) sources.insert(place, from);
    });
}

/// Reach over the condensed graph: components come with edges to lower numbers only, so that a
/// component's reach is known once all below it are.
void find_arrivals(Model& model, StateIndex index, const RowEdges& edges) {
    State& scope = model.states[index];
    const std::uint32_t joins = scope.arrivals.joins;
    if (joins == 0) return;
    const Components components = components_of(edges, scope.children.size());
    const std::size_t count = components.is_cycle.size();
    std::vector<std::vector<bool>> reach(count, std::vector<bool>(joins, false));
    RowEdges ordered = edges;
    std::sort(ordered.begin(), ordered.end(), [&](const auto& a, const auto& b) {
        return components.of_row[a.first] < components.of_row[b.first];
    });
    for (const auto& [from, to] : ordered) {
        std::vector<bool>& reached = reach[components.of_row[from]];
        const std::vector<bool>& beyond = reach[components.of_row[to]];
        for (std::uint32_t join = 0; join < joins; ++join) {
            if (beyond[join]) reached[join] = true;
        }
        const State& target = model.states[scope.children[to]];
        if (target.kind == Kind::join) reached[target.column] = true;
    }
    scope.arrivals.bits.assign((scope.children.size() * joins + 63) / 64, 0);
    for (std::uint32_t row = 0; row < scope.children.size(); ++row) {
        for (std::uint32_t join = 0; join < joins; ++join) {
            if (!reach[components.of_row[row]][join]) continue;
            const std::size_t bit = std::size_t{row} * joins + join;
            scope.arrivals.bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
        }
    }
}

}  // namespace

Components components_of(const RowEdges& edges, std::size_t rows) {
    Components components;
    std::uint32_t count = 0;
    components.of_row = components_of(compact(edges, rows), count);
    std::vector<std::uint32_t> sizes(count, 0);
    for (const std::uint32_t component : components.of_row) ++sizes[component];
    components.is_cycle.assign(count, false);
    for (std::uint32_t i = 0; i < count; ++i) components.is_cycle[i] = sizes[i] > 1;
    for (const auto& [from, to] : edges) {
        if (from == to) components.is_cycle[components.of_row[from]] = true;
    }
    return components;
}

std::vector<RowEdges> scope_edges(const Model& model) {
    std::vector<RowEdges> edges(model.states.size());
    for_each_passage(model, [&](StateIndex from, StateIndex to, bool) {
        edges[model.states[to].parent].emplace_back(model.states[from].row, model.states[to].row);
    });
    return edges;
}

void prepare_joins(Model& model) {
    number_states(model);
    const bool has_joins = std::any_of(model.states.begin(), model.states.end(),
                                       [](const State& s) { return s.arrivals.joins != 0; });
    if (!has_joins) return;
    find_sources(model);
    const std::vector<RowEdges> edges = scope_edges(model);
    for (StateIndex scope = 0; scope < model.states.size(); ++scope) {
        find_arrivals(model, scope, edges[scope]);
    }
}

}  // namespace workflow::analysis
