// UTF-8 (RFC 3629). Pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "workflow/visibility.hpp"

namespace workflow {
// The library of the PostgreSQL store, of the same version, uses these.
namespace base WORKFLOW_PUBLIC {

/// Bytes of the first character of `text`; 0 when they are no valid UTF-8 (overlong forms, surrogates
/// and anything above U+10FFFF included) or there is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);
/// Position of the first byte that is not valid, or npos.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);
/// Columns that `text` takes in a terminal's table: combining marks take none.
[[nodiscard]] std::size_t utf8_width(std::string_view text);

}  // namespace base
}  // namespace workflow
