// A calendar file as a CalendarDefinition (the keys are told in procedures/calendars/README.md).
// Confined to one load.
#pragma once

#include <optional>

#include "definition/reader.hpp"
#include "workflow/calendar.hpp"

namespace workflow::definition {

/// What the file says, checked for form; Calendar::build checks that it does not contradict itself.
/// Nothing when too much is missing for that. Every fault is in `findings`.
[[nodiscard]] std::optional<CalendarDefinition> read_calendar(Findings& findings, const Node& root);

}  // namespace workflow::definition
