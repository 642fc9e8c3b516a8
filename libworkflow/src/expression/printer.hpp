// From syntax tree back to source text. Pure functions.
#pragma once

#include <string>

#include "expression/ast.hpp"

namespace workflow::expression {

/// CEL source that parse() reads as the same tree, offsets and redundant parentheses apart: on one
/// line, with as few parentheses as that needs. `tree` is one that parse() could have made: its
/// numbers are finite, its chains have two children or more. The text may be longer than what was
/// parsed (`a<b` becomes `a < b`), and so longer than limits::expression_bytes_max.
[[nodiscard]] std::string print(const Tree& tree);

}  // namespace workflow::expression
