// Parts of timestamps and durations (cel-spec, "Timestamps and durations"), and the working-time
// functions, which are ours. Pure functions.
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

/// `working_days(a, b)`: those after the day of a up to and including the day of b; negative when b
/// lies before a. The first day does not count, the last one does (Civil Code 91/2015, art. 147,
/// 148).
[[nodiscard]] Result working_days(const Arguments& arguments);
/// `add_working_days(t, n)`: the n-th working day after the day of t, which does not count; before
/// it where n is negative; n = 0 is the day itself. A date.
[[nodiscard]] Result add_working_days(const Arguments& arguments);

}  // namespace workflow::expression
