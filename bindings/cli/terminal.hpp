// What the terminal can show: colours, and how wide a text is. Confined.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace workflow::cli {

enum class Tone { plain, strong, faint, good, warning, bad };

/// Columns that text is laid out for.
inline constexpr std::size_t page_width = 100;

/// True for a terminal, unless NO_COLOR (no-color.org) is set or TERM is `dumb`.
[[nodiscard]] bool shows_colour(std::FILE* stream);
/// `text` as it is, or between the escape codes of its tone.
[[nodiscard]] std::string toned(std::string_view text, Tone tone, bool colour);

/// Columns that `text`, which is printable UTF-8, takes: combining marks take none.
[[nodiscard]] std::size_t display_width(std::string_view text);
/// Lines of at most `width` columns, broken at blanks, and inside words that are longer.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// Writes to stdout; Error{storage} when that fails (a closed pipe, a full disk).
void print(std::string_view text);
void print_error(std::string_view text);

}  // namespace workflow::cli
