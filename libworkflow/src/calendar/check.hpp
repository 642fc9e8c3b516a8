// What contradicts itself in a calendar. Pure function.
#pragma once

#include "workflow/calendar.hpp"

namespace workflow::calendar {

/// Findings in the order of the definition; at most limits::diagnostics_max.
[[nodiscard]] Diagnostics check(const CalendarDefinition& definition);

}  // namespace workflow::calendar
