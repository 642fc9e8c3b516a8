// Steps of a deadline that its explanation tells too. Pure functions.
#pragma once

#include "workflow/calendar.hpp"
#include "workflow/limits.hpp"

namespace workflow::calendar {

/// Whether a limit in `unit` ends with a day; else it ends at a time.
[[nodiscard]] bool counts_days(Unit unit);
/// The last day that a limit in a day unit counts, before it is rolled on to a working day.
/// Error{limit} past the calendar's range.
[[nodiscard]] Day last_counted(const Calendar& calendar, Day from, Limit limit);

}  // namespace workflow::calendar
