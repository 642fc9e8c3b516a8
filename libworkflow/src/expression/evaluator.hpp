// Runs a program over frames of values. Confined to one evaluation.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "expression/comparison.hpp"
#include "expression/functions.hpp"
#include "expression/program.hpp"
#include "workflow/limits.hpp"

namespace workflow::expression {

enum class Truth : std::uint8_t { no, yes, failed };

/// Why there is no value, kept without allocating: `a || b` may forget it again.
struct Failure {
    std::string_view code;
    std::uint32_t offset = 0;
    std::string_view argument;
    std::optional<std::int64_t> number;
};

/// Values are passed by pointer: to the slot, the constant or the item itself where one exists,
/// else to `scratch`, which the caller lends. A null pointer: failed. So nothing is copied, and
/// nothing allocated, but for a new text, list or record.
class Evaluator {
public:
    Evaluator(const Expression::Program& program, Frames frames, const Environment& environment)
        : program_(program),
          frames_(frames),
          environment_(environment),
          budget_(limits::expression_cost_max) {}

    [[nodiscard]] std::variant<Value, EvaluationError> value();
    [[nodiscard]] std::variant<bool, EvaluationError> truth();

private:
    // evaluator.cpp
    const Value* read(InstructionIndex index, Value& scratch);
    const Value* read_slot(const Instruction& instruction);
    const Value* read_member(const Instruction& instruction, Value& scratch);
    const Value* read_index(const Instruction& instruction, Value& scratch);
    const Value* make_list(const Instruction& instruction, Value& scratch);
    const Value* make_record(const Instruction& instruction, Value& scratch);
    const Value* make_entries(const Instruction& instruction, Value& scratch);
    const Value* read_conditional(const Instruction& instruction, Value& scratch);
    /// A null fails.
    const Value* read_required(InstructionIndex index, Value& scratch);
    const Value* call(const Instruction& instruction, Value& scratch);
    const Value* ask(const Instruction& instruction, Value& scratch);
    bool check_result(const Value& value);
    bool measure(const Value& value);

    // evaluator_conditions.cpp
    Truth condition(InstructionIndex index);
    Truth plain_condition(InstructionIndex index);
    Truth chain(const Instruction& instruction, Truth decisive);
    Truth equality(const Instruction& instruction);
    Truth ordering(const Instruction& instruction);
    Truth membership(const Instruction& instruction);
    Truth null_test(const Instruction& instruction);
    Truth member_test(const Instruction& instruction);

    // evaluator_macros.cpp
    Truth quantified(const Instruction& instruction, Truth decisive);
    Truth exactly_one(const Instruction& instruction);
    const Value* filter(const Instruction& instruction, Value& scratch);
    const Value* transform(const Instruction& instruction, Value& scratch);

    // evaluator_arithmetic.cpp
    const Value* arithmetic(const Instruction& instruction, Value& scratch);
    const Value* negate(const Instruction& instruction, Value& scratch);
    const Value* integers(const Instruction& instruction, std::int64_t a, std::int64_t b,
                          Value& scratch);
    const Value* naturals(const Instruction& instruction, std::uint64_t a, std::uint64_t b,
                          Value& scratch);
    const Value* numbers(const Instruction& instruction, double a, double b, Value& scratch);
    const Value* times(const Instruction& instruction, const Value& a, const Value& b,
                       Value& scratch);
    const Value* join(const Instruction& instruction, const Value& a, const Value& b,
                      Value& scratch);
    std::optional<std::string> join_octets(const Instruction& instruction, const std::string& a,
                                           const std::string& b);
    const Value* join_lists(const Instruction& instruction, const List& a, const List& b,
                            Value& scratch);

    [[nodiscard]] InstructionIndex child(const Instruction& instruction, std::size_t number) const {
        return program_.operands[instruction.first + number];
    }
    std::nullptr_t fail(const Instruction& instruction, std::string_view code,
                        std::string_view argument = {});
    std::nullptr_t wrong_kind(const Instruction& instruction, const Value& found);
    Truth failed(std::nullptr_t) { return Truth::failed; }
    [[nodiscard]] EvaluationError error() const;

    const Expression::Program& program_;
    Frames frames_;
    Environment environment_;
    Budget budget_;
    Failure failure_;
    /// Variables of the macros around, by number; each macro is a level of the tree and has at most
    /// two.
    std::array<const Value*, 2 * limits::expression_depth_max> items_;
};

/// `value` itself when it stands in `scratch`, else a copy.
[[nodiscard]] inline Value take(const Value* value, Value& scratch) {
    return value == &scratch ? std::move(scratch) : *value;
}
[[nodiscard]] inline Truth truth_of(bool value) {
    return value ? Truth::yes : Truth::no;
}

}  // namespace workflow::expression
