// Parts of timestamps and durations (cel-spec, "Timestamps and durations"). Pure functions.
#pragma once

#include "expression/civil_time.hpp"
#include "expression/functions.hpp"

namespace workflow::expression {

/// A timestamp, an instant, or a date: its midnight in the calendar's zone, in UTC without one.
[[nodiscard]] std::optional<Timestamp> read_timestamp(const Value& value, const Calendar* calendar);

/// One part of a timestamp, in the zone that the second argument names, else in UTC; of a date:
/// what its own day says; of a duration.
[[nodiscard]] Result time_part(const Arguments& arguments, TimePart part);
template <TimePart Part>
[[nodiscard]] Result part(const Arguments& arguments) {
    return time_part(arguments, Part);
}

}  // namespace workflow::expression
