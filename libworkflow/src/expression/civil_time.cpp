#include "expression/civil_time.hpp"

#include "base/time_text.hpp"
#include "workflow/limits.hpp"

namespace workflow::expression {
namespace {

using namespace std::chrono;

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

/// Whole seconds are carried over and both parts brought to one sign.
Duration duration_of_parts(std::int64_t whole, std::int64_t nanoseconds) {
    whole += nanoseconds / nanoseconds_per_second;
    nanoseconds %= nanoseconds_per_second;
    if (whole > 0 && nanoseconds < 0) {
        whole -= 1;
        nanoseconds += nanoseconds_per_second;
    } else if (whole < 0 && nanoseconds > 0) {
        whole += 1;
        nanoseconds -= nanoseconds_per_second;
    }
    return {whole, static_cast<std::int32_t>(nanoseconds)};
}

/// Of `nanoseconds` within (-2 * 10^9, 2 * 10^9).
Timestamp timestamp_of_parts(std::int64_t whole, std::int64_t nanoseconds) {
    if (nanoseconds < 0) {
        whole -= 1;
        nanoseconds += nanoseconds_per_second;
    } else if (nanoseconds >= nanoseconds_per_second) {
        whole += 1;
        nanoseconds -= nanoseconds_per_second;
    }
    return {whole, static_cast<std::int32_t>(nanoseconds)};
}

/// `+hh:mm`, `-hh:mm` or `hh:mm`.
std::optional<UtcOffset> fixed_offset(std::string_view text) {
    const bool west = base::take(text, '-');
    if (!west) static_cast<void>(base::take(text, '+'));
    const auto distance = base::take_hours_and_minutes(text);
    if (!distance || !text.empty()) return std::nullopt;
    return west ? -*distance : *distance;
}

template <typename Time>
std::optional<Time> within_range(Time time) {
    return is_in_range(time) ? std::optional(time) : std::nullopt;
}

}  // namespace

bool is_in_range(Timestamp timestamp) {
    return timestamp.seconds >= limits::timestamp_seconds_min &&
           timestamp.seconds <= limits::timestamp_seconds_max;
}

bool is_in_range(Duration duration) {
    return duration >= Duration{-limits::duration_seconds_max, 0} &&
           duration <= Duration{limits::duration_seconds_max, 0};
}

std::optional<Duration> add(Duration a, Duration b) {
    return within_range(
        duration_of_parts(a.seconds + b.seconds, std::int64_t{a.nanoseconds} + b.nanoseconds));
}

std::optional<Duration> subtract(Duration a, Duration b) {
    return add(a, negated(b));
}

std::optional<Timestamp> add(Timestamp a, Duration b) {
    return within_range(
        timestamp_of_parts(a.seconds + b.seconds, std::int64_t{a.nanoseconds} + b.nanoseconds));
}

std::optional<Timestamp> subtract(Timestamp a, Duration b) {
    return add(a, negated(b));
}

std::optional<Duration> subtract(Timestamp a, Timestamp b) {
    const Duration distance =
        duration_of_parts(a.seconds - b.seconds, std::int64_t{a.nanoseconds} - b.nanoseconds);
    std::int64_t count = 0;
    const bool overflows =
        __builtin_mul_overflow(distance.seconds, std::int64_t{1'000'000'000}, &count) ||
        __builtin_add_overflow(count, std::int64_t{distance.nanoseconds}, &count);
    return overflows ? std::nullopt : std::optional(distance);
}

Duration negated(Duration duration) {
    return {-duration.seconds, -duration.nanoseconds};
}

Timestamp timestamp_of(Instant instant) {
    const auto whole = floor<seconds>(instant);
    const nanoseconds rest = instant - whole;
    return {whole.time_since_epoch().count(), static_cast<std::int32_t>(rest.count())};
}

Timestamp timestamp_of(Day day, UtcOffset offset) {
    return {seconds{day.time_since_epoch() - offset}.count(), 0};
}

std::int64_t part_of(Timestamp timestamp, UtcOffset offset, TimePart part) {
    const local_seconds local{seconds{timestamp.seconds} + offset};
    const Day day = floor<days>(local);
    const Date date{day};
    const hh_mm_ss clock(local - day);
    switch (part) {
        case TimePart::full_year:
            return int{date.year()};
        case TimePart::month:
            return unsigned{date.month()} - 1;
        case TimePart::day_of_month:
            return unsigned{date.day()} - 1;
        case TimePart::date:
            return unsigned{date.day()};
        case TimePart::day_of_week:
            return weekday{day}.c_encoding();
        case TimePart::day_of_year:
            return (day - Day{date.year() / January / 1}).count();
        case TimePart::hours:
            return clock.hours().count();
        case TimePart::minutes:
            return clock.minutes().count();
        case TimePart::seconds:
            return clock.seconds().count();
        case TimePart::milliseconds:
            return timestamp.nanoseconds / 1'000'000;
    }
    return 0;
}

std::optional<std::int64_t> part_of(Duration duration, TimePart part) {
    switch (part) {
        case TimePart::hours:
            return duration.seconds / 3600;
        case TimePart::minutes:
            return duration.seconds / 60;
        case TimePart::seconds:
            return duration.seconds;
        case TimePart::milliseconds:
            return duration.nanoseconds / 1'000'000;
        case TimePart::full_year:
        case TimePart::month:
        case TimePart::day_of_month:
        case TimePart::date:
        case TimePart::day_of_week:
        case TimePart::day_of_year:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<UtcOffset> zone_offset(std::string_view name, const Calendar* calendar) {
    if (name.empty()) return std::nullopt;
    if (name == "UTC") return UtcOffset{0};
    if (const auto fixed = fixed_offset(name)) return fixed;
    // What looks like an offset is one, even where a calendar is named so.
    if (calendar != nullptr && name == calendar->definition().zone_name) return calendar->offset();
    return std::nullopt;
}

}  // namespace workflow::expression
