// Functions of ours that ask a calendar (language rule R53). A moment is a date or an instant, to
// the millisecond.
// Without a calendar each is the error `no-calendar`, outside its range `beyond-calendar`. Pure
// functions.
#pragma once

#include "expression/functions.hpp"

namespace workflow::expression {

/// `working_days(a, b)`: those after the day of a up to and including the day of b; negative when b
/// lies before a. The first day does not count, the last one does (Civil Code 91/2015, art. 147,
/// 148).
[[nodiscard]] Result working_days(const Arguments& arguments);
/// `add_working_days(t, n)`: the n-th working day after the day of t, which does not count; before
/// it where n is negative; n = 0 is the day itself. A date.
[[nodiscard]] Result add_working_days(const Arguments& arguments);

/// `plus(t, limit)`: where the limit ends that begins at t, as a clock has it: day units and months
/// at the closing of that day, rolled on to a working day, t's day not counted; hours exactly. The
/// limit may be a text: `plus(now, '3 working days')`.
[[nodiscard]] Result plus(const Arguments& arguments);
/// `minus(t, limit)`: the same time of day on the counted day before; hours exactly. Working hours
/// have no way back: the error `limit-backwards`.
[[nodiscard]] Result minus(const Arguments& arguments);

/// `open(t)`: whether offices are open then.
[[nodiscard]] Result is_open(const Arguments& arguments);
/// `opening(t)`, `closing(t)`: of the day of t; of a day off its midnight, and the latest closing.
[[nodiscard]] Result opening(const Arguments& arguments);
[[nodiscard]] Result closing(const Arguments& arguments);
/// `next('last working day of month', t)`: the first date of the rule strictly after the day of t.
[[nodiscard]] Result next_date(const Arguments& arguments);
/// `next_open(t)`: t itself when offices are open then, else the next opening.
[[nodiscard]] Result next_open(const Arguments& arguments);
/// `clock(t)`: what the calendar's clocks show, 'HH:MM'.
[[nodiscard]] Result clock_text(const Arguments& arguments);

}  // namespace workflow::expression
