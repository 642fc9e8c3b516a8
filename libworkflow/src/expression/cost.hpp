// How much work a program may make, before it runs. Pure functions.
#pragma once

#include <cstdint>

#include "expression/program.hpp"

namespace workflow::expression {

/// An estimate of the steps that the program needs at most, where each list, map and text of
/// unknown length counts as limits::expression_items_assumed items; saturates at 2^63. What runs is
/// counted as well (Budget), so that a longer list cannot run away.
[[nodiscard]] std::uint64_t estimated_cost(const Expression::Program& program);

}  // namespace workflow::expression
