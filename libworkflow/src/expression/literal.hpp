// Literals: from their spelling to their value. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "workflow/value.hpp"

namespace workflow::expression {

/// What is wrong with a literal, at a byte of its spelling.
struct LiteralProblem {
    std::string code;
    std::size_t position = 0;
    std::string argument;
};

/// A quoted text with its quotes and its optional `r`; escapes as cel-spec's "String and Bytes
/// Values" lists them.
[[nodiscard]] std::variant<Value, LiteralProblem> read_text(std::string_view spelling);
/// The same after its `b`; each escape but those of Unicode is one octet, characters are UTF-8.
[[nodiscard]] std::variant<Value, LiteralProblem> read_bytes(std::string_view spelling);
/// A decimal or hexadecimal integer with its `u`.
[[nodiscard]] std::variant<Value, LiteralProblem> read_unsigned(std::string_view spelling);
/// A number with its optional minus: decimal or hexadecimal integer, or a double.
[[nodiscard]] std::variant<Value, LiteralProblem> read_number(std::string_view spelling);

}  // namespace workflow::expression
