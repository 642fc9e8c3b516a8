// Instants, dates, lengths of time as law states them, and their ISO 8601 text. Immutable.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// A point on the UTC time line, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
/// A civil date of the Gregorian calendar, without a time zone.
using Date = std::chrono::year_month_day;
/// The same date as a number of days since 1970-01-01, for arithmetic.
using Day = std::chrono::local_days;
/// Distance of a zone's clock from UTC; positive east of Greenwich.
using UtcOffset = std::chrono::minutes;

/// What a limit counts in. Day units never count the day of the event (Civil Code 91/2015, art. 147).
enum class Unit : std::uint8_t {
    working_days,
    working_hours,
    days,
    hours,
    minutes,
    weeks,
    months,
    years,
};

/// A length of time as a procedure states it: `30 working days`, `5 days`, `1 month`.
struct Limit {
    std::int32_t count = 0;
    Unit unit = Unit::working_days;
    friend bool operator==(const Limit&, const Limit&) = default;
};

/// A length of physical time, exact to the nanosecond; seconds and nanoseconds have one sign, and
/// nanoseconds lie within (-10^9, 10^9). Within expressions: CEL's google.protobuf.Duration.
struct Duration {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
    friend auto operator<=>(const Duration&, const Duration&) = default;
};

/// A point on the UTC time line, exact to the nanosecond, which lie in [0, 10^9). Within
/// expressions: CEL's google.protobuf.Timestamp.
struct Timestamp {
    std::int64_t seconds = 0;  ///< since 1970-01-01T00:00:00Z
    std::int32_t nanoseconds = 0;
    friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

/// `working days`, `hours` ... in the plural, English; the words a definition uses.
[[nodiscard]] const char* to_string(Unit unit);
/// `30 working days`, `1 working day`.
[[nodiscard]] std::string to_string(Limit limit);
/// Reads `30 working days`, `1 working day`, `2 weeks`; number and unit need not agree in number.
/// Nothing for anything else: `30 workdays`, `-1 day`, `P5D`, a count above limits::limit_count_max.
[[nodiscard]] std::optional<Limit> parse_limit(std::string_view text);
/// What a person should write instead of `text`, in English: for a diagnostic's mend. Never empty.
[[nodiscard]] std::string limit_advice(std::string_view text);

/// `2017-06-08`.
[[nodiscard]] std::string to_string(Date date);
[[nodiscard]] std::string to_string(Day day);
/// Reads `2017-06-08` exactly; nothing for a date that does not exist. Years 1900 to 2999.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// `2017-06-08T17:00:00+07:00`; milliseconds only where there are any.
[[nodiscard]] std::string to_string(Instant instant, UtcOffset offset);
/// `2017-06-08 17:00` for people.
[[nodiscard]] std::string to_short_string(Instant instant, UtcOffset offset);
/// Reads `2017-06-08T17:00:00+07:00`, `...Z`, a blank instead of `T`, with or without seconds and
/// milliseconds. Without a zone the time is that of `offset`; a date alone is its midnight there.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text, UtcOffset offset);
/// Reads `+07:00`, `-03:30` or `Z`.
[[nodiscard]] std::optional<UtcOffset> parse_offset(std::string_view text);

/// `5400s`, `-1.5s`, `0.001s`: seconds, with the fewest decimals that say all of it (as cel-go has
/// CEL's string(duration)).
[[nodiscard]] std::string to_string(Duration duration);
/// Reads `1h30m`, `-1.5s`, `100ms`, `1us`, `2ns`, `0` as CEL's duration() does (Go's
/// time.ParseDuration): numbers with units (h m s ms us ns) after one sign at most. What is finer
/// than a nanosecond is cut off. Nothing for anything else, and for what is longer than
/// limits::duration_seconds_max.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
/// `2009-02-13T23:31:30.5Z`: RFC 3339 in UTC, with the fewest decimals that say all of it. Of the
/// years 1 to 9999.
[[nodiscard]] std::string to_string(Timestamp timestamp);
/// Reads RFC 3339 with a zone and up to nine decimals, `t` and `z` of either case; no leap second.
/// The year at UTC is 1 to 9999.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

/// The civil day on which `instant` falls for clocks at `offset`.
[[nodiscard]] constexpr Day day_of(Instant instant, UtcOffset offset) {
    return std::chrono::floor<std::chrono::days>(
        std::chrono::local_time<std::chrono::milliseconds>(instant.time_since_epoch() + offset));
}
/// The instant at which clocks at `offset` show `since_midnight` on `day`; 24:00 is the end of it.
[[nodiscard]] constexpr Instant instant_of(Day day, std::chrono::minutes since_midnight,
                                           UtcOffset offset) {
    return Instant(std::chrono::milliseconds(day.time_since_epoch() + since_midnight - offset));
}

}  // namespace workflow
