// Arithmetic and parts of CEL's timestamps and durations (cel-spec, "Timestamps and durations").
// Pure functions. A timestamp or duration that is handed in is in its range.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "workflow/calendar.hpp"
#include "workflow/time.hpp"

namespace workflow::expression {

/// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
[[nodiscard]] bool is_in_range(Timestamp timestamp);
/// At most 315,576,000,000 seconds either way (google.protobuf.Duration).
[[nodiscard]] bool is_in_range(Duration duration);

// Nothing when the result is out of its range.
[[nodiscard]] std::optional<Duration> add(Duration a, Duration b);
[[nodiscard]] std::optional<Duration> subtract(Duration a, Duration b);
[[nodiscard]] std::optional<Timestamp> add(Timestamp a, Duration b);
[[nodiscard]] std::optional<Timestamp> subtract(Timestamp a, Duration b);
/// Also nothing when it does not fit 64 bits of nanoseconds, some 292 years: so have it the
/// conformance cases of cel-spec.
[[nodiscard]] std::optional<Duration> subtract(Timestamp a, Timestamp b);
[[nodiscard]] Duration negated(Duration duration);

/// In its range when `instant` is.
[[nodiscard]] Timestamp timestamp_of(Instant instant);
/// Midnight of `day` for clocks at `offset`.
[[nodiscard]] Timestamp timestamp_of(Day day, UtcOffset offset);

enum class TimePart : std::uint8_t {
    full_year,
    month,         ///< from 0
    day_of_month,  ///< from 0
    date,          ///< day of the month from 1
    day_of_week,   ///< Sunday is 0
    day_of_year,   ///< from 0
    hours,
    minutes,
    seconds,
    milliseconds,
};
/// What clocks at `offset` show at `timestamp`.
[[nodiscard]] std::int64_t part_of(Timestamp timestamp, UtcOffset offset, TimePart part);
/// The whole duration in hours, minutes or seconds, without its fraction; of milliseconds only
/// those within its second. Nothing for another part.
[[nodiscard]] std::optional<std::int64_t> part_of(Duration duration, TimePart part);

/// `UTC`, a fixed offset up to 23:59 (`+07:00`, `-09:30`, `07:00`), or the calendar's own zone by
/// its name; `calendar` may be null. Nothing for another name: what it stands for would be hidden
/// in the machine's files.
[[nodiscard]] std::optional<UtcOffset> zone_offset(std::string_view name, const Calendar* calendar);

}  // namespace workflow::expression
