#include <boost/date_time/gregorian/greg_calendar.hpp>
#include <cmath>

#include "base/catalogue.hpp"
#include "calendar/astronomy.hpp"
#include "workflow/calendar.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

using GregorianCalendar = boost::gregorian::gregorian_calendar;

constexpr double zone_days = 7.0 / 24.0;
/// Julian day number of 1970-01-01, the first of std::chrono's days.
constexpr int epoch_1970 = 2440588;

/// The Julian day number of a civil day at UTC+7; the day begins at number - 0.5 of zone time.
using DayNumber = int;

DayNumber day_number_of(int year, int month, int day) {
    return static_cast<DayNumber>(GregorianCalendar::day_number(GregorianCalendar::ymd_type(
        static_cast<unsigned short>(year), static_cast<unsigned short>(month),
        static_cast<unsigned short>(day))));
}

DayNumber new_moon_day(int moon) {
    return static_cast<DayNumber>(std::floor(calendar::new_moon(moon) + zone_days + 0.5));
}

/// Which twelfth of the Sun's way the day begins in: 0 from the spring equinox, 9 from the winter
/// solstice. A month whose days begin in one twelfth only holds no major solar term.
int twelfth_at_midnight(DayNumber day) {
    return static_cast<int>(calendar::sun_longitude(day - 0.5 - zone_days) / 30.0) % 12;
}

/// The new moon that begins the eleventh month of `year`: the last whose day begins before the Sun
/// has passed the winter solstice.
int moon_of_eleventh_month(int year) {
    const DayNumber end_of_year = day_number_of(year, 12, 31);
    int moon = static_cast<int>(std::floor((end_of_year - 2451550.1) / 29.530588861)) + 1;
    while (new_moon_day(moon) > end_of_year) --moon;
    if (twelfth_at_midnight(new_moon_day(moon)) >= 9) --moon;
    return moon;
}

/// The months between two winter solstices, from an eleventh month up to the next.
struct SolsticeYear {
    int first_moon = 0;
    int months = 12;
    int leap = -1;  ///< counted from the first; -1: none
};

SolsticeYear solstice_year(int year_of_first_month) {
    SolsticeYear result;
    result.first_moon = moon_of_eleventh_month(year_of_first_month);
    result.months = moon_of_eleventh_month(year_of_first_month + 1) - result.first_moon;
    if (result.months != 13) return result;
    for (int i = 1; i < 13 && result.leap < 0; ++i) {
        const int begin = twelfth_at_midnight(new_moon_day(result.first_moon + i));
        const int end = twelfth_at_midnight(new_moon_day(result.first_moon + i + 1));
        if (begin == end) result.leap = i;
    }
    return result;
}

bool is_supported(int year) {
    return year >= limits::calendar_year_min && year <= limits::calendar_year_max;
}

}  // namespace

std::optional<Day> gregorian_of(LunarDate date) {
    if (!is_supported(date.year) || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > 30) {
        return std::nullopt;
    }
    const bool late = date.month >= 11;
    SolsticeYear year = solstice_year(late ? date.year : date.year - 1);
    int position = late ? date.month - 11 : date.month + 1;
    if (year.leap >= 0 && position >= year.leap) ++position;
    if (date.leap_month) {
        // The leap month follows the month whose number it repeats.
        if (year.leap < 0 || (late ? date.month - 11 : date.month + 1) + 1 != year.leap) {
            return std::nullopt;
        }
        position = year.leap;
    }
    const DayNumber begin = new_moon_day(year.first_moon + position);
    if (begin + date.day - 1 >= new_moon_day(year.first_moon + position + 1)) return std::nullopt;
    return Day(std::chrono::days(begin + date.day - 1 - epoch_1970));
}

LunarDate lunar_of(Day day) {
    const std::int64_t since_epoch = day.time_since_epoch().count();
    // Days of the supported years, before anything is computed from them: 1900-01-01, 2199-12-31.
    if (since_epoch < -25567 || since_epoch > 84005) {
        const std::string years[] = {std::to_string(limits::calendar_year_min),
                                     std::to_string(limits::calendar_year_max)};
        throw Error(ErrorCode::limit, base::sentence("lunar-date-outside", "en", years).message);
    }
    const DayNumber wanted = static_cast<DayNumber>(since_epoch) + epoch_1970;
    int begins_in = static_cast<int>(Date(day).year());
    if (new_moon_day(moon_of_eleventh_month(begins_in)) > wanted) --begins_in;
    const SolsticeYear year = solstice_year(begins_in);
    int position = year.months - 1;
    while (new_moon_day(year.first_moon + position) > wanted) --position;
    LunarDate result;
    result.day = wanted - new_moon_day(year.first_moon + position) + 1;
    result.leap_month = position == year.leap;
    if (year.leap >= 0 && position >= year.leap) --position;
    result.month = position < 2 ? position + 11 : position - 1;
    result.year = position < 2 ? begins_in : begins_in + 1;
    return result;
}

}  // namespace workflow
