// Hostile text made harmless before it is drawn. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::exchange {

/// Characters of one title in a picture; what is longer ends in an ellipsis.
inline constexpr std::size_t title_characters_max = 160;
/// Of a sentence made of several titles.
inline constexpr std::size_t line_characters_max = 480;

/// One line of valid UTF-8 that XML 1.0 may hold: every run of blanks and line breaks is one blank;
/// control characters, invalid bytes and marks that turn the direction of writing are U+FFFD.
[[nodiscard]] std::string harmless(std::string_view text,
                                   std::size_t characters_max = title_characters_max);
/// The harmless text in lines of about `width` columns; a longer word is cut. Never empty.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width,
                                               std::size_t characters_max = title_characters_max);
/// A line for XML and for HTML-like labels of Graphviz.
[[nodiscard]] std::string html(std::string_view harmless_line);
/// A line for a quoted label of Mermaid: letters, digits, blanks and what is not ASCII as they are,
/// all else as its entity code (mermaid.js.org, "Entity codes to escape characters").
[[nodiscard]] std::string mermaid(std::string_view harmless_line);

}  // namespace workflow::exchange
