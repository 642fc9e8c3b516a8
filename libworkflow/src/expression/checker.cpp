#include "expression/checker.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "expression/syntax_error.hpp"
#include "workflow/limits.hpp"

namespace workflow::expression {

void Checker::run(const Type& expected) {
    const Typed result = check(tree_.root);
    program_.root = result.instruction;
    program_.type = result.type;
    program_.expected = expected;
    if (problems_.empty()) check_result(tree_.root, expected, result.type);
}

void Checker::check_result(NodeIndex index, const Type& expected, const Type& actual) {
    check_options(index, expected);
    if (!problems_.empty()) return;
    const std::uint32_t begin = tree_[index].begin;
    switch (fits(expected, actual)) {
        case Fit::always:
            return;
        case Fit::at_run_time:
            program_.is_result_checked = true;
            return;
        case Fit::never:
            break;
    }
    if (fits(expected, required(actual)) != Fit::never) {
        report("expression-may-be-null", begin, {to_string(expected)});
    } else {
        report("expression-result", begin, {to_string(expected), to_string(actual)});
    }
}

Checker::Typed Checker::check(NodeIndex index) {
    const Node& node = tree_[index];
    switch (node.syntax) {
        case Syntax::literal:
            return check_literal(node);
        case Syntax::list:
            return check_list(node);
        case Syntax::map:
            return check_map(node);
        case Syntax::identifier:
            return check_identifier(node);
        case Syntax::select:
            return check_select(node);
        case Syntax::index:
            return check_index(node);
        case Syntax::call:
        case Syntax::member_call:
            return check_call(node);
        case Syntax::logical_not:
            return check_not(node);
        case Syntax::minus:
            return check_minus(node);
        case Syntax::multiply:
        case Syntax::divide:
        case Syntax::add:
        case Syntax::subtract:
            return check_arithmetic(node);
        case Syntax::remainder:
            return check_remainder(node);
        case Syntax::less:
        case Syntax::less_equal:
        case Syntax::greater:
        case Syntax::greater_equal:
            return check_order(node);
        case Syntax::equal:
        case Syntax::not_equal:
            return check_equality(node);
        case Syntax::in:
            return check_in(node);
        case Syntax::logical_and:
        case Syntax::logical_or:
            return check_chain(node);
        case Syntax::conditional:
            return check_conditional(node);
    }
    return {};
}

Checker::Typed Checker::check_literal(const Node& node) {
    Type::Kind kind = Type::Kind::null;
    if (node.literal.boolean() != nullptr) kind = Type::Kind::boolean;
    if (node.literal.integer() != nullptr) kind = Type::Kind::integer;
    if (node.literal.number() != nullptr) kind = Type::Kind::number;
    if (node.literal.text() != nullptr) kind = Type::Kind::text;
    const auto constant = static_cast<std::uint32_t>(program_.constants.size());
    program_.constants.push_back(node.literal);
    return emit({.operation = Operation::constant, .offset = node.offset, .operand = constant},
                Type::of(kind));
}

Checker::Typed Checker::check_list(const Node& node) {
    std::vector<InstructionIndex> children;
    Type element;
    for (const NodeIndex child : node.children) {
        const Typed item = check(child);
        const Union both = children.empty() ? Union{true, item.type} : unite(element, item.type);
        element = both.found ? both.type : Type{};
        children.push_back(item.instruction);
    }
    return emit({.operation = Operation::list, .offset = node.offset}, Type::list_of(element),
                children);
}

Checker::Typed Checker::check_map(const Node& node) {
    std::vector<InstructionIndex> children;
    std::vector<std::string> shape;
    Type type = Type::of(Type::Kind::record);
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const Node& key = tree_[node.children[i]];
        if (key.syntax != Syntax::literal || key.literal.text() == nullptr) {
            return report("expression-map-key", key.begin, {});
        }
        const std::string& name = *key.literal.text();
        if (std::find(shape.begin(), shape.end(), name) != shape.end()) {
            return report("expression-duplicate-key", key.begin, {name});
        }
        const Typed value = check(node.children[i + 1]);
        shape.push_back(name);
        type.members.emplace_back(name, value.type);
        children.push_back(value.instruction);
    }
    const auto number = static_cast<std::uint32_t>(program_.shapes.size());
    program_.shapes.push_back(std::move(shape));
    return emit({.operation = Operation::record, .offset = node.offset, .operand = number},
                std::move(type), children);
}

Checker::Typed Checker::check_identifier(const Node& node) {
    for (std::size_t i = locals_.size(); i > 0; --i) {
        if (locals_[i - 1].first != node.text) continue;
        Type type = locals_[i - 1].second;
        apply_knowledge(node, type);
        const auto number = static_cast<std::uint32_t>(i - 1);
        return emit({.operation = Operation::local, .offset = node.offset, .operand = number},
                    std::move(type));
    }
    for (const Variable& variable : variables_) {
        if (variable.name != node.text) continue;
        auto& reads = program_.reads;
        if (std::find(reads.begin(), reads.end(), variable.slot) == reads.end()) {
            reads.push_back(variable.slot);
        }
        Type type = variable.type;
        const bool may_be_null =
            type.optional || type.kind == Type::Kind::any || type.kind == Type::Kind::null;
        apply_knowledge(node, type);
        return emit({.operation = may_be_null ? Operation::optional_slot : Operation::slot,
                     .offset = node.offset,
                     .operand = name_number(node.text),
                     .slot = variable.slot},
                    std::move(type));
    }
    return unknown_name(node);
}

