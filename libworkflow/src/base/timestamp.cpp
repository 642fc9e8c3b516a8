// The text of a Timestamp (RFC 3339).
#include <fmt/format.h>

#include "base/time_text.hpp"
#include "workflow/limits.hpp"
#include "workflow/time.hpp"

namespace workflow {
namespace {

using namespace std::chrono;
using base::take;
using base::take_number;

/// A clock's local time; its year may be 0, which a zone can still move into the year 1.
std::optional<local_days> take_day(std::string_view& text) {
    const auto y = take_number(text, 4);
    if (!y || !take(text, '-')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || !take(text, '-')) return std::nullopt;
    const auto d = take_number(text, 2);
    if (!d) return std::nullopt;
    const Date date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return date.ok() ? std::optional(local_days(date)) : std::nullopt;
}

std::optional<seconds> take_full_clock(std::string_view& text) {
    const auto clock = base::take_hours_and_minutes(text);
    if (!clock || !take(text, ':')) return std::nullopt;
    const auto s = take_number(text, 2);
    if (!s || *s > 59) return std::nullopt;
    return *clock + seconds{*s};
}

/// The decimals of a second, if there are any.
std::optional<std::int32_t> take_nanoseconds(std::string_view& text) {
    if (!take(text, '.')) return 0;
    std::string_view digits = base::take_digits(text);
    if (digits.empty() || digits.size() > 9) return std::nullopt;
    const std::size_t width = digits.size();
    std::int32_t result = *take_number(digits, width);
    for (std::size_t i = width; i < 9; ++i) result *= 10;
    return result;
}

std::optional<minutes> take_zone(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) return minutes{0};
    const bool west = take(text, '-');
    if (!west && !take(text, '+')) return std::nullopt;
    const auto distance = base::take_hours_and_minutes(text);
    if (!distance) return std::nullopt;
    return west ? -*distance : *distance;
}

}  // namespace

std::string to_string(Timestamp timestamp) {
    const sys_seconds time{seconds{timestamp.seconds}};
    const sys_days day = floor<days>(time);
    const hh_mm_ss clock(time - day);
    return fmt::format("{}T{:02}:{:02}:{:02}{}Z", to_string(Date(day)), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(),
                       base::fraction_text(timestamp.nanoseconds));
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    const auto day = take_day(text);
    if (!day || !(take(text, 'T') || take(text, 't'))) return std::nullopt;
    const auto clock = take_full_clock(text);
    if (!clock) return std::nullopt;
    const auto nanoseconds = take_nanoseconds(text);
    if (!nanoseconds) return std::nullopt;
    const auto zone = take_zone(text);
    if (!zone || !text.empty()) return std::nullopt;
    const std::int64_t utc = seconds{day->time_since_epoch() + *clock - *zone}.count();
    if (utc < limits::timestamp_seconds_min || utc > limits::timestamp_seconds_max) {
        return std::nullopt;
    }
    return Timestamp{utc, *nanoseconds};
}

}  // namespace workflow
