#include <algorithm>
#include <array>

#include "expression/checker.hpp"

namespace workflow::expression {
namespace {

struct Macro {
    std::string_view name;
    std::size_t arguments = 0;  ///< after what it runs over
    std::size_t variables = 1;
    Operation operation = Operation::all;
};

constexpr std::array<Macro, 15> macros{{
    {"all", 2, 1, Operation::all},
    {"exists", 2, 1, Operation::exists},
    {"exists_one", 2, 1, Operation::exists_one},
    {"existsOne", 2, 1, Operation::exists_one},
    {"filter", 2, 1, Operation::filter},
    {"map", 2, 1, Operation::map},
    {"map", 3, 1, Operation::map_if},
    {"all", 3, 2, Operation::all_pairs},
    {"exists", 3, 2, Operation::exists_pair},
    {"exists_one", 3, 2, Operation::exists_one_pair},
    {"existsOne", 3, 2, Operation::exists_one_pair},
    {"transformList", 3, 2, Operation::transform_list},
    {"transformList", 4, 2, Operation::transform_list_if},
    {"transformMap", 3, 2, Operation::transform_map},
    {"transformMap", 4, 2, Operation::transform_map_if},
}};

const Macro* find_macro(std::string_view name, std::size_t arguments) {
    const auto found = std::find_if(macros.begin(), macros.end(), [&](const Macro& macro) {
        return macro.name == name && macro.arguments == arguments;
    });
    return found != macros.end() ? &*found : nullptr;
}

Type element_of(const std::shared_ptr<const Type>& type) {
    return type != nullptr && type->kind != Type::Kind::none ? *type : Type{};
}

/// Of the first variable when there are two, and of a single one over a map.
Type key_of(const Type& over) {
    const Family family = family_of(over);
    if (family == Family::list) return Type::of(Type::Kind::integer);
    if (family == Family::record) return Type::of(Type::Kind::text);
    return family == Family::map ? element_of(over.key) : Type{};
}

Type value_of(const Type& over) {
    const Family family = family_of(over);
    return family == Family::list || family == Family::map ? element_of(over.element) : Type{};
}

}  // namespace

Checker::Typed Checker::check_macro(const Node& node) {
    const std::size_t arguments = node.children.size() - 1;
    const Macro* macro = find_macro(node.text, arguments);
    if (macro == nullptr) {
        const bool is_transformation = node.text.starts_with("transform");
        const std::size_t least = is_transformation ? 3 : 2;
        const std::size_t most = is_transformation ? 4 : node.text == "filter" ? 2 : 3;
        check_arity(node, least, most, arguments);
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
    const Instruction instruction{
        .operation = macro->operation, .offset = node.offset, .operand = first};
    const Typed result = is_condition(macro->operation) ? check_quantifier(node, over, instruction)
                         : macro->operation == Operation::filter
                             ? check_filter(node, over, instruction)
                             : check_transformation(node, over, instruction);
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
        locals_.emplace_back(tree_[node.children[1]].text, is_list ? value_of(over) : key_of(over));
        return;
    }
    locals_.emplace_back(tree_[node.children[1]].text, key_of(over));
    locals_.emplace_back(tree_[node.children[2]].text, value_of(over));
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
        type = Type::list_of(key_of(over.type));
    }
    return emit(instruction, std::move(type), std::array{over.instruction, condition.instruction});
}

Checker::Typed Checker::check_transformation(const Node& node, const Typed& over,
                                             Instruction instruction) {
    std::vector<InstructionIndex> children{over.instruction};
    const Operation operation = instruction.operation;
    const bool has_condition = operation == Operation::map_if ||
                               operation == Operation::transform_list_if ||
                               operation == Operation::transform_map_if;
    if (has_condition) {
        const NodeIndex condition = node.children[node.children.size() - 2];
        children.push_back(check_condition(condition, node.text).instruction);
        learn(condition, true);
    }
    const Typed element = check(node.children.back());
    children.push_back(element.instruction);
    const bool is_map =
        operation == Operation::transform_map || operation == Operation::transform_map_if;
    return emit(
        instruction,
        is_map ? Type::map_of(key_of(over.type), element.type) : Type::list_of(element.type),
        children);
}

}  // namespace workflow::expression
