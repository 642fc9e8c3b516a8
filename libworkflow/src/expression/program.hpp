// A checked expression in the form in which it runs: a flat tree of instructions, names resolved to
// slots, constants made. Immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "workflow/expression.hpp"

namespace workflow::expression {

using InstructionIndex = std::uint32_t;
struct Function;
class Pattern;

enum class Operation : std::uint8_t {
    constant,  ///< operand: of constants
    slot,      ///< slot; operand: of names. A null is an error: a field that must be set
    optional_slot,
    local,   ///< operand: number of the macro's variable
    member,  ///< [record]; operand: of names. Not there: an error
    optional_member,
    index,    ///< [list, map or record, index]
    list,     ///< [items]
    record,   ///< [values]; operand: of shapes
    entries,  ///< [key, value, key, value ...]
    conditional,
    negate,
    add,
    subtract,
    multiply,
    divide,
    remainder,
    filter,  ///< [list or map, condition]; operand: number of the macro's first variable
    map,     ///< [list or map, element] or [list or map, condition, element]; the same
    transform_map,
    call,             ///< [arguments]; operand: of functions
    ask,              ///< [a moment, or nothing]; operand: of asks
    unresolved_name,  ///< operand: of names; fails
    unresolved_call,
    // From here on: conditions, which give a truth and no value.
    has_member,      ///< [map]; operand: of names
    has_set_member,  ///< [record]: and it is no null
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
    all,  ///< [list or map, condition]; operand: number of the macro's first variable
    exists,
    exists_one,
};
[[nodiscard]] constexpr bool is_condition(Operation operation) {
    return operation >= Operation::has_member;
}

/// Arithmetic on what is declared a number, where an integer may stand too.
enum class Arithmetic : std::uint8_t { as_found, as_number };

struct Instruction {
    Operation operation = Operation::constant;
    Arithmetic arithmetic = Arithmetic::as_found;
    std::uint8_t variables = 1;  ///< of a macro: one, or a pair
    std::uint32_t offset = 0;    ///< in the source
    std::uint32_t operand = 0;   ///< its meaning depends on the operation
    std::uint32_t pattern = 0;   ///< of a call: number of its compiled pattern, from 1
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
    bool is_result_checked = false;   ///< only the run knows whether the value is of `expected`
    bool is_storage_checked = false;  ///< only the run knows whether a dossier can hold it
    std::vector<expression::Instruction> instructions;
    std::vector<expression::InstructionIndex> operands;
    std::vector<Value> constants;
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> shapes;  ///< names of the members of record literals
    std::vector<const expression::Function*> functions;
    std::vector<std::shared_ptr<const expression::Pattern>> patterns;
    std::vector<Slot> reads;
    std::vector<Asked> asks;
    std::vector<std::string> zones;
    expression::InstructionIndex root = 0;
    Value null;
};

}  // namespace workflow
