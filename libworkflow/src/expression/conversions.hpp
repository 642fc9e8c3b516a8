// The conversion functions of CEL (cel-spec, "Type Conversions") and type(). Pure functions.
#pragma once

#include "expression/functions.hpp"

namespace workflow::expression {

[[nodiscard]] Result to_boolean(const Arguments& arguments);
[[nodiscard]] Result to_integer(const Arguments& arguments);
[[nodiscard]] Result to_unsigned(const Arguments& arguments);
[[nodiscard]] Result to_number(const Arguments& arguments);
[[nodiscard]] Result to_text(const Arguments& arguments);
[[nodiscard]] Result to_bytes(const Arguments& arguments);
[[nodiscard]] Result to_timestamp(const Arguments& arguments);
[[nodiscard]] Result to_duration(const Arguments& arguments);
[[nodiscard]] Result to_itself(const Arguments& arguments);
[[nodiscard]] Result type_of(const Arguments& arguments);

}  // namespace workflow::expression
