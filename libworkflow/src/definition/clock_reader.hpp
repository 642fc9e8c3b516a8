// SLA clocks [2.4, R70 to R78] and plain timers [R80]. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// The `sla` of a state: a limit, one SLA, or several by name.
/// Whether `sla` holds clocks by name and not the keys of one.
[[nodiscard]] bool names_several_clocks(const Node& sla);
/// What a clock is called that has no name of its own.
[[nodiscard]] std::string unnamed_clock(const procedure::Model& model,
                                        procedure::StateIndex owner);
void read_clocks(Draft& draft, const Node& node, procedure::StateIndex owner);
/// The `after` of a state: limit -> way.
void read_timers(Draft& draft, const Node& node, procedure::StateIndex owner);

/// The number of the calendar of that id; the first time that it is named it gets one.
[[nodiscard]] procedure::CalendarIndex calendar_number(Draft& draft, const Node& node);
/// Every length that the clock can have, as far as the file tells; of a fixed date none.
[[nodiscard]] std::vector<Limit> possible_limits(const procedure::Model& model,
                                                 const procedure::Clock& clock);

}  // namespace workflow::definition
