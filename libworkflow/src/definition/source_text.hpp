// A file's bytes as lines and characters, and what must hold of them before YAML is read. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "workflow/diagnostic.hpp"

namespace workflow::definition {

/// White space, as YAML has it.
[[nodiscard]] inline bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}
/// The place of byte `offset` of `source`.
[[nodiscard]] Place place_of(std::string_view source, std::size_t offset, const std::string& file);
/// Byte at which line `line` (from 1) starts; the length of `source` when it has fewer lines.
[[nodiscard]] std::size_t line_start(std::string_view source, std::uint32_t line);
/// Characters (not bytes) of `text`, which is valid UTF-8.
[[nodiscard]] std::uint32_t count_characters(std::string_view text);

/// How a collection in [ ] or { } goes on behind its opening bracket.
struct FlowScan {
    bool closed = false;
    std::size_t too_deep_at = std::string_view::npos;  ///< first bracket beyond the allowed depth
};
/// Follows the brackets from the one at `opening` on, quotes and comments left aside.
[[nodiscard]] FlowScan scan_flow(std::string_view source, std::size_t opening,
                                 std::size_t depth_max);
/// Whether the quote that opens at `opening` closes such that `text` is what stands between.
/// yaml-cpp ends a quoted text silently where a line is indented less.
[[nodiscard]] bool is_quote_closed(std::string_view source, std::size_t opening,
                                   std::string_view text);
/// False, with a finding, when the file is too large, is not UTF-8, holds a NUL or indents by a
/// tab.
[[nodiscard]] bool check_source(std::string_view source, const std::string& file,
                                Diagnostics& diagnostics);

}  // namespace workflow::definition
