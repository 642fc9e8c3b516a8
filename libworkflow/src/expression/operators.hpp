// Operators: their signs and the operations they become. Pure functions.
#pragma once

#include <string_view>

#include "expression/ast.hpp"
#include "expression/program.hpp"

namespace workflow::expression {

/// Of an operator; what is no operator counts as `conditional`.
[[nodiscard]] Operation operation_of(Syntax syntax);
/// As a person writes it, for messages.
[[nodiscard]] std::string_view spelling(Syntax syntax);

}  // namespace workflow::expression
