#include "calendar/projection.hpp"

#include <algorithm>
#include <set>

namespace workflow::calendar {
namespace {

using std::chrono::days;

std::optional<Day> day_in_year(const RecurringRule& rule, int year) {
    if (rule.kind == RecurringRule::Kind::lunar) {
        return gregorian_of({year, rule.month, rule.day, false});
    }
    const Date date{std::chrono::year{year}, std::chrono::month{rule.month},
                    std::chrono::day{rule.day}};
    // 29 February is a day of leap years only.
    return date.ok() ? std::optional<Day>(Day(date)) : std::nullopt;
}

bool is_weekend(const CalendarDefinition& definition, Day day) {
    return definition.week[std::chrono::weekday(day).c_encoding()].empty();
}

/// Every day of every rule, weekends included, in order of days.
std::vector<ProjectedDay> rule_days(const CalendarDefinition& definition) {
    std::vector<ProjectedDay> result;
    const int year_first = static_cast<int>(definition.announced_until.year());
    const int year_last = static_cast<int>(definition.last.year());
    for (const RecurringRule& rule : definition.rules) {
        // A year early and late: a lunar year's days lie in the next, days before it in the last.
        for (int year = year_first - 1; year <= year_last + 1; ++year) {
            const std::optional<Day> base = day_in_year(rule, year);
            if (!base) continue;
            if (rule.from_year && static_cast<int>(Date(*base).year()) < *rule.from_year) continue;
            for (int i = 0; i < rule.days; ++i) {
                const Day day = *base + days(i - rule.starts_before);
                if (day > Day(definition.announced_until) && day <= Day(definition.last)) {
                    result.push_back({day, &rule});
                }
            }
        }
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const ProjectedDay& a, const ProjectedDay& b) { return a.day < b.day; });
    return result;
}

}  // namespace

std::vector<ProjectedDay> project(const CalendarDefinition& definition) {
    const std::vector<ProjectedDay> candidates = rule_days(definition);
    std::vector<ProjectedDay> result;
    std::set<Day> off;
    for (const ProjectedDay& candidate : candidates) {
        if (is_weekend(definition, candidate.day)) continue;
        if (off.insert(candidate.day).second) result.push_back(candidate);
    }
    // Candidates come in order, so that no later one finds a free day before an earlier one's: the
    // search goes on from there, and a file full of rules costs no more than the range is long.
    std::set<Day> compensated;
    Day day = Day(definition.first);
    for (const ProjectedDay& candidate : candidates) {
        if (candidate.rule->substitute == RecurringRule::Substitute::none) continue;
        if (!is_weekend(definition, candidate.day)) continue;
        // Two holidays on one weekly day off are compensated once: it is one day of rest that is
        // lost.
        if (!compensated.insert(candidate.day).second) continue;
        day = std::max(day, candidate.day + days(1));
        while (day <= Day(definition.last) &&
               (is_weekend(definition, day) || off.count(day) != 0)) {
            day += days(1);
        }
        if (day > Day(definition.last)) break;
        off.insert(day);
        result.push_back({day, candidate.rule});
    }
    return result;
}

}  // namespace workflow::calendar
