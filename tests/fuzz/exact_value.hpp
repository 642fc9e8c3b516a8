// Values of expressions written out, for comparing two runs and for what no value may exceed. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "workflow/expression.hpp"

namespace workflow::fuzz {

using Outcome = std::variant<Value, EvaluationError>;

/// Two outcomes with the same text are the same: kinds, and numbers to the bit (NaN is NaN), are
/// told apart. A value may hold the same part very often; what stands behind the first 10,000 parts
/// is left out.
[[nodiscard]] std::string exact(const Outcome& outcome);

/// What of `value` is longer than limits.hpp allows, or nothing; looks at the same 10,000 parts.
[[nodiscard]] std::string beyond_limits(const Value& value);

}  // namespace workflow::fuzz
