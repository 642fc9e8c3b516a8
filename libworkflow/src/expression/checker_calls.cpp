#include <algorithm>
#include <array>

#include "expression/checker.hpp"
#include "expression/functions.hpp"
#include "expression/syntax_error.hpp"

namespace workflow::expression {
namespace {

bool is_macro(std::string_view name) {
    return name == "all" || name == "exists" || name == "exists_one" || name == "map" ||
           name == "filter";
}

std::string_view family_name(Family family) {
    switch (family) {
        case Family::any:
            return "any";
        case Family::null:
            return "null";
        case Family::boolean:
            return "boolean";
        case Family::integer:
            return "integer";
        case Family::number:
            return "number";
        case Family::text:
            return "text";
        case Family::date:
            return "date";
        case Family::instant:
            return "instant";
        case Family::limit:
            return "limit";
        case Family::list:
            return "list";
        case Family::record:
            return "record";
    }
    return "any";
}

std::string signature(const Overload& overload) {
    std::string text;
    std::size_t first = 0;
    if (overload.is_member) {
        text = std::string(family_name(overload.parameters[first++])) + ".";
    }
    text += std::string(overload.name) + "(";
    for (std::size_t i = first; i < overload.parameters.size(); ++i) {
        text += (i > first ? ", " : "") + std::string(family_name(overload.parameters[i]));
    }
    return text + ")";
}

std::string signatures(std::string_view name) {
    std::string text;
    for (const Overload* overload : find_overloads(name)) {
        text += (text.empty() ? "" : ", ") + signature(*overload);
    }
    return text;
}

}  // namespace

Checker::Typed Checker::check_call(const Node& node) {
    const bool is_member = node.syntax == Syntax::member_call;
    if (!is_member && node.text == "has") return check_has(node);
    if (is_member && is_macro(node.text)) return check_macro(node);
    return check_function(node);
}

Checker::Typed Checker::check_has(const Node& node) {
    if (!check_arity(node, 1, 1, node.children.size())) return report_nothing();
    const Node& selection = tree_[node.children[0]];
    if (selection.syntax != Syntax::select) {
        return report("expression-has", selection.begin, {});
    }
    const Typed member = check_select(selection);
    Instruction& read = program_.instructions[member.instruction];
    if (read.operation == Operation::member || read.operation == Operation::optional_member) {
        read.operation = Operation::has_member;
    }
    return {Type::of(Type::Kind::boolean), member.instruction};
}

Checker::Typed Checker::check_function(const Node& node) {
    const bool is_member = node.syntax == Syntax::member_call;
    const auto overloads = find_overloads(node.text);
    if (overloads.empty()) return unknown_function(node);
    std::vector<Typed> arguments;
    std::vector<InstructionIndex> children;
    for (const NodeIndex child : node.children) {
        arguments.push_back(check(child));
        children.push_back(arguments.back().instruction);
    }
    const auto takes = [&](const Overload* overload) {
        const auto fits_parameter = [](Family parameter, const Typed& argument) {
            const Family found = family_of(argument.type);
            return parameter == Family::any || found == Family::any || found == parameter;
        };
        return overload->is_member == is_member &&
               std::equal(overload->parameters.begin(), overload->parameters.end(),
                          arguments.begin(), arguments.end(), fits_parameter);
    };
    const auto found = std::find_if(overloads.begin(), overloads.end(), takes);
    if (found == overloads.end()) return wrong_arguments(node, arguments);
    return emit({.operation = (*found)->operation, .offset = node.offset},
                Type::of((*found)->result), children);
}

Checker::Typed Checker::unknown_function(const Node& node) {
    if (meant_operator(node.text) == "!") {
        return report("expression-operator", node.offset, {node.text, "!"});
    }
    const bool is_global_macro = node.syntax == Syntax::call && is_macro(node.text);
    if (is_global_macro || node.text == "has") return wrong_style(node);
    if (is_known_elsewhere(node.text)) {
        return report("expression-unsupported", node.offset, {node.text + "()"});
    }
    return report("expression-unknown-function", node.offset,
                  {node.text, proposal(node.text, function_names())});
}

Checker::Typed Checker::wrong_style(const Node& node) {
    const std::string use = node.text == "has"    ? "has(a.b)"
                            : is_macro(node.text) ? "list." + node.text + "(item, ...)"
                                                  : signatures(node.text);
    return report("expression-call-style", node.offset, {node.text, use});
}

Checker::Typed Checker::wrong_arguments(const Node& node, const std::vector<Typed>& arguments) {
    const bool is_member = node.syntax == Syntax::member_call;
    const auto overloads = find_overloads(node.text);
    const auto same_style = [&](const Overload* overload) {
        return overload->is_member == is_member;
    };
    const auto first = std::find_if(overloads.begin(), overloads.end(), same_style);
    if (first == overloads.end()) return wrong_style(node);
    const std::size_t target = is_member ? 1 : 0;
    const std::size_t wanted = (*first)->parameters.size() - target;
    if (!check_arity(node, wanted, wanted, arguments.size() - target)) return report_nothing();
    std::string found;
    for (const Typed& argument : arguments) {
        found += (found.empty() ? "" : ", ") + to_string(argument.type);
    }
    return report("expression-arguments", node.offset, {node.text, found, signatures(node.text)});
}

bool Checker::check_arity(const Node& node, std::size_t least, std::size_t most,
                          std::size_t found) {
    if (found >= least && found <= most) return true;
    const std::string wanted =
        least == most ? std::to_string(least) : std::to_string(least) + "-" + std::to_string(most);
    report("expression-arity", node.offset, {node.text, wanted, std::to_string(found)});
    return false;
}

Checker::Typed Checker::check_macro(const Node& node) {
    const std::size_t most = node.text == "map" ? 3 : 2;
    if (!check_arity(node, 2, most, node.children.size() - 1)) return report_nothing();
    const Node& variable = tree_[node.children[1]];
    if (variable.syntax != Syntax::identifier) {
        return report("expression-macro-variable", variable.begin, {node.text});
    }
    const Typed list = check(node.children[0]);
    const Family family = family_of(list.type);
    if (family != Family::list && family != Family::any) {
        return report("expression-not-a-list", node.offset, {node.text, to_string(list.type)});
    }
    const bool is_typed = family == Family::list && list.type.element != nullptr;
    const auto number = static_cast<std::uint32_t>(locals_.size());
    locals_.emplace_back(variable.text, is_typed ? *list.type.element : Type{});
    // What was learnt of an outer name does not hold for the variable that hides it.
    const std::vector<std::string> known = std::exchange(not_null_, {});
    const Typed result = check_filter_or_map(node, list, number);
    not_null_ = known;
    locals_.pop_back();
    return result;
}

Checker::Typed Checker::check_filter_or_map(const Node& node, const Typed& list,
                                            std::uint32_t variable) {
    Instruction instruction{.offset = node.offset, .operand = variable};
    const Type boolean = Type::of(Type::Kind::boolean);
    if (node.text == "map") {
        const bool has_condition = node.children.size() == 4;
        std::vector<InstructionIndex> children{list.instruction};
        if (has_condition) {
            children.push_back(check_condition(node.children[2], node.text).instruction);
            learn(node.children[2], true);
        }
        const Typed element = check(node.children.back());
        children.push_back(element.instruction);
        instruction.operation = has_condition ? Operation::map_if : Operation::map;
        return emit(instruction, Type::list_of(element.type), children);
    }
    const Typed condition = check_condition(node.children[2], node.text);
    const std::array children{list.instruction, condition.instruction};
    if (node.text == "filter") {
        instruction.operation = Operation::filter;
        return emit(instruction, required(list.type), children);
    }
    instruction.operation = node.text == "all"      ? Operation::all
                            : node.text == "exists" ? Operation::exists
                                                    : Operation::exists_one;
    return emit(instruction, boolean, children);
}

}  // namespace workflow::expression
