// JSON that others hand in, a line at a time, within bounds. Confined.
#pragma once

#include <cstddef>
#include <istream>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace workflow::cli {

/// Bytes of one line of a batch, its end not counted.
inline constexpr std::size_t line_bytes_max = 16U * 1024U * 1024U;
/// Objects and arrays within each other.
inline constexpr std::size_t json_depth_max = 256;

struct InputLine {
    std::string text;
    bool is_too_long = false;  ///< above line_bytes_max: read to its end, and its text dropped
};
/// The next line without its '\n', or nothing at the end. std::ios_base::failure when the input
/// cannot be read.
[[nodiscard]] std::optional<InputLine> next_line(std::istream& input);

/// One JSON value. Failure in `language` when it is none, or nested deeper than json_depth_max.
[[nodiscard]] nlohmann::json read_json(std::string_view text, const std::string& language);

/// The beginning of what was given, to quote it in a sentence.
[[nodiscard]] std::string excerpt(const nlohmann::json& json);

}  // namespace workflow::cli
