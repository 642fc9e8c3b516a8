#include "expression/time_functions.hpp"

namespace workflow::expression {

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

}  // namespace workflow::expression
