// HTML-like labels of Graphviz (graphviz.org/doc/info/shapes.html#html). Pure functions.
#pragma once

#include <string>

#include "exchange/drawing.hpp"

namespace workflow::exchange {

/// With its angle brackets, ready to stand behind `label=`. Whatever the texts hold is escaped.
[[nodiscard]] std::string node_label(const DrawnNode& node, const Drawing& drawing);
[[nodiscard]] std::string frame_label(const DrawnFrame& frame, const Drawing& drawing);
/// Empty: the arrow has nothing to say.
[[nodiscard]] std::string arrow_label(const DrawnArrow& arrow);

}  // namespace workflow::exchange
