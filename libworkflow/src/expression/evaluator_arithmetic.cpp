#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "expression/evaluator.hpp"

namespace workflow::expression {
namespace {

std::optional<double> as_number(const Value& value) {
    if (value.number() != nullptr) return *value.number();
    if (value.integer() != nullptr) return static_cast<double>(*value.integer());
    return std::nullopt;
}

std::int64_t code_points(const std::string& text) {
    return std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
    });
}

template <class Number>
std::optional<Number> parse(std::string_view text) {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    Number value{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

std::string utc_text(Instant instant) {
    std::string text = to_string(instant, UtcOffset{0});
    constexpr std::string_view zero = "+00:00";
    if (text.ends_with(zero)) text.replace(text.size() - zero.size(), zero.size(), "Z");
    return text;
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
    if (instruction.operation == Operation::add) {
        if (left->text() != nullptr && right->text() != nullptr) {
            return join_texts(instruction, *left, *right, scratch);
        }
        if (left->list() != nullptr && right->list() != nullptr) {
            return join_lists(instruction, *left, *right, scratch);
        }
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
    std::int64_t result = 0;
    if (__builtin_sub_overflow(std::int64_t{0}, *operand->integer(), &result)) {
        return fail(instruction, "overflow");
    }
    scratch = Value(result);
    return &scratch;
}

const Value* Evaluator::integers(const Instruction& instruction, std::int64_t a, std::int64_t b,
                                 Value& scratch) {
    std::int64_t result = 0;
    bool overflows = false;
    const Operation operation = instruction.operation;
    if (operation == Operation::divide || operation == Operation::remainder) {
        if (b == 0) return fail(instruction, "division-by-zero");
        overflows = a == std::numeric_limits<std::int64_t>::min() && b == -1;
        if (!overflows) result = operation == Operation::divide ? a / b : a % b;
    } else if (operation == Operation::add) {
        overflows = __builtin_add_overflow(a, b, &result);
    } else if (operation == Operation::subtract) {
        overflows = __builtin_sub_overflow(a, b, &result);
    } else {
        overflows = __builtin_mul_overflow(a, b, &result);
    }
    if (overflows) return fail(instruction, "overflow");
    scratch = Value(result);
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

const Value* Evaluator::join_texts(const Instruction& instruction, const Value& a, const Value& b,
                                   Value& scratch) {
    const std::size_t bytes = a.text()->size() + b.text()->size();
    if (bytes > limits::text_bytes_max) {
        fail(instruction, "text-too-long");
        failure_.number = static_cast<std::int64_t>(limits::text_bytes_max);
        return nullptr;
    }
    if (!budget_.spend_bytes(bytes)) return fail(instruction, "cost-limit");
    std::string joined;
    joined.reserve(bytes);
    joined.append(*a.text()).append(*b.text());
    scratch = Value(std::move(joined));
    return &scratch;
}

const Value* Evaluator::join_lists(const Instruction& instruction, const Value& a, const Value& b,
                                   Value& scratch) {
    const std::size_t count = a.list()->size() + b.list()->size();
    if (!budget_.spend(count)) return fail(instruction, "cost-limit");
    List joined;
    joined.reserve(count);
    joined.insert(joined.end(), a.list()->begin(), a.list()->end());
    joined.insert(joined.end(), b.list()->begin(), b.list()->end());
    scratch = Value(std::move(joined));
    return &scratch;
}

const Value* Evaluator::size(const Instruction& instruction, Value& scratch) {
    Value operand_scratch;
    const Value* operand = read_required(child(instruction, 0), operand_scratch);
    if (operand == nullptr) return nullptr;
    if (const std::string* text = operand->text()) {
        if (!budget_.spend_bytes(text->size())) return fail(instruction, "cost-limit");
        scratch = Value(code_points(*text));
    } else if (operand->list() != nullptr) {
        scratch = Value(static_cast<std::int64_t>(operand->list()->size()));
    } else if (operand->members() != nullptr) {
        scratch = Value(static_cast<std::int64_t>(operand->members()->size()));
    } else {
        return wrong_kind(instruction, *operand);
    }
    return &scratch;
}

const Value* Evaluator::to_integer(const Instruction& instruction, Value& scratch) {
    Value operand_scratch;
    const Value* operand = read_required(child(instruction, 0), operand_scratch);
    if (operand == nullptr) return nullptr;
    std::optional<std::int64_t> result;
    if (operand->integer() != nullptr) {
        result = *operand->integer();
    } else if (const double* number = operand->number()) {
        constexpr double bound = 9223372036854775808.0;
        if (!(*number > -bound && *number < bound)) return fail(instruction, "overflow");
        result = static_cast<std::int64_t>(*number);
    } else if (operand->text() != nullptr) {
        result = parse<std::int64_t>(*operand->text());
        if (!result) return fail(instruction, "no-conversion", "int");
    }
    if (!result) return wrong_kind(instruction, *operand);
    scratch = Value(*result);
    return &scratch;
}

const Value* Evaluator::to_number(const Instruction& instruction, Value& scratch) {
    Value operand_scratch;
    const Value* operand = read_required(child(instruction, 0), operand_scratch);
    if (operand == nullptr) return nullptr;
    std::optional<double> result = as_number(*operand);
    if (operand->text() != nullptr) {
        result = parse<double>(*operand->text());
        if (!result) return fail(instruction, "no-conversion", "double");
    }
    if (!result) return wrong_kind(instruction, *operand);
    scratch = Value(*result);
    return &scratch;
}

const Value* Evaluator::to_text(const Instruction& instruction, Value& scratch) {
    Value operand_scratch;
    const Value* operand = read_required(child(instruction, 0), operand_scratch);
    if (operand == nullptr) return nullptr;
    if (operand->text() != nullptr) {
        scratch = take(operand, operand_scratch);
    } else if (operand->boolean() != nullptr) {
        scratch = Value(*operand->boolean() ? "true" : "false");
    } else if (operand->integer() != nullptr) {
        scratch = Value(std::to_string(*operand->integer()));
    } else if (operand->number() != nullptr) {
        scratch = Value(fmt::format("{}", *operand->number()));
    } else if (operand->day() != nullptr) {
        scratch = Value(to_string(*operand->day()));
    } else if (operand->instant() != nullptr) {
        scratch = Value(utc_text(*operand->instant()));
    } else {
        return wrong_kind(instruction, *operand);
    }
    return &scratch;
}

}  // namespace workflow::expression
