#include <array>

#include "expression/checker.hpp"

namespace workflow::expression {
namespace {

Type known_or_any(const std::shared_ptr<const Type>& type) {
    return type != nullptr && type->kind != Type::Kind::none ? *type : Type{};
}

/// Of the first variable when there are two, and of a single one over a map.
Type first_variable_of(const Type& over) {
    const Family family = family_of(over);
    if (family == Family::list) return Type::of(Type::Kind::integer);
    if (family == Family::record) return Type::of(Type::Kind::text);
    return family == Family::map ? known_or_any(over.key) : Type{};
}

Type second_variable_of(const Type& over) {
    const Family family = family_of(over);
    return family == Family::list || family == Family::map ? known_or_any(over.element) : Type{};
}

}  // namespace

Checker::Typed Checker::check_macro(const Node& node) {
    const std::size_t arguments = node.children.size() - 1;
    const Macro* macro = find_macro(node.text, arguments);
    if (macro == nullptr) {
        const Arity arity = arity_of_macro(node.text);
        check_arity(node, arity.least, arity.most, arguments);
        return report_nothing();
    }
    if (!check_macro_variables(node, macro->variables)) return report_nothing();
    const Typed over = check(node.children[0]);
    const Family family = family_of(over.type);
    if (family != Family::list && family != Family::map && family != Family::record &&
        family != Family::any) {
        return report("expression-not-a-list", node.offset, {node.text, to_string(over.type)});
    }
    // What was learnt of an outer name does not hold for the variable that hides it.
    const std::vector<std::string> known = std::exchange(not_null_, {});
    const auto first = static_cast<std::uint32_t>(locals_.size());
    push_macro_variables(node, macro->variables, over.type);
    const Instruction instruction{.operation = macro->operation,
                                  .variables = macro->variables,
                                  .offset = node.offset,
                                  .operand = first};
    const Typed result = is_condition(macro->operation) ? check_quantifier(node, over, instruction)
                         : macro->operation == Operation::filter
                             ? check_filter(node, over, instruction)
                             : check_transformation(node, *macro, over, instruction);
    locals_.erase(locals_.begin() + static_cast<std::ptrdiff_t>(first), locals_.end());
    not_null_ = known;
    return result;
}

bool Checker::check_macro_variables(const Node& node, std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) {
        const Node& variable = tree_[node.children[i]];
        const bool is_repeated = i == 2 && variable.text == tree_[node.children[1]].text;
        if (variable.syntax == Syntax::identifier && !variable.is_absolute && !is_repeated)
            continue;
        report("expression-macro-variable", variable.begin, {node.text});
        return false;
    }
    return true;
}

void Checker::push_macro_variables(const Node& node, std::size_t count, const Type& over) {
    const bool is_list = family_of(over) == Family::list;
    if (count == 1) {
        locals_.emplace_back(tree_[node.children[1]].text, is_list ? second_variable_of(over) : first_variable_of(over));
        return;
    }
    locals_.emplace_back(tree_[node.children[1]].text, first_variable_of(over));
    locals_.emplace_back(tree_[node.children[2]].text, second_variable_of(over));
}

Checker::Typed Checker::check_quantifier(const Node& node, const Typed& over,
                                         Instruction instruction) {
    const Typed condition = check_condition(node.children.back(), node.text);
    return emit(instruction, Type::of(Type::Kind::boolean),
                std::array{over.instruction, condition.instruction});
}

Checker::Typed Checker::check_filter(const Node& node, const Typed& over, Instruction instruction) {
    const Typed condition = check_condition(node.children.back(), node.text);
    // Over a map: the keys that pass.
    Type type = required(over.type);
    if (family_of(type) == Family::map || family_of(type) == Family::record) {
        type = Type::list_of(first_variable_of(over.type));
    }
    return emit(instruction, std::move(type), std::array{over.instruction, condition.instruction});
}

Checker::Typed Checker::check_transformation(const Node& node, const Macro& macro,
                                             const Typed& over, Instruction instruction) {
    std::vector<InstructionIndex> children{over.instruction};
    if (macro.has_condition()) {
        const NodeIndex condition = node.children[node.children.size() - 2];
        children.push_back(check_condition(condition, node.text).instruction);
        learn(condition, true);
    }
    const Typed element = check(node.children.back());
    children.push_back(element.instruction);
    const bool is_map = macro.operation == Operation::transform_map;
    return emit(
        instruction,
        is_map ? Type::map_of(first_variable_of(over.type), element.type) : Type::list_of(element.type),
        children);
}

}  // namespace workflow::expression
