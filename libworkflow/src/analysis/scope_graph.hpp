// One scope's states and the ways between them: where the tokens of its joins come from, and which
// of its states can still send one (language rules R30, R34). Immutable once made.
#pragma once

#include <utility>
#include <vector>

#include "procedure/model.hpp"

namespace workflow::analysis {

/// Rows (State::row) of the states directly inside a scope. An edge leads from the state that
/// carries a way, or holds who carries it, to the state where it leads or also starts a token.
/// What the scope's own group could start does not count.
using RowEdges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Fills State::row, column, sources and arrivals. Linear in states and
/// ways times their depth; per scope in its ways times its joins.
void prepare_joins(procedure::Model& model);

/// Edges by scope; empty for all but groups and each.
[[nodiscard]] std::vector<RowEdges> scope_edges(const procedure::Model& model);

/// The component of mutual reach of each row, and whether it holds a cycle.
struct Components {
    std::vector<std::uint32_t> of_row;  ///< edges lead to the same or a lower number
    std::vector<bool> is_cycle;
};
[[nodiscard]] Components components_of(const RowEdges& edges, std::size_t rows);

}  // namespace workflow::analysis
