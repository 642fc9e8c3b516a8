// Literals: from their value to their spelling. Pure functions.
#pragma once

#include <string>

#include "workflow/value.hpp"

namespace workflow::expression {

/// The shortest usual spelling that reads back as `value`, bit for bit: printable ASCII, and other
/// characters of texts as they are. `value` is one that a literal can have: null, a boolean, a
/// number (finite where it is a double), an unsigned integer, a text, or bytes.
[[nodiscard]] std::string literal_text(const Value& value);

}  // namespace workflow::expression