Checker::Typed Checker::unknown_name(const Node& node) {
    if (const auto meant = meant_operator(node.text); !meant.empty()) {
        return report("expression-operator", node.offset, {node.text, std::string(meant)});
    }
    for (const Variable& variable : variables_) {
        const auto& options = variable.type.options;
        if (std::find(options.begin(), options.end(), node.text) != options.end()) {
            return report("expression-unquoted", node.offset, {node.text});
        }
    }
    std::vector<std::string> names;
    for (const auto& [name, type] : locals_) names.push_back(name);
    for (const Variable& variable : variables_) names.push_back(variable.name);
    return report("expression-unknown-name", node.offset, {node.text, proposal(node.text, names)});
}

Checker::Typed Checker::check_select(const Node& node) {
    Typed result = select(node, check(node.children[0]), node.text);
    apply_knowledge(node, result.type);
    return result;
}

Checker::Typed Checker::select(const Node& at, Typed operand, const std::string& name) {
    Instruction instruction{
        .operation = Operation::member, .offset = at.offset, .operand = name_number(name)};
    const InstructionIndex child = operand.instruction;
    const Family family = family_of(operand.type);
    if (family == Family::any) return emit(instruction, Type{}, {&child, 1});
    if (family != Family::record) {
        return report("expression-no-members", at.offset, {name, to_string(operand.type)});
    }
    std::vector<std::string> names;
    for (const auto& [member, type] : operand.type.members) {
        if (member == name) {
            if (type.optional || type.kind == Type::Kind::any) {
                instruction.operation = Operation::optional_member;
            }
            return emit(instruction, type, {&child, 1});
        }
        names.push_back(member);
    }
    return report("expression-unknown-member", at.offset, {name, proposal(name, names)});
}

Checker::Typed Checker::check_index(const Node& node) {
    const Typed operand = check(node.children[0]);
    const Node& key = tree_[node.children[1]];
    const Family family = family_of(operand.type);
    if (family == Family::record && key.syntax == Syntax::literal &&
        key.literal.text() != nullptr) {
        return select(key, operand, *key.literal.text());
    }
    const Typed index = check(node.children[1]);
    const Family wanted = family == Family::record ? Family::text : Family::integer;
    const Family found = family_of(index.type);
    if (family != Family::any && family != Family::record && family != Family::list) {
        return report("expression-no-index", node.offset, {to_string(operand.type)});
    }
    const bool is_possible =
        found == Family::any || found == wanted || (family == Family::any && found == Family::text);
    if (!is_possible) return report("expression-index", key.begin, {to_string(index.type)});
    const bool is_typed = family == Family::list && operand.type.element != nullptr;
    return emit({.operation = Operation::index, .offset = node.offset},
                is_typed ? *operand.type.element : Type{},
                std::array{operand.instruction, index.instruction});
}

Checker::Typed Checker::emit(Instruction instruction, Type type,
                             std::span<const InstructionIndex> children) {
    instruction.first = static_cast<std::uint32_t>(program_.operands.size());
    instruction.count = static_cast<std::uint32_t>(children.size());
    program_.operands.insert(program_.operands.end(), children.begin(), children.end());
    program_.instructions.push_back(instruction);
    return {std::move(type), static_cast<InstructionIndex>(program_.instructions.size() - 1)};
}

std::uint32_t Checker::name_number(const std::string& name) {
    const auto found = std::find(program_.names.begin(), program_.names.end(), name);
    const auto number = static_cast<std::uint32_t>(found - program_.names.begin());
    if (found == program_.names.end()) program_.names.push_back(name);
    return number;
}

Checker::Typed Checker::report(std::string code, std::uint32_t offset,
                               std::vector<std::string> arguments) {
    if (problems_.size() < limits::diagnostics_max) {
        problems_.push_back({std::move(code), offset, std::move(arguments)});
    }
    return emit({.operation = Operation::constant, .offset = offset}, Type{});
}

void Checker::learn(NodeIndex condition, bool truth) {
    const Node& node = tree_[condition];
    if (node.syntax == Syntax::logical_not) return learn(node.children[0], !truth);
    const Syntax chain = truth ? Syntax::logical_and : Syntax::logical_or;
    if (node.syntax == chain) {
        for (const NodeIndex child : node.children) learn(child, truth);
        return;
    }
    if (node.syntax == (truth ? Syntax::not_equal : Syntax::equal)) {
        const Node& left = tree_[node.children[0]];
        const Node& right = tree_[node.children[1]];
        const auto is_null = [](const Node& side) {
            return side.syntax == Syntax::literal && side.literal.is_null();
        };
        if (is_null(right)) not_null_.push_back(path_of(left));
        if (is_null(left)) not_null_.push_back(path_of(right));
    }
    if (truth && node.syntax == Syntax::call && node.text == "has" && node.children.size() == 1) {
        not_null_.push_back(path_of(tree_[node.children[0]]));
    }
}

std::string Checker::path_of(const Node& node) const {
    if (node.syntax == Syntax::identifier) return node.text;
    if (node.syntax != Syntax::select) return {};
    const std::string operand = path_of(tree_[node.children[0]]);
    return operand.empty() ? operand : operand + "." + node.text;
}

void Checker::apply_knowledge(const Node& node, Type& type) const {
    if (!type.optional || not_null_.empty()) return;
    const std::string path = path_of(node);
    const auto found = std::find(not_null_.begin(), not_null_.end(), path);
    if (!path.empty() && found != not_null_.end()) type.optional = false;
}

std::string proposal(std::string_view word, const std::vector<std::string>& names) {
    if (std::string near = nearest(word, names); !near.empty()) return near;
    constexpr std::size_t shown_max = 10;
    std::string text;
    std::size_t shown = 0;
    for (const std::string& name : std::set<std::string>(names.begin(), names.end())) {
        if (++shown > shown_max) return text + ", ...";
        text += (text.empty() ? "" : ", ") + name;
    }
    return text.empty() ? "-" : text;
}

}  // namespace workflow::expression
