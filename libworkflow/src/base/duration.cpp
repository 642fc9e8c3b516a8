// The text of a Duration (cel-spec, "Timestamps and durations"; Go's time.ParseDuration).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/time_text.hpp"
#include "workflow/limits.hpp"
#include "workflow/time.hpp"

namespace workflow {
namespace {

constexpr std::int64_t second = 1'000'000'000;

struct UnitLength {
    std::string_view name;
    std::int64_t nanoseconds;
};
// The micro sign is U+00B5; the Greek letter U+03BC looks alike and is written as often.
constexpr std::array<UnitLength, 8> unit_lengths{{
    {"h", 3600 * second},
    {"m", 60 * second},
    {"s", second},
    {"ms", 1'000'000},
    {"us", 1'000},
    {"\xc2\xb5s", 1'000},
    {"\xce\xbcs", 1'000},
    {"ns", 1},
}};

/// What has been read, without its sign. Nanoseconds alone would overflow far below the range's
/// end.
struct Magnitude {
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;

    void carry() {
        seconds += nanoseconds / second;
        nanoseconds %= second;
    }
    [[nodiscard]] bool is_too_long() const {
        return seconds > limits::duration_seconds_max ||
               (seconds == limits::duration_seconds_max && nanoseconds > 0);
    }
};

/// `digits` times `unit`; nothing when that is too long.
std::optional<Magnitude> whole_part(std::string_view digits, std::int64_t unit) {
    Magnitude result;
    for (const char digit : digits) {
        result.seconds *= 10;
        result.nanoseconds = result.nanoseconds * 10 + (digit - '0') * unit;
        result.carry();
        if (result.is_too_long()) return std::nullopt;
    }
    return result;
}

/// 0.`digits` times `unit` in whole nanoseconds. From the last digit to the first: a quotient that
/// is cut off at every division is the whole quotient cut off, however many digits there are.
std::int64_t decimal_part(std::string_view digits, std::int64_t unit) {
    std::int64_t result = 0;
    std::for_each(digits.rbegin(), digits.rend(),
                  [&](char digit) { result = ((digit - '0') * unit + result) / 10; });
    return result;
}

/// The unit at the front of `text`, which loses it: all up to the next number.
std::optional<std::int64_t> take_unit(std::string_view& text) {
    const auto begins_number = [](char c) { return c == '.' || base::is_digit(c); };
    const auto end = std::find_if(text.begin(), text.end(), begins_number);
    const std::string_view name =
        text.substr(0, static_cast<std::size_t>(std::distance(text.begin(), end)));
    text.remove_prefix(name.size());
    for (const UnitLength& unit : unit_lengths) {
        if (unit.name == name) return unit.nanoseconds;
    }
    return std::nullopt;
}

/// A number and its unit: `1h`, `1.5h`, `.5h`, `1.h`.
std::optional<Magnitude> take_term(std::string_view& text) {
    const std::string_view whole = base::take_digits(text);
    const std::string_view decimals =
        base::take(text, '.') ? base::take_digits(text) : std::string_view{};
    if (whole.empty() && decimals.empty()) return std::nullopt;
    const auto unit = take_unit(text);
    if (!unit) return std::nullopt;
    auto result = whole_part(whole, *unit);
    if (!result) return std::nullopt;
    result->nanoseconds += decimal_part(decimals, *unit);
    return result;
}

}  // namespace

std::string to_string(Duration duration) {
    const bool negative = duration.seconds < 0 || duration.nanoseconds < 0;
    // Unsigned: the least of the signed numbers has no opposite.
    const auto bits = static_cast<std::uint64_t>(duration.seconds);
    return fmt::format(
        "{}{}{}s", negative ? "-" : "", negative ? 0 - bits : bits,
        base::fraction_text(negative ? -duration.nanoseconds : duration.nanoseconds));
}

std::optional<Duration> parse_duration(std::string_view text) {
    const bool negative = base::take(text, '-');
    if (!negative) static_cast<void>(base::take(text, '+'));
    if (text == "0") return Duration{};
    Magnitude sum;
    do {
        const auto term = take_term(text);
        if (!term) return std::nullopt;
        sum.seconds += term->seconds;
        sum.nanoseconds += term->nanoseconds;
        sum.carry();
        if (sum.is_too_long()) return std::nullopt;
    } while (!text.empty());
    const std::int64_t sign = negative ? -1 : 1;
    return Duration{sign * sum.seconds, static_cast<std::int32_t>(sign * sum.nanoseconds)};
}

}  // namespace workflow
