#include <algorithm>
#include <limits>

#include "expression/evaluator.hpp"
#include "expression/time_functions.hpp"

namespace workflow::expression {
namespace {

std::optional<double> as_number(const Value& value) {
    if (value.number() != nullptr) return *value.number();
    if (value.integer() != nullptr) return static_cast<double>(*value.integer());
    return std::nullopt;
}

/// Nothing when it overflows. The divisor is not 0.
template <class Integer>
std::optional<Integer> calculated(Operation operation, Integer a, Integer b) {
    Integer result = 0;
    bool overflows = false;
    if (operation == Operation::divide || operation == Operation::remainder) {
        if constexpr (std::is_signed_v<Integer>) {
            overflows = a == std::numeric_limits<Integer>::min() && b == -1;
        }
        if (!overflows) result = operation == Operation::divide ? a / b : a % b;
    } else if (operation == Operation::add) {
        overflows = __builtin_add_overflow(a, b, &result);
    } else if (operation == Operation::subtract) {
        overflows = __builtin_sub_overflow(a, b, &result);
    } else {
        overflows = __builtin_mul_overflow(a, b, &result);
    }
    return overflows ? std::nullopt : std::optional(result);
}

bool divides(Operation operation) {
    return operation == Operation::divide || operation == Operation::remainder;
}

}  // namespace

const Value* Evaluator::arithmetic(const Instruction& instruction, Value& scratch) {
    Value left_scratch;
    Value right_scratch;
    const Value* left = read_required(child(instruction, 0), left_scratch);
    if (left == nullptr) return nullptr;
    const Value* right = read_required(child(instruction, 1), right_scratch);
    if (right == nullptr) return nullptr;
    const bool both_integers = left->integer() != nullptr && right->integer() != nullptr;
    if (both_integers && instruction.arithmetic == Arithmetic::as_found) {
        return integers(instruction, *left->integer(), *right->integer(), scratch);
    }
    const bool both_numbers = left->number() != nullptr && right->number() != nullptr;
    if (both_numbers || instruction.arithmetic == Arithmetic::as_number) {
        const auto a = as_number(*left);
        const auto b = as_number(*right);
        if (a && b) return numbers(instruction, *a, *b, scratch);
        return wrong_kind(instruction, a ? *right : *left);
    }
    if (left->unsigned_integer() != nullptr && right->unsigned_integer() != nullptr) {
        return naturals(instruction, left->unsigned_integer()->value,
                        right->unsigned_integer()->value, scratch);
    }
    if (instruction.operation == Operation::add || instruction.operation == Operation::subtract) {
        if (left->duration() != nullptr || right->duration() != nullptr ||
            instruction.operation == Operation::subtract) {
            return times(instruction, *left, *right, scratch);
        }
        return join(instruction, *left, *right, scratch);
    }
    return wrong_kind(instruction, *right);
}

const Value* Evaluator::negate(const Instruction& instruction, Value& scratch) {
    Value operand_scratch;
    const Value* operand = read_required(child(instruction, 0), operand_scratch);
    if (operand == nullptr) return nullptr;
    if (const double* number = operand->number()) {
        scratch = Value(-*number);
        return &scratch;
    }
    if (operand->integer() == nullptr) return wrong_kind(instruction, *operand);
    const auto result = calculated(Operation::subtract, std::int64_t{0}, *operand->integer());
    if (!result) return fail(instruction, "overflow");
    scratch = Value(*result);
    return &scratch;
}

const Value* Evaluator::integers(const Instruction& instruction, std::int64_t a, std::int64_t b,
                                 Value& scratch) {
    if (divides(instruction.operation) && b == 0) return fail(instruction, "division-by-zero");
    const auto result = calculated(instruction.operation, a, b);
    if (!result) return fail(instruction, "overflow");
    scratch = Value(*result);
    return &scratch;
}

const Value* Evaluator::naturals(const Instruction& instruction, std::uint64_t a, std::uint64_t b,
                                 Value& scratch) {
    if (divides(instruction.operation) && b == 0) return fail(instruction, "division-by-zero");
    const auto result = calculated(instruction.operation, a, b);
    if (!result) return fail(instruction, "overflow");
    scratch = Value(Unsigned{*result});
    return &scratch;
}

const Value* Evaluator::numbers(const Instruction& instruction, double a, double b,
                                Value& scratch) {
    const Operation operation = instruction.operation;
    if (operation == Operation::remainder) return fail(instruction, "wrong-type", "number");
    // IEEE 754, as cel-spec has it: a number divided by zero is infinite, no error.
    scratch = Value(operation == Operation::add        ? a + b
                    : operation == Operation::subtract ? a - b
                    : operation == Operation::multiply ? a * b
                                                       : a / b);
    return &scratch;
}

/// Sums and differences of durations and moments; a date counts as its midnight.
const Value* Evaluator::times(const Instruction& instruction, const Value& a, const Value& b,
                              Value& scratch) {
    const bool is_sum = instruction.operation == Operation::add;
    const auto from = read_timestamp(a, environment_.calendar);
    const auto to = read_timestamp(b, environment_.calendar);
    const auto keep = [&](const auto& result) -> const Value* {
        if (!result) return fail(instruction, "time-range");
        scratch = Value(*result);
        return &scratch;
    };
    if (a.duration() != nullptr && b.duration() != nullptr) {
        return keep(is_sum ? add(*a.duration(), *b.duration())
                           : subtract(*a.duration(), *b.duration()));
    }
    if (from && b.duration() != nullptr) {
        return keep(is_sum ? add(*from, *b.duration()) : subtract(*from, *b.duration()));
    }
    if (is_sum && to && a.duration() != nullptr) return keep(add(*to, *a.duration()));
    if (!is_sum && from && to) return keep(subtract(*from, *to));
    return wrong_kind(instruction, b);
}

const Value* Evaluator::join(const Instruction& instruction, const Value& a, const Value& b,
                             Value& scratch) {
    if (a.list() != nullptr && b.list() != nullptr) {
        return join_lists(instruction, *a.list(), *b.list(), scratch);
    }
    const bool are_texts = a.text() != nullptr && b.text() != nullptr;
    const bool are_bytes = a.bytes() != nullptr && b.bytes() != nullptr;
    if (!are_texts && !are_bytes) return wrong_kind(instruction, b);
    auto joined = are_texts ? join_octets(instruction, *a.text(), *b.text())
                            : join_octets(instruction, a.bytes()->octets, b.bytes()->octets);
    if (!joined) return nullptr;
    scratch = are_texts ? Value(*std::move(joined)) : Value(Bytes{*std::move(joined)});
    return &scratch;
}

std::optional<std::string> Evaluator::join_octets(const Instruction& instruction,
                                                  const std::string& a, const std::string& b) {
    const std::size_t size = a.size() + b.size();
    if (size > limits::text_bytes_max) {
        fail(instruction, "text-too-long");
        failure_.number = static_cast<std::int64_t>(limits::text_bytes_max);
        return std::nullopt;
    }
    if (!budget_.spend_bytes(size)) {
        fail(instruction, "cost-limit");
        return std::nullopt;
    }
    std::string joined;
    joined.reserve(size);
    joined.append(a).append(b);
    return joined;
}

const Value* Evaluator::join_lists(const Instruction& instruction, const List& a, const List& b,
                                   Value& scratch) {
    const std::size_t count = a.size() + b.size();
    if (!budget_.spend(count)) return fail(instruction, "cost-limit");
    List joined;
    joined.reserve(count);
    joined.insert(joined.end(), a.begin(), a.end());
    joined.insert(joined.end(), b.begin(), b.end());
    scratch = Value(std::move(joined));
    return &scratch;
}

}  // namespace workflow::expression
