// Why a text is no expression, in the words of a person. Pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "workflow/expression.hpp"

namespace workflow::expression {

/// What the grammar wanted where it could not go on.
enum class Expectation : std::uint8_t {
    operand,
    name,
    closing,  ///< the bracket that belongs to the one that is open
    colon,
    quote,
    end,
};

struct SyntaxFailure {
    Expectation expected = Expectation::operand;
    std::size_t offset = 0;  ///< where the grammar stopped
    std::size_t opened = 0;  ///< the innermost open bracket or quote
};

[[nodiscard]] ExpressionProblem describe(std::string_view source, const SyntaxFailure& failure);

/// `&&` for `and`, `||` for `or`, `!` for `not`, `!=` for `<>` ...; empty when `word` is no such
/// slip.
[[nodiscard]] std::string_view meant_operator(std::string_view word);

}  // namespace workflow::expression
