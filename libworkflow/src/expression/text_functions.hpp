// Functions on texts, octets, lists and maps (cel-spec, "List of Standard Definitions"). Pure
// functions.
#pragma once

#include "expression/functions.hpp"

namespace workflow::expression {

/// Characters of a text (code points), octets of bytes, items of a list, keys of a map.
[[nodiscard]] Result size_of(const Arguments& arguments);
[[nodiscard]] Result contains(const Arguments& arguments);
[[nodiscard]] Result starts_with(const Arguments& arguments);
[[nodiscard]] Result ends_with(const Arguments& arguments);
/// Whether a part of the text matches the pattern (RE2), in time linear in the text.
[[nodiscard]] Result matches(const Arguments& arguments);

}  // namespace workflow::expression
