#include <algorithm>
#include <array>
#include <optional>

#include "expression/checker.hpp"
#include "expression/operators.hpp"

namespace workflow::expression {
namespace {

bool is_null_literal(const Node& node) {
    return node.syntax == Syntax::literal && node.literal.is_null();
}

bool is_ordered(Family family) {
    return family != Family::null && family != Family::limit && family != Family::list &&
           family != Family::record && family != Family::map && family != Family::type;
}

/// The type of `a + b` for two that are known: cel-spec's overloads of `+`.
std::optional<Type> sum_of(const Type& a, const Type& b) {
    const Family left = family_of(a);
    const Family right = family_of(b);
    if (is_moment(left) && right == Family::duration) return Type::of(Type::Kind::instant);
    if (left == Family::duration && is_moment(right)) return Type::of(Type::Kind::instant);
    if (left != right) return std::nullopt;
    if (left == Family::text) return Type::of(Type::Kind::text);
    if (left == Family::list) return required(unite(required(a), required(b)).type);
    if (is_numeric(left) || left == Family::bytes || left == Family::duration) return required(a);
    return std::nullopt;
}

/// The same of `a - b`; the difference of two dates is ours.
std::optional<Type> difference_of(const Type& a, const Type& b) {
    const Family left = family_of(a);
    const Family right = family_of(b);
    if (is_moment(left) && right == Family::duration) return Type::of(Type::Kind::instant);
    if (left != right) return std::nullopt;
    if (is_moment(left) || left == Family::duration) return Type::of(Type::Kind::duration);
    if (is_numeric(left)) return required(a);
    return std::nullopt;
}

std::optional<Type> result_of(Syntax syntax, const Type& a, const Type& b) {
    if (syntax == Syntax::add) return sum_of(a, b);
    if (syntax == Syntax::subtract) return difference_of(a, b);
    const Family left = family_of(a);
    if (left != family_of(b)) return std::nullopt;
    const bool is_whole = left == Family::integer || left == Family::unsigned_integer;
    const bool is_allowed = syntax == Syntax::remainder ? is_whole : is_numeric(left);
    return is_allowed ? std::optional(required(a)) : std::nullopt;
}

/// Whether one side allows the operator, whatever the other turns out to be.
bool is_operand(Syntax syntax, Family family) {
    if (family == Family::any || is_numeric(family)) {
        return syntax != Syntax::remainder || family != Family::number;
    }
    if (syntax == Syntax::subtract) return family == Family::duration || is_moment(family);
    return syntax == Syntax::add &&
           (family == Family::text || family == Family::bytes || family == Family::list ||
            family == Family::duration || is_moment(family));
}

const Type boolean_type = Type::of(Type::Kind::boolean);

}  // namespace

Checker::Typed Checker::check_arithmetic(const Node& node) {
    const Typed left = check(node.children[0]);
    const Typed right = check(node.children[1]);
    const Family a = family_of(left.type);
    const Family b = family_of(right.type);
    if (is_numeric(a) && is_numeric(b) && a != b) {
        return report(
            "expression-mixed-numbers", node.offset,
            {std::string(spelling(node.syntax)), to_string(left.type), to_string(right.type)});
    }
    std::optional<Type> type;
    if (a == Family::any || b == Family::any) {
        if (is_operand(node.syntax, a) && is_operand(node.syntax, b)) type = Type{};
    } else {
        type = result_of(node.syntax, left.type, right.type);
    }
    if (!type) return mismatch(node, spelling(node.syntax), left.type, right.type);
    const bool as_number = a == Family::number || b == Family::number;
    return emit({.operation = operation_of(node.syntax),
                 .arithmetic = as_number ? Arithmetic::as_number : Arithmetic::as_found,
                 .offset = node.offset},
                *std::move(type), std::array{left.instruction, right.instruction});
}

Checker::Typed Checker::check_minus(const Node& node) {
    const Typed operand = check(node.children[0]);
    const Family family = family_of(operand.type);
    const bool has_sign = is_numeric(family) && family != Family::unsigned_integer;
    if (!has_sign && family != Family::any) {
        return report("expression-operand", node.offset, {"-", to_string(operand.type)});
    }
    return emit({.operation = Operation::negate, .offset = node.offset}, required(operand.type),
                {&operand.instruction, 1});
}

Checker::Typed Checker::check_equality(const Node& node) {
    if (is_null_literal(tree_[node.children[1]])) return check_null_test(node, node.children[0]);
    if (is_null_literal(tree_[node.children[0]])) return check_null_test(node, node.children[1]);
    const Typed left = check_beside(node.children[0], node.children[1]);
    const Typed right = check_beside(node.children[1], node.children[0]);
    if (reject_mixed_moments(node, left.type, right.type)) return {boolean_type, 0};
    if (!comparable(left.type, right.type)) {
        return mismatch(node, spelling(node.syntax), left.type, right.type);
    }
    check_option_comparison(node.children[0], node.children[1], left, right);
    return emit({.operation = operation_of(node.syntax), .offset = node.offset}, boolean_type,
                std::array{left.instruction, right.instruction});
}

/// `reason == urgent`: a word beside a field of texts is meant to stand in quotes.
Checker::Typed Checker::check_beside(NodeIndex side, NodeIndex other) {
    const Node& word = tree_[side];
    const Node& field = tree_[other];
    if (is_checking() && is_bare_word(word) && field.syntax == Syntax::identifier) {
        const Variable* variable = find_variable(field.text, field.is_absolute);
        if (variable != nullptr && family_of(variable->type) == Family::text) {
            return report("expression-unquoted", word.offset, {word.text});
        }
    }
    return check(side);
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
    const Type key = list.type.key != nullptr ? *list.type.key : Type{};
    const bool is_possible =
        family == Family::any || (is_list && comparable(item.type, element)) ||
        (family == Family::map && comparable(item.type, key)) ||
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
    } else if (const std::string* word = quoted_text(node);
               word != nullptr && wanted.kind == Type::Kind::choice) {
        const auto& options = wanted.options;
        if (std::find(options.begin(), options.end(), *word) != options.end()) return;
        report("expression-no-option", node.offset, {*word, proposal(*word, options)});
    }
}

void Checker::check_option_comparison(NodeIndex left, NodeIndex right, const Typed& left_type,
                                      const Typed& right_type) {
    check_options(left, right_type.type);
    check_options(right, left_type.type);
}

}  // namespace workflow::expression
