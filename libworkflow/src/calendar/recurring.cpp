#include "workflow/recurring.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/time_text.hpp"

namespace workflow {
namespace {

using std::chrono::days;
using std::chrono::months;
using Kind = RecurringDate::Kind;
using Period = RecurringDate::Period;

constexpr std::array<std::string_view, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};
constexpr std::array<std::pair<std::string_view, Period>, 4> periods{{{"week", Period::week},
                                                                      {"month", Period::month},
                                                                      {"quarter", Period::quarter},
                                                                      {"year", Period::year}}};

bool take_word(std::string_view& text, std::string_view word) {
    if (text.substr(0, word.size()) != word) return false;
    text.remove_prefix(word.size());
    return true;
}

std::optional<RecurringDate> parse_yearly(std::string_view text) {
    const auto month = base::take_number(text, 2);
    if (!month || !base::take(text, '-')) return std::nullopt;
    const auto day = base::take_number(text, 2);
    if (!day || !text.empty()) return std::nullopt;
    // 2000 is a leap year: 02-29 is a date of some years.
    const Date date(std::chrono::year(2000), std::chrono::month(static_cast<unsigned>(*month)),
                    std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok()) return std::nullopt;
    return RecurringDate{.kind = Kind::yearly,
                         .month = static_cast<std::uint8_t>(*month),
                         .day = static_cast<std::uint8_t>(*day)};
}

std::optional<RecurringDate> parse_of_period(std::string_view text) {
    RecurringDate rule;
    if (take_word(text, "first ")) {
        rule.kind = Kind::first;
    } else if (take_word(text, "last ")) {
        rule.kind = Kind::last;
    } else {
        return std::nullopt;
    }
    rule.working = take_word(text, "working ");
    if (!take_word(text, "day of ")) return std::nullopt;
    for (const auto& [word, period] : periods) {
        if (text != word) continue;
        rule.period = period;
        return rule;
    }
    return std::nullopt;
}

/// First day of the period that holds `day`.
Day start_of(Period period, Day day) {
    const Date date(day);
    const auto month_start = [&](std::chrono::month month) {
        return Day(Date(date.year(), month, std::chrono::day(1)));
    };
    switch (period) {
        case Period::week:
            return day - (std::chrono::weekday(day) - std::chrono::Monday);
        case Period::month:
            return month_start(date.month());
        case Period::quarter:
            return month_start(
                std::chrono::month((static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1));
        case Period::year:
            return month_start(std::chrono::January);
    }
    return day;
}

Day start_of_next(Period period, Day start) {
    const auto later = [&](int count) { return Day(Date(start) + months(count)); };
    switch (period) {
        case Period::week:
            return start + days(7);
        case Period::month:
            return later(1);
        case Period::quarter:
            return later(3);
        case Period::year:
            return later(12);
    }
    return start;
}

/// The rule's day in the period that begins on `start`.
std::optional<Day> day_in(const RecurringDate& rule, Day start, const Calendar& calendar) {
    const Day end = start_of_next(rule.period, start);
    if (!rule.working) return rule.kind == Kind::first ? start : end - days(1);
    // Of a period that the calendar covers in part only one of the two ends can be known.
    if (start < calendar.first() && rule.kind == Kind::first) return std::nullopt;
    static_cast<void>(calendar.is_working_day(rule.kind == Kind::first ? start : end - days(1)));
    const Day first = std::max(start, calendar.first());
    const Day last = std::min(end - days(1), calendar.last());
    if (calendar.count_working_days(first, last + days(1)) == 0) return std::nullopt;
    if (rule.kind == Kind::first) return calendar.roll_forward(first);
    return calendar.is_working_day(last) ? last : calendar.previous_working_day(last);
}

Day next_yearly(const RecurringDate& rule, Day after) {
    for (std::chrono::year year = Date(after).year();; ++year) {
        const std::chrono::month month(rule.month);
        const Date last(std::chrono::year_month_day_last(year, std::chrono::month_day_last(month)));
        const Day day(Date(year, month, std::min(std::chrono::day(rule.day), last.day())));
        if (day > after) return day;
    }
}

}  // namespace

std::optional<RecurringDate> parse_recurring(std::string_view text) {
    for (std::uint8_t day = 0; day < weekdays.size(); ++day) {
        if (text == weekdays[day]) return RecurringDate{.kind = Kind::weekly, .weekday = day};
    }
    if (const auto rule = parse_of_period(text)) return rule;
    return parse_yearly(text);
}

Day next(const RecurringDate& rule, Day after, const Calendar& calendar) {
    Day found = after;
    switch (rule.kind) {
        case Kind::yearly:
            found = next_yearly(rule, after);
            break;
        case Kind::weekly: {
            const std::chrono::weekday wanted(rule.weekday);
            found = after + days(1) + (wanted - std::chrono::weekday(after + days(1)));
            break;
        }
        case Kind::first:
        case Kind::last:
            for (Day start = start_of(rule.period, after);;
                 start = start_of_next(rule.period, start)) {
                const auto day = day_in(rule, start, calendar);
                if (day && *day > after) {
                    found = *day;
                    break;
                }
            }
            break;
    }
    // Outside the range nothing is known: Error{limit}.
    static_cast<void>(calendar.is_working_day(found));
    return found;
}

}  // namespace workflow
