// Where a limit ends (Civil Code 91/2015, art. 147 and 148).
#include <boost/date_time/gregorian/greg_calendar.hpp>

#include "base/catalogue.hpp"
#include "calendar/deadline.hpp"

namespace workflow {
namespace {

using boost::gregorian::gregorian_calendar;
using std::chrono::days;
using std::chrono::milliseconds;

/// The corresponding day so many months later, or the last day of that month (art. 148(3), (4)).
/// Nothing past the years that a calendar may have.
std::optional<Day> corresponding_day(Day day, std::int64_t months) {
    const Date date(day);
    const std::int64_t month_number = static_cast<int>(date.year()) * std::int64_t{12} +
                                      static_cast<unsigned>(date.month()) - 1 + months;
    const std::int64_t year = month_number / 12;
    if (year > limits::calendar_year_max) return std::nullopt;
    const auto month = static_cast<unsigned short>(month_number % 12 + 1);
    const unsigned last =
        gregorian_calendar::end_of_month_day(static_cast<unsigned short>(year), month);
    return Day(Date(std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                    std::chrono::day(std::min(static_cast<unsigned>(date.day()), last))));
}

// The errors are worded in functions of their own, so that the way without them stays short.
[[noreturn]] void throw_negative(Limit limit) {
    const std::string arguments[] = {to_string(limit)};
    throw Error(ErrorCode::misuse, base::sentence("negative-limit", "en", arguments).message);
}

[[noreturn]] void throw_outside(const Calendar& calendar, Day from, Limit limit) {
    const std::string arguments[] = {to_string(limit), to_string(from), calendar.id(),
                                     to_string(calendar.first()), to_string(calendar.last())};
    throw Error(ErrorCode::limit,
                base::sentence("limit-outside-calendar", "en", arguments).message);
}

void require_positive(Limit limit) {
    if (limit.count < 0) throw_negative(limit);
}

milliseconds exact(Limit limit) {
    return limit.unit == Unit::minutes ? milliseconds(std::chrono::minutes(limit.count))
                                       : milliseconds(std::chrono::hours(limit.count));
}

}  // namespace

namespace calendar {

bool counts_days(Unit unit) {
    switch (unit) {
        case Unit::working_days:
        case Unit::days:
        case Unit::weeks:
        case Unit::months:
        case Unit::years:
            return true;
        case Unit::working_hours:
        case Unit::hours:
        case Unit::minutes:
            break;
    }
    return false;
}

Day last_counted(const Calendar& calendar, Day from, Limit limit) {
    const std::int64_t count = limit.count;
    std::optional<Day> end;
    switch (limit.unit) {
        case Unit::working_days:
            return calendar.add_working_days(from, count);
        case Unit::days:
            end = from + days(count);
            break;
        case Unit::weeks:
            end = from + days(count * 7);
            break;
        case Unit::months:
            end = corresponding_day(from, count);
            break;
        case Unit::years:
            end = corresponding_day(from, count * 12);
            break;
        case Unit::working_hours:
        case Unit::hours:
        case Unit::minutes:
            end = from;
            break;
    }
    if (end && *end <= calendar.last()) return *end;
    throw_outside(calendar, from, limit);
}

}  // namespace calendar

Deadline Calendar::deadline(Day from, Limit limit) const {
    require_positive(limit);
    static_cast<void>(index(from));
    if (!calendar::counts_days(limit.unit)) return deadline(opening(from), limit);
    Day date = calendar::last_counted(*this, from, limit);
    if (limit.unit != Unit::working_days) date = roll_forward(date);
    return {date, end_of_day(date), is_projected(date)};
}

Deadline Calendar::deadline(Instant from, Limit limit) const {
    require_positive(limit);
    if (calendar::counts_days(limit.unit)) return deadline(received_on(from), limit);
    static_cast<void>(day_of(from));
    if (limit.unit != Unit::working_hours) {
        const Instant end = from + exact(limit);
        const Day date = day_of(end);
        return {date, end, is_projected(date)};
    }
    const Instant end = add_working_time(from, exact(limit));
    // Hours that close at 24:00 end on the day that they belong to.
    const Day date = end == from ? day_of(from) : day_of(end - milliseconds(1));
    return {date, end, is_projected(date)};
}

Calendar::Remaining Calendar::remaining(Instant now, const Deadline& deadline) const {
    return {count_working_days(day_of(now) + days(1), deadline.date + days(1)),
            working_time(now, deadline.instant)};
}

}  // namespace workflow
