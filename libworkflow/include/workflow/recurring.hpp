// Dates that come back: `monday`, `12-31`, `last working day of quarter`. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "workflow/calendar.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// A rule for dates. Immutable.
struct RecurringDate {
    enum class Kind : std::uint8_t {
        yearly,  ///< a month and a day; of 02-29, where there is none, the last day of February
        weekly,  ///< a weekday
        first,   ///< the first day, or working day, of a period
        last,    ///< the last day, or working day, of a period
    };
    enum class Period : std::uint8_t { week, month, quarter, year };  ///< a week begins on Monday
    Kind kind = Kind::yearly;
    std::uint8_t month = 1;    ///< yearly
    std::uint8_t day = 1;      ///< yearly
    std::uint8_t weekday = 0;  ///< weekly: 0 Sunday to 6 Saturday
    Period period = Period::month;
    bool working = false;  ///< first, last: of the working days
    friend bool operator==(const RecurringDate&, const RecurringDate&) = default;
};

/// Reads `12-31`, `monday`, `first day of month`, `last working day of quarter`; periods are week,
/// month, quarter and year. Nothing for anything else.
[[nodiscard]] std::optional<RecurringDate> parse_recurring(std::string_view text);

/// The first day of the rule strictly after `after`. A period without a working day has none.
/// Error{limit} where it lies outside the calendar.
[[nodiscard]] Day next(const RecurringDate& rule, Day after, const Calendar& calendar);

}  // namespace workflow
