// Syntax trees and sources at random, for what must hold for all of them.
#pragma once

#include <cstddef>
#include <random>
#include <string>

#include "expression/ast.hpp"

namespace expression_test {

/// One that the parser could have made; offsets are not filled in. `depth`: levels below the root.
[[nodiscard]] workflow::expression::Tree random_tree(std::mt19937& random, std::size_t depth);
/// Mostly sentences of the grammar, with spellings, gaps and parentheses that nobody needs.
[[nodiscard]] std::string random_source(std::mt19937& random, std::size_t depth);

}  // namespace expression_test
