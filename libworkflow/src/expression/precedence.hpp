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

/// How a node with an operator between its children is written: what stands at the left of it may
/// be as loose as `left`, all that follows as `right`.
struct Infix {
    const char* spelling;
    Level own;
    Level left;
    Level right;
};

/// Of every kind of node; without an operator between two children its spelling is empty.
[[nodiscard]] Infix infix(Syntax syntax);

}  // namespace workflow::expression
