#include "expression/checker.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "expression/cost.hpp"
#include "expression/syntax_error.hpp"
#include "workflow/limits.hpp"

namespace workflow::expression {
namespace {

/// cel-spec, "Maps": what a key may be.
bool is_key(Family family) {
    return family == Family::any || family == Family::boolean || family == Family::integer ||
           family == Family::unsigned_integer || family == Family::text;
}

}  // namespace

Checker::Checker(const Tree& tree, std::span<const Variable> variables,
                 const ExpressionSettings& settings, Expression::Program& program)
    : tree_(tree), variables_(variables), settings_(settings), program_(program) {
    const auto has_dot = [](const Variable& variable) {
        return variable.name.find('.') != std::string::npos;
    };
    has_qualified_names_ =
        !settings.container.empty() || std::any_of(variables.begin(), variables.end(), has_dot);
}

void Checker::run(const Type& expected) {
    const Typed result = check(tree_.root);
    program_.root = result.instruction;
    program_.type = result.type;
    program_.expected = expected;
    if (problems_.empty()) check_result(tree_.root, expected, result.type);
    if (problems_.empty()) check_cost();
}

void Checker::check_cost() {
    const std::uint64_t steps = estimated_cost(program_);
    if (steps <= limits::expression_cost_max) return;
    report("expression-too-costly", tree_[tree_.root].begin,
           {std::to_string(steps), std::to_string(limits::expression_cost_max),
            std::to_string(limits::expression_items_assumed)});
}

void Checker::check_result(NodeIndex index, const Type& expected, const Type& actual) {
    check_options(index, expected);
    if (!problems_.empty()) return;
    const std::uint32_t begin = tree_[index].begin;
    if (settings_.results == ExpressionSettings::Results::storable) {
        const Fit fit = storable(actual);
        if (fit == Fit::never) report("expression-not-storable", begin, {to_string(actual)});
        program_.is_storage_checked = fit == Fit::at_run_time;
        if (fit == Fit::never) return;
    }
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
        case Syntax::remainder:
        case Syntax::add:
        case Syntax::subtract:
            return check_arithmetic(node);
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
    return emit_constant(node, node.literal, type_of(node.literal));
}

Checker::Typed Checker::check_list(const Node& node) {
    std::vector<InstructionIndex> children;
    Type element = Type::of(Type::Kind::none);
    for (const NodeIndex child : node.children) {
        const Typed item = check(child);
        element = unite_items(element, item.type);
        children.push_back(item.instruction);
    }
    return emit({.operation = Operation::list, .offset = node.offset}, Type::list_of(element),
                children);
}

Checker::Typed Checker::check_map(const Node& node) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const Node& key = tree_[node.children[i]];
        const std::string* name = quoted_text(key);
        if (name == nullptr) break;
        if (std::find(names.begin(), names.end(), *name) != names.end()) {
            return report("expression-duplicate-key", key.begin, {*name});
        }
        names.push_back(*name);
    }
    if (names.size() * 2 == node.children.size()) return check_record(node, std::move(names));
    std::vector<InstructionIndex> children;
    Type key_type = Type::of(Type::Kind::none);
    Type element = key_type;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const Typed key = check(node.children[i]);
        if (!is_key(family_of(key.type))) {
            return report("expression-map-key", tree_[node.children[i]].begin,
                          {to_string(key.type)});
        }
        const Typed value = check(node.children[i + 1]);
        key_type = unite_items(key_type, key.type);
        element = unite_items(element, value.type);
        children.push_back(key.instruction);
        children.push_back(value.instruction);
    }
    return emit({.operation = Operation::entries, .offset = node.offset},
                Type::map_of(std::move(key_type), std::move(element)), children);
}

Checker::Typed Checker::check_record(const Node& node, std::vector<std::string> names) {
    std::vector<InstructionIndex> children;
    Type element = Type::of(Type::Kind::none);
    std::vector<std::pair<std::string, Type>> members;
    for (std::size_t i = 0; i < names.size(); ++i) {
        Typed value = check(node.children[2 * i + 1]);
        element = unite_items(element, value.type);
        children.push_back(value.instruction);
        members.emplace_back(names[i], std::move(value.type));
    }
    Type key = Type::of(names.empty() ? Type::Kind::none : Type::Kind::text);
    Type type = Type::map_of(std::move(key), std::move(element));
    type.members = std::move(members);
    // `.map(x, {'a': x, 'b': x})` doubles the type each time: then only the run knows the members.
    constexpr std::size_t parts_max = 1'000;
    if (size_of(type) > parts_max) type = Type::map_of(Type::of(Type::Kind::text), Type{});
    const auto number = static_cast<std::uint32_t>(program_.shapes.size());
    program_.shapes.push_back(std::move(names));
    return emit({.operation = Operation::record, .offset = node.offset, .operand = number},
                std::move(type), children);
}

Checker::Typed Checker::emit_constant(const Node& node, Value value, Type type) {
    const auto constant = static_cast<std::uint32_t>(program_.constants.size());
    program_.constants.push_back(std::move(value));
    return emit({.operation = Operation::constant, .offset = node.offset, .operand = constant},
                std::move(type));
}

Checker::Typed Checker::emit(Instruction instruction, Type type,
                             std::span<const InstructionIndex> children) {
    instruction.first = static_cast<std::uint32_t>(program_.operands.size());
    instruction.count = static_cast<std::uint32_t>(children.size());
    program_.operands.insert(program_.operands.end(), children.begin(), children.end());
    program_.instructions.push_back(instruction);
    // Unchecked, all is left to the run.
    if (!is_checking()) type = Type{};
    return {std::move(type), static_cast<InstructionIndex>(program_.instructions.size() - 1)};
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
