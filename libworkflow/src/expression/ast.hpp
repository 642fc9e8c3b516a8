// The syntax tree of an expression, as the grammar found it. A value; confined to one compilation.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workflow/value.hpp"

namespace workflow::expression {

using NodeIndex = std::uint32_t;

enum class Syntax : std::uint8_t {
    literal,
    list,
    map,  ///< children: key, value, key, value ...
    identifier,
    select,       ///< children: operand; text: name
    index,        ///< children: operand, index
    call,         ///< children: arguments; text: name
    member_call,  ///< children: target, arguments; text: name
    logical_not,
    minus,
    multiply,
    divide,
    remainder,
    add,
    subtract,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    in,
    logical_and,  ///< children: two or more, flat
    logical_or,   ///< children: two or more, flat
    conditional,  ///< children: condition, then, else
};

struct Node {
    Syntax syntax = Syntax::literal;
    std::uint32_t offset = 0;  ///< byte that stands for it: its operator or its name
    std::uint32_t begin = 0;   ///< its first byte
    std::uint32_t height = 1;  ///< levels of nodes below and including it
    bool parenthesised = false;
    bool is_absolute = false;  ///< an identifier or call with a leading dot: not of the container
    Value literal{};
    std::string text{};
    std::vector<NodeIndex> children{};
};

/// What is written in quotes, or null when the node is something else.
[[nodiscard]] inline const std::string* quoted_text(const Node& node) {
    return node.syntax == Syntax::literal ? node.literal.text() : nullptr;
}

struct Tree {
    std::vector<Node> nodes;
    NodeIndex root = 0;

    [[nodiscard]] const Node& operator[](NodeIndex index) const { return nodes[index]; }
};

}  // namespace workflow::expression
