// How tightly the operators of the grammar bind. Pure functions.
#pragma once

#include <cstdint>

#include "expression/ast.hpp"

namespace workflow::expression {

/// The rules of the grammar, from the loosest: each may stand, without parentheses, where a looser
/// one is wanted.
enum class Level : std::uint8_t {
    expression,
    disjunction,
    conjunction,
    relation,
    sum,
    product,
    unary,
    member,
};

/// How loose a node is, and what may stand within it: at the left of its operator as loose as
/// `left`, all that follows as `right`.
struct Infix {
    Level own;
    Level left;
    Level right;
};

/// Of every kind of node.
[[nodiscard]] Infix infix(Syntax syntax);

}  // namespace workflow::expression
