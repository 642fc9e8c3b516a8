// Type-checks a syntax tree and makes the program that runs. Confined to one compilation.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression/ast.hpp"
#include "expression/functions.hpp"
#include "expression/macros.hpp"
#include "expression/program.hpp"
#include "expression/types.hpp"
#include "workflow/expression.hpp"

namespace workflow::expression {

/// Fills `program`; every problem is collected, and what is wrong counts as `any` from there on, so
/// that one fault is reported once.
class Checker {
public:
    Checker(const Tree& tree, std::span<const Variable> variables,
            const ExpressionSettings& settings, Expression::Program& program);

    void run(const Type& expected);
    [[nodiscard]] std::vector<ExpressionProblem> take_problems() && { return std::move(problems_); }

private:
    struct Typed {
        Type type;
        InstructionIndex instruction = 0;
    };

    // checker.cpp: literals, lists, maps, and what all of them use
    Typed check(NodeIndex index);
    Typed check_literal(const Node& node);
    Typed check_list(const Node& node);
    Typed check_map(const Node& node);
    Typed check_record(const Node& node, std::vector<std::string> names);
    void check_result(NodeIndex index, const Type& expected, const Type& actual);

    void check_cost();

    // checker_names.cpp
    Typed check_identifier(const Node& node);
    Typed check_select(const Node& node);
    Typed check_index(const Node& node);
    Typed select(const Node& at, Typed operand, const std::string& name);
    Typed select_member(const Node& at, Typed operand, const std::string& name);
    [[nodiscard]] const Variable* find_variable(const std::string& path, bool is_absolute) const;
    [[nodiscard]] std::optional<std::uint32_t> find_local(const Node& node) const;
    std::optional<Typed> check_qualified(const Node& node);
    Typed read_variable(const Node& node, const Variable& variable, const std::string& path);
    std::optional<Typed> check_type_name(const Node& node, std::string_view path);
    Typed unknown_name(const Node& node);
    [[nodiscard]] std::vector<std::string> known_names() const;
    /// What a name that is not known may have meant: `message.amount` of `amount`, or what is near.
    [[nodiscard]] std::string meant_name(const std::string& name) const;
    /// A word that is no name, and like none, so that a text without quotes may be meant.
    [[nodiscard]] bool is_bare_word(const Node& node) const;

    // checker_operators.cpp
    Typed check_arithmetic(const Node& node);
    Typed check_minus(const Node& node);
    Typed check_equality(const Node& node);
    Typed check_beside(NodeIndex side, NodeIndex other);
    Typed check_null_test(const Node& node, NodeIndex operand);
    Typed check_order(const Node& node);
    Typed check_in(const Node& node);
    Typed check_not(const Node& node);
    Typed check_chain(const Node& node);
    Typed check_conditional(const Node& node);
    Typed check_condition(NodeIndex index, std::string_view where);
    bool reject_mixed_moments(const Node& node, const Type& left, const Type& right);
    Typed mismatch(const Node& node, std::string_view sign, const Type& left, const Type& right);
    void check_options(NodeIndex index, const Type& choice);
    void check_option_comparison(NodeIndex left, NodeIndex right, const Typed& left_type,
                                 const Typed& right_type);

    // checker_calls.cpp
    Typed check_call(const Node& node);
    Typed check_has(const Node& node);
    Typed check_function(const Node& node);
    Typed call(const Node& node, const Overload& overload, const std::vector<Typed>& arguments);
    Typed check_question(const Node& node, std::uint32_t number);
    std::uint32_t check_second(const Node& argument, Function::Second second);
    std::uint32_t compile_pattern(const Node& argument, const std::string& source);
    void check_constant(const Node& node, const Function& function);
    Typed unknown_function(const Node& node);
    Typed wrong_style(const Node& node);
    Typed wrong_arguments(const Node& node, const std::vector<Typed>& arguments);
    bool check_arity(const Node& node, std::size_t least, std::size_t most, std::size_t found);

    // checker_macros.cpp
    Typed check_macro(const Node& node);
    bool check_macro_variables(const Node& node, std::size_t count);
    void push_macro_variables(const Node& node, std::size_t count, const Type& over);
    Typed check_quantifier(const Node& node, const Typed& over, Instruction instruction);
    Typed check_filter(const Node& node, const Typed& over, Instruction instruction);
    Typed check_transformation(const Node& node, const Macro& macro, const Typed& over,
                               Instruction instruction);

    [[nodiscard]] bool is_checking() const {
        return settings_.checking == ExpressionSettings::Checking::at_load;
    }
    Typed emit(Instruction instruction, Type type, std::span<const InstructionIndex> children = {});
    Typed emit_constant(const Node& node, Value value, Type type);
    /// Stands for what has been reported already.
    Typed report_nothing() { return emit({}, Type{}); }
    Typed report(std::string code, std::uint32_t offset, std::vector<std::string> arguments);

    /// Names that are no null where `condition` is `truth`: `x != null`, `has(a.b)`, joined by &&
    /// and
    /// ||.
    void learn(NodeIndex condition, bool truth);
    [[nodiscard]] std::string path_of(const Node& node) const;
    void apply_knowledge(const Node& node, Type& type) const;

    const Tree& tree_;
    std::span<const Variable> variables_;
    const ExpressionSettings& settings_;
    Expression::Program& program_;
    bool has_qualified_names_ = false;  ///< of variables with a dot, or a container
    std::vector<ExpressionProblem> problems_;
    std::vector<std::pair<std::string, Type>> locals_;  ///< variables of the macros around
    std::vector<std::string> not_null_;
};

/// The number of `item` among `items`, where it is put when it is not there.
template <class Item>
std::uint32_t number_in(std::vector<Item>& items, const Item& item) {
    const auto found = std::find(items.begin(), items.end(), item);
    const auto number = static_cast<std::uint32_t>(found - items.begin());
    if (found == items.end()) items.push_back(item);
    return number;
}

/// The nearest of `names`, or some of them: what a mend proposes.
[[nodiscard]] std::string proposal(std::string_view word, const std::vector<std::string>& names);

}  // namespace workflow::expression
