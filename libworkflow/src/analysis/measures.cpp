#include "analysis/courses.hpp"

namespace workflow::analysis {
namespace {

constexpr std::int64_t day_minutes = 24 * 60;

std::int64_t minutes_of(Unit unit) {
    switch (unit) {
        case Unit::working_days:
            return day_minutes * 7 / 5;
        case Unit::working_hours:
            return day_minutes * 7 / 5 / 8;
        case Unit::days:
            return day_minutes;
        case Unit::hours:
            return 60;
        case Unit::minutes:
            return 1;
        case Unit::weeks:
            return 7 * day_minutes;
        case Unit::months:
            return 30 * day_minutes;
        case Unit::years:
            return 365 * day_minutes;
    }
    return 0;
}

}  // namespace

Limit in_base_unit(Limit limit) {
    switch (limit.unit) {
        case Unit::weeks:
            return {limit.count * 7, Unit::days};
        case Unit::hours:
            return {limit.count * 60, Unit::minutes};
        case Unit::years:
            return {limit.count * 12, Unit::months};
        case Unit::working_days:
        case Unit::working_hours:
        case Unit::days:
        case Unit::minutes:
        case Unit::months:
            return limit;
    }
    return limit;
}

std::int64_t NominalMeasure::minutes(Limit limit) {
    return limit.count * minutes_of(limit.unit);
}

Progress NominalMeasure::after(Progress from, Limit limit) const {
    const std::int64_t at = from.at + minutes(limit);
    return {at, at};
}

UnitMeasure::UnitMeasure(Unit unit) : unit_(in_base_unit({1, unit}).unit) {}

Progress UnitMeasure::after(Progress from, Limit limit) const {
    return {from.at + (counts(limit.unit) ? in_base_unit(limit).count : 0),
            from.nominal + NominalMeasure::minutes(limit)};
}

bool UnitMeasure::counts(Unit unit) const {
    return in_base_unit({1, unit}).unit == unit_;
}

Progress CalendarMeasure::after(Progress from, Limit limit) const {
    const Instant then =
        calendar_.deadline(Instant(std::chrono::milliseconds(from.at)), limit).instant;
    return {then.time_since_epoch().count(), from.nominal + NominalMeasure::minutes(limit)};
}

}  // namespace workflow::analysis
