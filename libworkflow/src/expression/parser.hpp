// From source text to syntax tree. Pure functions.
#pragma once

#include <string_view>
#include <variant>

#include "expression/ast.hpp"
#include "workflow/expression.hpp"

namespace workflow::expression {

/// Reads one expression. Nesting (brackets, `?:`, and the tree's own height) is bounded by
/// limits::expression_depth_max, the source by limits::expression_bytes_max: neither the grammar
/// nor a later walk over the tree can exhaust the stack.
[[nodiscard]] std::variant<Tree, ExpressionProblem> parse(std::string_view source);

}  // namespace workflow::expression
