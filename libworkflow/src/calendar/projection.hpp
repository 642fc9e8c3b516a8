// Days off of the years that no notice has announced yet, from the recurring rules. Pure functions.
#pragma once

#include <vector>

#include "workflow/calendar.hpp"

namespace workflow::calendar {

/// A day off that is no weekly day off, and the rule that makes it one (of the given definition).
struct ProjectedDay {
    Day day;
    const RecurringRule* rule;
};

/// Days in (announced_until, last], each once, of a definition that was checked.
[[nodiscard]] std::vector<ProjectedDay> project(const CalendarDefinition& definition);

}  // namespace workflow::calendar
