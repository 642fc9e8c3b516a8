#include "support/syntax_tree.hpp"

#include <bit>
#include <cstdint>

namespace {

using workflow::Value;
using workflow::expression::Node;
using workflow::expression::NodeIndex;
using workflow::expression::Tree;

bool same_literal(const Value& a, const Value& b) {
    if (a.number() != nullptr && b.number() != nullptr) {
        return std::bit_cast<std::uint64_t>(*a.number()) ==
               std::bit_cast<std::uint64_t>(*b.number());
    }
    return a == b;
}

struct Place {
    const Tree& tree;
    NodeIndex node;
};

bool same_node(Place a, Place b) {
    const Node& left = a.tree[a.node];
    const Node& right = b.tree[b.node];
    if (left.syntax != right.syntax || left.text != right.text ||
        left.is_absolute != right.is_absolute || !same_literal(left.literal, right.literal) ||
        left.children.size() != right.children.size()) {
        return false;
    }
    for (std::size_t i = 0; i < left.children.size(); ++i) {
        if (!same_node({a.tree, left.children[i]}, {b.tree, right.children[i]})) return false;
    }
    return true;
}

}  // namespace

bool same_tree(const Tree& a, const Tree& b) {
    return same_node({a, a.root}, {b, b.root});
}
