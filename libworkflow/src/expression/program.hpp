// A checked expression in the form in which it runs: a flat tree of instructions, names resolved to
// slots, constants made. Immutable.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workflow/expression.hpp"

namespace workflow::expression {

using InstructionIndex = std::uint32_t;

enum class Operation : std::uint8_t {
    constant,  ///< operand: of constants
    slot,      ///< slot; operand: of names. A null is an error: a field that must be set
    optional_slot,
    local,   ///< operand: number of the macro's variable
    member,  ///< [record]; operand: of names. Not there: an error
    optional_member,
    has_member,  ///< [record]; operand: of names
    index,       ///< [list or record, index]
    list,
    record,  ///< [values]; operand: of shapes
    is_null,
    is_not_null,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
    logical_not,
    logical_and,
    logical_or,
    conditional,
    negate,
    add,
    subtract,
    multiply,
    divide,
    remainder,
    all,  ///< [list, condition]; operand: number of the macro's variable
    exists,
    exists_one,
    filter,
    map,     ///< [list, element]
    map_if,  ///< [list, condition, element]
    size,
    contains,
    starts_with,
    ends_with,
    to_integer,
    to_number,
    to_text,
    identity,
};

/// Arithmetic on what is declared a number, where an integer may stand too.
enum class Arithmetic : std::uint8_t { as_found, as_number };

struct Instruction {
    Operation operation = Operation::constant;
    Arithmetic arithmetic = Arithmetic::as_found;
    std::uint32_t offset = 0;   ///< in the source
    std::uint32_t operand = 0;  ///< its meaning depends on the operation
    Slot slot{};
    std::uint32_t first = 0;  ///< children: operands[first], operands[first + 1] ...
    std::uint32_t count = 0;
};

}  // namespace workflow::expression

namespace workflow {

struct Expression::Program {
    std::string source;
    Type type;
    Type expected;
    bool is_result_checked = false;  ///< only the run knows whether the value is of `expected`
    std::vector<expression::Instruction> instructions;
    std::vector<expression::InstructionIndex> operands;
    std::vector<Value> constants;
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> shapes;  ///< names of the members of record literals
    std::vector<Slot> reads;
    expression::InstructionIndex root = 0;
    Value null;
};

}  // namespace workflow
