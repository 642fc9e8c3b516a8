#include "expression/calendar_functions.hpp"

#include <fmt/format.h>

#include "expression/civil_time.hpp"
#include "expression/time_functions.hpp"
#include "workflow/error.hpp"
#include "workflow/recurring.hpp"

namespace workflow::expression {
namespace {

Instant to_instant(Timestamp timestamp) {
    return Instant(std::chrono::seconds(timestamp.seconds) +
                   std::chrono::milliseconds(timestamp.nanoseconds / 1'000'000));
}

/// A moment and the day on which it falls by the calendar's clocks.
struct Moment {
    Instant instant;
    Day day;
};

std::optional<Moment> read_moment(const Value& value, const Calendar& calendar) {
    const auto timestamp = read_timestamp(value, &calendar);
    if (!timestamp) return std::nullopt;
    const Instant instant = to_instant(*timestamp);
    return Moment{instant, day_of(instant, calendar.offset())};
}

/// Calls `compute` with the first argument; where its days leave the calendar's range that throws.
template <class Compute>
Result with_moment(const Arguments& arguments, Compute compute) {
    if (arguments.calendar == nullptr) return {.error = "no-calendar"};
    const auto moment = read_moment(arguments.first, *arguments.calendar);
    if (!moment) return wrong_kind(arguments.first);
    try {
        return compute(*arguments.calendar, *moment);
    } catch (const Error&) {
        return {.error = "beyond-calendar"};
    }
}

/// A limit, or the text of one.
std::optional<Limit> read_limit(const Value& value) {
    if (value.limit() != nullptr) return *value.limit();
    return value.text() != nullptr ? parse_limit(*value.text()) : std::nullopt;
}

/// The arithmetic of dates is defined for years up to 32767 only.
std::optional<Day> months_before(Day day, std::int64_t months) {
    if (months > 12 * 10'000) return std::nullopt;
    const Date date(day);
    const Date moved = date - std::chrono::months(static_cast<int>(months));
    return moved.ok() ? Day(moved) : Day(moved.year() / moved.month() / std::chrono::last);
}

Result within_range(Instant instant) {
    if (!is_in_range(timestamp_of(instant))) return {.error = "beyond-calendar"};
    return {Value(instant)};
}

/// The day that lies `limit` before, counted in its unit, which is one of days; nothing when it is
/// out of reach.
std::optional<Day> day_before(const Calendar& calendar, Day day, Limit limit) {
    switch (limit.unit) {
        case Unit::working_days:
            return calendar.add_working_days(day, -std::int64_t{limit.count});
        case Unit::days:
            return day - std::chrono::days(limit.count);
        case Unit::weeks:
            return day - std::chrono::weeks(limit.count);
        case Unit::months:
            return months_before(day, limit.count);
        case Unit::years:
            return months_before(day, std::int64_t{limit.count} * 12);
        case Unit::working_hours:
        case Unit::hours:
        case Unit::minutes:
            break;
    }
    return std::nullopt;
}

}  // namespace

Result working_days(const Arguments& arguments) {
    return with_moment(arguments, [&](const Calendar& calendar, const Moment& from) -> Result {
        const auto to = read_moment(arguments.second, calendar);
        if (!to) return wrong_kind(arguments.second);
        const std::chrono::days next{1};
        return {Value(calendar.count_working_days(from.day + next, to->day + next))};
    });
}

Result add_working_days(const Arguments& arguments) {
    return with_moment(arguments, [&](const Calendar& calendar, const Moment& from) -> Result {
        const std::int64_t* count = arguments.second.integer();
        if (count == nullptr) return wrong_kind(arguments.second);
        return {Value(calendar.add_working_days(from.day, *count))};
    });
}

Result plus(const Arguments& arguments) {
    return with_moment(arguments, [&](const Calendar& calendar, const Moment& from) -> Result {
        const auto limit = read_limit(arguments.second);
        if (!limit) return {.error = "no-limit"};
        const bool is_day = arguments.first.day() != nullptr;
        return {Value(
            (is_day ? calendar.deadline(from.day, *limit) : calendar.deadline(from.instant, *limit))
                .instant)};
    });
}

Result minus(const Arguments& arguments) {
    return with_moment(arguments, [&](const Calendar& calendar, const Moment& from) -> Result {
        const auto limit = read_limit(arguments.second);
        if (!limit) return {.error = "no-limit"};
        if (limit->unit == Unit::working_hours) return {.error = "limit-backwards"};
        if (limit->unit == Unit::hours) {
            return within_range(from.instant - std::chrono::hours(limit->count));
        }
        if (limit->unit == Unit::minutes) {
            return within_range(from.instant - std::chrono::minutes(limit->count));
        }
        const auto day = day_before(calendar, from.day, *limit);
        if (!day) return {.error = "beyond-calendar"};
        return within_range(from.instant - (from.day - *day));
    });
}

Result is_open(const Arguments& arguments) {
    return with_moment(arguments, [](const Calendar& calendar, const Moment& at) -> Result {
        return {Value(calendar.is_open(at.instant))};
    });
}

Result opening(const Arguments& arguments) {
    return with_moment(arguments, [](const Calendar& calendar, const Moment& at) -> Result {
        return {Value(calendar.opening(at.day))};
    });
}

Result closing(const Arguments& arguments) {
    return with_moment(arguments, [](const Calendar& calendar, const Moment& at) -> Result {
        return {Value(calendar.end_of_day(at.day))};
    });
}

Result next_date(const Arguments& arguments) {
    if (arguments.calendar == nullptr) return {.error = "no-calendar"};
    const auto from = read_moment(arguments.second, *arguments.calendar);
    if (!from) return wrong_kind(arguments.second);
    const std::string* text = arguments.first.text();
    const auto rule = text != nullptr ? parse_recurring(*text) : std::nullopt;
    if (!rule) return {.error = "no-rule"};
    try {
        return {Value(next(*rule, from->day, *arguments.calendar))};
    } catch (const Error&) {
        return {.error = "beyond-calendar"};
    }
}

Result next_open(const Arguments& arguments) {
    return with_moment(arguments, [](const Calendar& calendar, const Moment& at) -> Result {
        return {Value(calendar.next_open(at.instant))};
    });
}

Result clock_text(const Arguments& arguments) {
    return with_moment(arguments, [](const Calendar& calendar, const Moment& at) -> Result {
        const Timestamp timestamp = timestamp_of(at.instant);
        return {
            Value(fmt::format("{:02}:{:02}", part_of(timestamp, calendar.offset(), TimePart::hours),
                              part_of(timestamp, calendar.offset(), TimePart::minutes)))};
    });
}

}  // namespace workflow::expression
