// The states of one scope in an order in which ways lead on, and the ways that lead back.
// Immutable once made.
#pragma once

#include <functional>
#include <vector>

#include "analysis/scope_graph.hpp"
#include "procedure/model.hpp"

namespace workflow::analysis {

class ScopeOrder {
public:
    /// `entries`: rows at which the scope begins.
    ScopeOrder(std::size_t rows, const RowEdges& edges, const std::vector<std::uint32_t>& entries);

    /// Rows that are reached, each behind all from which a way leads on to it.
    [[nodiscard]] const std::vector<std::uint32_t>& rows() const { return rows_; }
    /// Whether a way from the one to the other leads back, or stays.
    [[nodiscard]] bool leads_back(std::uint32_t from, std::uint32_t to) const {
        return position_[to] <= position_[from];
    }

private:
    std::vector<std::uint32_t> rows_;
    std::vector<std::uint32_t> position_;
};

/// Which ways back can be gone only so often, because every round takes an action that `at_most` counts.
/// Immutable once made.
class BoundedReturns {
public:
    using Counts = std::function<bool(const procedure::Action&)>;
    /// `counts`: whether an action's `at_most` is to be believed.
    BoundedReturns(const procedure::Model& model, const Counts& counts);

    /// Rows of the scope.
    [[nodiscard]] bool holds(procedure::StateIndex scope, std::uint32_t from,
                             std::uint32_t to) const;

private:
    struct Scope {
        RowEdges free;  ///< without those actions; sorted
        Components components;
    };
    std::vector<Scope> scopes_;
};

/// Orders of all scopes; that of a parallel holds its branches in the order of the file.
[[nodiscard]] std::vector<ScopeOrder> scope_orders(const procedure::Model& model);

}  // namespace workflow::analysis
