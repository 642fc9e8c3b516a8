// Syntax trees of expressions, compared. Needs the private headers of the module `expression`.
#pragma once

#include "expression/ast.hpp"

/// Whether both say the same: kinds of nodes, names, and literals bit for bit (0.0 is not -0.0).
/// Where it was written, and in which parentheses, does not count.
[[nodiscard]] bool same_tree(const workflow::expression::Tree& a,
                             const workflow::expression::Tree& b);
