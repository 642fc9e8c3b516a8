// Finds a byte of a scalar's text again in the file: through folds, indentation, doubled quotes and
// escapes. Pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace workflow::definition {

/// Where byte `offset` of `text` stands in `source`, in which the scalar's own characters begin at
/// `start`, behind its quote or its block's header. At the end of the text, and in white space that
/// ends it: behind its last visible character.
[[nodiscard]] std::size_t walk_scalar(std::string_view source, std::size_t start,
                                      std::string_view text, std::size_t offset);

}  // namespace workflow::definition
