// More time for clocks [R76], and the names of clocks and actions that are known only at the end of
// the file. Confined.
#pragma once

#include <vector>

#include "definition/way_reader.hpp"

namespace workflow::definition {

/// The `extend` of a way: clock -> limit, or an expression of type limit, date or instant.
[[nodiscard]] std::vector<procedure::Extension> read_extensions(Draft& draft, const Node& node,
                                                                const WayFrame& frame);
/// Once every state has been read: which clock each `extend` means and whether its unit fits, and
/// where the actions are that start or stop a clock.
void resolve_clock_names(Draft& draft);

}  // namespace workflow::definition
