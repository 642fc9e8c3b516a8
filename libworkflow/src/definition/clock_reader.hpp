// SLA clocks [2.4, R70 to R78] and plain timers [R80]. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// The `sla` of a state: a limit, one SLA, or several by name.
void read_clocks(Draft& draft, const Node& node, procedure::StateIndex owner);
/// The `after` of a state: limit -> way.
void read_timers(Draft& draft, const Node& node, procedure::StateIndex owner);

}  // namespace workflow::definition
