#include "expression/time_functions.hpp"

#include "workflow/error.hpp"

namespace workflow::expression {
namespace {

Result no_calendar() {
    return {.error = "no-calendar"};
}

/// The day on which `value` falls by the calendar's clocks.
std::optional<Day> read_day(const Value& value, const Calendar& calendar) {
    if (value.day() != nullptr) return *value.day();
    const auto timestamp = read_timestamp(value, &calendar);
    if (!timestamp) return std::nullopt;
    return day_of(Instant(std::chrono::seconds(timestamp->seconds)), calendar.offset());
}

/// Where the days leave the calendar's range it throws.
template <class Count>
Result within(Count count) {
    try {
        return {count()};
    } catch (const Error&) {
        return {.error = "beyond-calendar"};
    }
}

}  // namespace

std::optional<Timestamp> read_timestamp(const Value& value, const Calendar* calendar) {
    if (value.instant() != nullptr) return timestamp_of(*value.instant());
    if (value.timestamp() != nullptr) return *value.timestamp();
    if (value.day() == nullptr) return std::nullopt;
    return timestamp_of(*value.day(), calendar != nullptr ? calendar->offset() : UtcOffset{0});
}

Result time_part(const Arguments& arguments, TimePart part) {
    const Value& value = arguments.first;
    if (const Duration* duration = value.duration()) {
        const auto found = part_of(*duration, part);
        return found && arguments.second.is_null() ? Result{Value(*found)} : wrong_kind(value);
    }
    // A date is a whole day: no zone moves it to another one.
    const auto timestamp = value.day() != nullptr ? timestamp_of(*value.day(), UtcOffset{0})
                                                  : read_timestamp(value, arguments.calendar);
    if (!timestamp) return wrong_kind(value);
    if (arguments.second.is_null()) return {Value(part_of(*timestamp, UtcOffset{0}, part))};
    const std::string* zone = arguments.second.text();
    if (zone == nullptr) return wrong_kind(arguments.second);
    const auto offset = zone_offset(*zone, arguments.calendar);
    if (!offset) return {.error = "unknown-zone"};
    const bool is_date = value.day() != nullptr;
    return {Value(part_of(*timestamp, is_date ? UtcOffset{0} : *offset, part))};
}

Result working_days(const Arguments& arguments) {
    if (arguments.calendar == nullptr) return no_calendar();
    const Calendar& calendar = *arguments.calendar;
    const auto from = read_day(arguments.first, calendar);
    const auto to = read_day(arguments.second, calendar);
    if (!from) return wrong_kind(arguments.first);
    if (!to) return wrong_kind(arguments.second);
    const std::chrono::days next{1};
    return within([&] { return Value(calendar.count_working_days(*from + next, *to + next)); });
}

Result add_working_days(const Arguments& arguments) {
    if (arguments.calendar == nullptr) return no_calendar();
    const Calendar& calendar = *arguments.calendar;
    const auto day = read_day(arguments.first, calendar);
    if (!day) return wrong_kind(arguments.first);
    if (arguments.second.integer() == nullptr) return wrong_kind(arguments.second);
    return within(
        [&] { return Value(calendar.add_working_days(*day, *arguments.second.integer())); });
}

}  // namespace workflow::expression
