#include "analysis/scope_order.hpp"

#include <algorithm>
#include <numeric>

#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

std::vector<std::uint32_t> entry_rows(const Model& model, const State& scope) {
    std::vector<std::uint32_t> rows;
    if (scope.kind == Kind::parallel) {
        rows.resize(scope.children.size());
        std::iota(rows.begin(), rows.end(), 0U);
        return rows;
    }
    const auto look = [&](const auto& self, const Way& way) -> void {
        for (const StateIndex state : way.also_start) rows.push_back(model.states[state].row);
        if (const auto* move = std::get_if<Move>(&way.target);
            move != nullptr && way.choices.empty()) {
            rows.push_back(model.states[move->to].row);
        }
        for (const Way& choice : way.choices) self(self, choice);
    };
    if (scope.start) look(look, *scope.start);
    for (const Entry& entry : scope.entries) look(look, entry.way);
    // What the group's own ways start inside it.
    const StateIndex index = static_cast<StateIndex>(&scope - model.states.data());
    const auto inside = [&](const auto& self, const Way& way) -> void {
        const auto add = [&](StateIndex state) {
            if (state != root_state && model.states[state].parent == index) {
                rows.push_back(model.states[state].row);
            }
        };
        for (const StateIndex state : way.also_start) add(state);
        if (const auto* move = std::get_if<Move>(&way.target)) add(move->to);
        for (const Way& choice : way.choices) self(self, choice);
    };
    for_each_way(model, scope, [&](const Way& way, Trigger trigger) {
        if (trigger != Trigger::start) inside(inside, way);
    });
    return rows;
}

}  // namespace

ScopeOrder::ScopeOrder(std::size_t count, const RowEdges& edges,
                       const std::vector<std::uint32_t>& entries)
    : position_(count, none) {
    std::vector<std::vector<std::uint32_t>> next(count);
    for (const auto& [from, to] : edges) next[from].push_back(to);
    std::vector<bool> seen(count, false);
    struct Visit {
        std::uint32_t row;
        std::size_t edge;
    };
    std::vector<Visit> open;
    // Of several entries the first comes first: the order is turned round at the end.
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (seen[*entry]) continue;
        seen[*entry] = true;
        open.push_back({*entry, next[*entry].size()});
        while (!open.empty()) {
            Visit& visit = open.back();
            if (visit.edge == 0) {
                rows_.push_back(visit.row);
                open.pop_back();
                continue;
            }
            const std::uint32_t to = next[visit.row][--visit.edge];
            if (seen[to]) continue;
            seen[to] = true;
            open.push_back({to, next[to].size()});
        }
    }
    std::reverse(rows_.begin(), rows_.end());
    for (std::uint32_t i = 0; i < rows_.size(); ++i) position_[rows_[i]] = i;
}

BoundedReturns::BoundedReturns(const Model& model, const Counts& counts) {
    Model uncounted = model;
    for (State& state : uncounted.states) {
        std::erase_if(state.actions, [&](const Action& action) {
            return action.at_most.has_value() && counts(action);
        });
    }
    for (RowEdges& edges : scope_edges(uncounted)) {
        std::sort(edges.begin(), edges.end());
        const std::size_t rows = model.states[scopes_.size()].children.size();
        Components components = components_of(edges, rows);
        scopes_.push_back({std::move(edges), std::move(components)});
    }
}

bool BoundedReturns::holds(StateIndex scope, std::uint32_t from, std::uint32_t to) const {
    const Scope& one = scopes_[scope];
    const bool is_free = std::binary_search(one.free.begin(), one.free.end(), std::pair(from, to));
    return !is_free || one.components.of_row[from] != one.components.of_row[to];
}

std::vector<ScopeOrder> scope_orders(const Model& model) {
    const std::vector<RowEdges> edges = scope_edges(model);
    std::vector<ScopeOrder> orders;
    for (StateIndex state = 0; state < model.states.size(); ++state) {
        const State& scope = model.states[state];
        orders.emplace_back(scope.children.size(), edges[state], entry_rows(model, scope));
    }
    return orders;
}

}  // namespace workflow::analysis
