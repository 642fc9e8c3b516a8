#include <algorithm>

#include "expression/checker.hpp"
#include "expression/civil_time.hpp"
#include "expression/functions.hpp"
#include "expression/pattern.hpp"
#include "expression/syntax_error.hpp"
#include "workflow/limits.hpp"

namespace workflow::expression {

Checker::Typed Checker::check_call(const Node& node) {
    const bool is_member = node.syntax == Syntax::member_call;
    if (!is_member && node.text == "has") return check_has(node);
    if (is_member && is_macro(node.text)) return check_macro(node);
    for (std::size_t i = 0; !is_member && i < settings_.questions.size(); ++i) {
        if (settings_.questions[i].name == node.text) {
            return check_question(node, static_cast<std::uint32_t>(i));
        }
    }
    return check_function(node);
}

Checker::Typed Checker::check_has(const Node& node) {
    if (!check_arity(node, 1, 1, node.children.size())) return report_nothing();
    const Node& selection = tree_[node.children[0]];
    if (selection.syntax != Syntax::select) {
        return report("expression-has", selection.begin, {});
    }
    const Typed operand = check(selection.children[0]);
    const bool is_record = family_of(operand.type) == Family::record;
    const Typed member = select(selection, operand, selection.text);
    Instruction& read = program_.instructions[member.instruction];
    // A field of a declared record that is null is not set; a key of a map is there or not.
    if (read.operation == Operation::member || read.operation == Operation::optional_member) {
        read.operation = is_record ? Operation::has_set_member : Operation::has_member;
    }
    return {is_checking() ? Type::of(Type::Kind::boolean) : Type{}, member.instruction};
}

Checker::Typed Checker::check_function(const Node& node) {
    const bool is_member = node.syntax == Syntax::member_call;
    const auto overloads = find_overloads(node.text);
    std::vector<Typed> arguments;
    if (overloads.empty() && is_checking()) return unknown_function(node);
    for (const NodeIndex child : node.children) arguments.push_back(check(child));
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
    if (found != overloads.end()) return call(node, **found, arguments);
    if (is_checking()) return wrong_arguments(node, arguments);
    return emit({.operation = Operation::unresolved_call,
                 .offset = node.offset,
                 .operand = number_in(program_.names, node.text)},
                Type{});
}

Checker::Typed Checker::call(const Node& node, const Overload& overload,
                             const std::vector<Typed>& arguments) {
    std::vector<InstructionIndex> children;
    for (const Typed& argument : arguments) children.push_back(argument.instruction);
    Instruction instruction{.operation = Operation::call,
                            .offset = node.offset,
                            .operand = number_in(program_.functions, overload.function)};
    if (node.children.size() == 2) {
        instruction.pattern = check_second(tree_[node.children[1]], overload.function->second);
    }
    check_constant(node, *overload.function);
    Type type = Type::of(overload.result);
    if (overload.result == Type::Kind::type) {
        type.element = std::make_shared<const Type>(arguments[0].type);
    }
    return emit(instruction, std::move(type), children);
}

Checker::Typed Checker::check_question(const Node& node, std::uint32_t number) {
    const Question& question = settings_.questions[number];
    const std::size_t most = question.since == Question::Since::optional ? 2 : 1;
    if (!check_arity(node, 1, most, node.children.size())) return report_nothing();
    const Node& named = tree_[node.children[0]];
    const std::string* name = quoted_text(named);
    if (name == nullptr) return report("expression-name-in-quotes", named.begin, {node.text});
    const auto& subjects = question.subjects;
    const auto found = std::find(subjects.begin(), subjects.end(), *name);
    if (found == subjects.end()) {
        return report("expression-unknown-subject", named.begin,
                      {node.text, *name, proposal(*name, subjects)});
    }
    std::vector<InstructionIndex> children;
    if (node.children.size() == 2) {
        const Typed since = check(node.children[1]);
        const Family family = family_of(since.type);
        if (family != Family::any && !is_moment(family)) {
            return report("expression-arguments", node.offset,
                          {node.text, "text, " + to_string(since.type),
                           node.text + "('...'), " + node.text + "('...', instant)"});
        }
        children.push_back(since.instruction);
    }
    const Expression::Asked asked{number, static_cast<std::uint32_t>(found - subjects.begin())};
    return emit({.operation = Operation::ask,
                 .offset = node.offset,
                 .operand = number_in(program_.asks, asked)},
                question.result, children);
}

/// A second argument that is written out is read once, here: a pattern gets its number, all else 0.
std::uint32_t Checker::check_second(const Node& argument, Function::Second second) {
    const std::string* text = quoted_text(argument);
    if (text == nullptr) return 0;
    switch (second) {
        case Function::Second::plain:
            break;
        case Function::Second::zone:
            if (!zone_offset(*text, nullptr)) number_in(program_.zones, *text);
            break;
        case Function::Second::limit:
            if (!is_checking() || parse_limit(*text)) break;
            report("not-a-limit", argument.begin, {*text, limit_advice(*text)});
            break;
        case Function::Second::pattern:
            return compile_pattern(argument, *text);
    }
    return 0;
}

std::uint32_t Checker::compile_pattern(const Node& argument, const std::string& source) {
    auto compiled = Pattern::compile(source);
    if (const auto* reason = std::get_if<std::string>(&compiled)) {
        if (is_checking()) report("expression-pattern", argument.begin, {*reason});
        return 0;
    }
    program_.patterns.push_back(std::get<std::shared_ptr<const Pattern>>(std::move(compiled)));
    return static_cast<std::uint32_t>(program_.patterns.size());
}

/// `timestamp('yesterday')` fails whenever it runs: say so now.
void Checker::check_constant(const Node& node, const Function& function) {
    const Node& argument = tree_[node.children[0]];
    const bool is_conversion = node.syntax == Syntax::call && node.children.size() == 1;
    const std::string* text = quoted_text(argument);
    if (!is_checking() || !is_conversion || text == nullptr) return;
    Budget budget(limits::expression_cost_max);
    const Value nothing;
    if (function.apply({argument.literal, nothing, budget}).error != "no-conversion") return;
    report("expression-conversion", argument.begin, {*text, node.text});
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

}  // namespace workflow::expression
