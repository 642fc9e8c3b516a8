// Just enough XML to see whether a picture is well formed and which text it shows. Pure function.
#pragma once

#include <string>
#include <string_view>

namespace workflow::testing {

struct XmlText {
    std::string problem;  ///< empty: well formed as far as an SVG of Graphviz goes
    std::string shown;    ///< what stands in <text> elements, decoded, one line each
};

/// Elements nested and closed, attributes quoted, no bare & or <, no character that XML 1.0
/// forbids.
[[nodiscard]] XmlText read_xml(std::string_view xml);

}  // namespace workflow::testing
