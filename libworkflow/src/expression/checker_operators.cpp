#include <algorithm>
#include <array>

#include "expression/checker.hpp"
#include "expression/operators.hpp"

namespace workflow::expression {
namespace {

bool is_null_literal(const Node& node) {
    return node.syntax == Syntax::literal && node.literal.is_null();
}

bool is_ordered(Family family) {
    return family != Family::null && family != Family::limit && family != Family::list &&
           family != Family::record;
}

/// Whether `+` knows the family; the other three know the numbers only.
bool can_add(Family family) {
    return is_numeric(family) || family == Family::text || family == Family::list ||
           family == Family::any;
}

const Type boolean_type = Type::of(Type::Kind::boolean);

}  // namespace

Checker::Typed Checker::check_arithmetic(const Node& node) {
    const Typed left = check(node.children[0]);
    const Typed right = check(node.children[1]);
    const Family a = family_of(left.type);
    const Family b = family_of(right.type);
    if (is_numeric(a) && is_numeric(b) && a != b) {
        return report("expression-mixed-numbers", node.offset,
                      {std::string(spelling(node.syntax))});
    }
    const bool is_sum = node.syntax == Syntax::add;
    const auto is_allowed = [&](Family family) {
        return is_sum ? can_add(family) : is_numeric(family) || family == Family::any;
    };
    const bool is_unknown = a == Family::any || b == Family::any;
    if (!is_allowed(a) || !is_allowed(b) || (a != b && !is_unknown)) {
        return mismatch(node, spelling(node.syntax), left.type, right.type);
    }
    Type type = is_unknown ? Type{} : required(left.type);
    if (a == Family::text && !is_unknown) type = Type::of(Type::Kind::text);
    if (a == Family::list && !is_unknown) {
        type = required(unite(required(left.type), required(right.type)).type);
    }
    const bool as_number = a == Family::number || b == Family::number;
    return emit({.operation = operation_of(node.syntax),
                 .arithmetic = as_number ? Arithmetic::as_number : Arithmetic::as_found,
                 .offset = node.offset},
                std::move(type), std::array{left.instruction, right.instruction});
}

Checker::Typed Checker::check_remainder(const Node& node) {
    const Typed left = check(node.children[0]);
    const Typed right = check(node.children[1]);
    for (const Typed& side : {left, right}) {
        const Family family = family_of(side.type);
        if (family != Family::integer && family != Family::any) {
            return mismatch(node, "%", left.type, right.type);
        }
    }
    return emit({.operation = Operation::remainder, .offset = node.offset},
                Type::of(Type::Kind::integer), std::array{left.instruction, right.instruction});
}

Checker::Typed Checker::check_minus(const Node& node) {
    const Typed operand = check(node.children[0]);
    const Family family = family_of(operand.type);
    if (!is_numeric(family) && family != Family::any) {
        return report("expression-operand", node.offset, {"-", to_string(operand.type)});
    }
    return emit({.operation = Operation::negate, .offset = node.offset}, required(operand.type),
                {&operand.instruction, 1});
}

Checker::Typed Checker::check_equality(const Node& node) {
    if (is_null_literal(tree_[node.children[1]])) return check_null_test(node, node.children[0]);
    if (is_null_literal(tree_[node.children[0]])) return check_null_test(node, node.children[1]);
    const Typed left = check(node.children[0]);
    const Typed right = check(node.children[1]);
    if (reject_mixed_moments(node, left.type, right.type)) return {boolean_type, 0};
    if (!comparable(left.type, right.type)) {
        return mismatch(node, spelling(node.syntax), left.type, right.type);
    }
    check_option_comparison(node.children[0], node.children[1], left, right);
    return emit({.operation = operation_of(node.syntax), .offset = node.offset}, boolean_type,
                std::array{left.instruction, right.instruction});
}

Checker::Typed Checker::check_null_test(const Node& node, NodeIndex operand) {
    const Typed side = check(operand);
    Instruction& read = program_.instructions[side.instruction];
    if (read.operation == Operation::slot) read.operation = Operation::optional_slot;
    const bool is_equal = node.syntax == Syntax::equal;
    return emit({.operation = is_equal ? Operation::is_null : Operation::is_not_null,
                 .offset = node.offset},
                boolean_type, {&side.instruction, 1});
}

Checker::Typed Checker::check_order(const Node& node) {
    const Typed left = check(node.children[0]);
    const Typed right = check(node.children[1]);
    if (reject_mixed_moments(node, left.type, right.type)) return {boolean_type, 0};
    if (!is_ordered(family_of(left.type)) || !is_ordered(family_of(right.type)) ||
        !comparable(left.type, right.type)) {
        return mismatch(node, spelling(node.syntax), left.type, right.type);
    }
    return emit({.operation = operation_of(node.syntax), .offset = node.offset}, boolean_type,
                std::array{left.instruction, right.instruction});
}

Checker::Typed Checker::check_in(const Node& node) {
    const Typed item = check(node.children[0]);
    const Typed list = check(node.children[1]);
    const Family family = family_of(list.type);
    const bool is_list = family == Family::list;
    const Type element = is_list && list.type.element != nullptr ? *list.type.element : Type{};
    const bool is_possible =
        family == Family::any || (is_list && comparable(item.type, element)) ||
        (family == Family::record && comparable(item.type, Type::of(Type::Kind::text)));
    if (!is_possible) return mismatch(node, "in", item.type, list.type);
    if (is_list && reject_mixed_moments(node, item.type, element)) return {boolean_type, 0};
    check_options(node.children[1], Type::list_of(item.type));
    check_options(node.children[0], element);
    return emit({.operation = Operation::in, .offset = node.offset}, boolean_type,
                std::array{item.instruction, list.instruction});
}

Checker::Typed Checker::check_not(const Node& node) {
    const Typed operand = check_condition(node.children[0], "!");
    return emit({.operation = Operation::logical_not, .offset = node.offset}, boolean_type,
                {&operand.instruction, 1});
}

Checker::Typed Checker::check_chain(const Node& node) {
    const std::size_t known = not_null_.size();
    std::vector<InstructionIndex> children;
    for (const NodeIndex child : node.children) {
        children.push_back(check_condition(child, spelling(node.syntax)).instruction);
        learn(child, node.syntax == Syntax::logical_and);
    }
    not_null_.resize(known);
    return emit({.operation = operation_of(node.syntax), .offset = node.offset}, boolean_type,
                children);
}

Checker::Typed Checker::check_conditional(const Node& node) {
    const Typed condition = check_condition(node.children[0], "?");
    const std::size_t known = not_null_.size();
    learn(node.children[0], true);
    const Typed yes = check(node.children[1]);
    not_null_.resize(known);
    learn(node.children[0], false);
    const Typed no = check(node.children[2]);
    not_null_.resize(known);
    const Union both = unite(yes.type, no.type);
    if (!both.found) {
        return report("expression-branches", node.offset,
                      {to_string(yes.type), to_string(no.type)});
    }
    return emit({.operation = Operation::conditional, .offset = node.offset}, both.type,
                std::array{condition.instruction, yes.instruction, no.instruction});
}

Checker::Typed Checker::check_condition(NodeIndex index, std::string_view where) {
    Typed condition = check(index);
    const Family family = family_of(condition.type);
    if (family == Family::boolean || family == Family::any) return condition;
    return report("expression-not-boolean", tree_[index].begin,
                  {std::string(where), to_string(condition.type)});
}

bool Checker::reject_mixed_moments(const Node& node, const Type& left, const Type& right) {
    const Family a = family_of(left);
    const Family b = family_of(right);
    const bool is_mixed =
        (a == Family::date && b == Family::instant) || (a == Family::instant && b == Family::date);
    if (is_mixed) report("expression-date-with-instant", node.offset, {});
    return is_mixed;
}

Checker::Typed Checker::mismatch(const Node& node, std::string_view sign, const Type& left,
                                 const Type& right) {
    return report("expression-type-mismatch", node.offset,
                  {std::string(sign), to_string(left), to_string(right)});
}

void Checker::check_options(NodeIndex index, const Type& wanted) {
    const Node& node = tree_[index];
    if (node.syntax == Syntax::conditional) {
        check_options(node.children[1], wanted);
        check_options(node.children[2], wanted);
    } else if (node.syntax == Syntax::list && wanted.element != nullptr) {
        for (const NodeIndex child : node.children) check_options(child, *wanted.element);
    } else if (node.syntax == Syntax::literal && wanted.kind == Type::Kind::choice &&
               node.literal.text() != nullptr) {
        const std::string& word = *node.literal.text();
        const auto& options = wanted.options;
        if (std::find(options.begin(), options.end(), word) != options.end()) return;
        report("expression-no-option", node.offset, {word, proposal(word, options)});
    }
}

void Checker::check_option_comparison(NodeIndex left, NodeIndex right, const Typed& left_type,
                                      const Typed& right_type) {
    check_options(left, right_type.type);
    check_options(right, left_type.type);
}

}  // namespace workflow::expression
