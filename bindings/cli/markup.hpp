// Text within XML, HTML and SVG. Pure.
#pragma once

#include <string>
#include <string_view>

namespace workflow::cli {

/// One line, as content of an element or value of an attribute: whatever it holds, it is only shown. What XML 1.0
/// has no place for is made printable.
[[nodiscard]] std::string markup_text(std::string_view line);

}  // namespace workflow::cli
