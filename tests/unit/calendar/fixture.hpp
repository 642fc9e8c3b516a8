// A small calendar made by hand, for tests of one rule at a time.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "workflow/calendar.hpp"

namespace calendar_fixture {

using namespace std::chrono_literals;

inline workflow::Date date(const std::string& text) {
    return *workflow::parse_date(text);
}
inline workflow::Day day(const std::string& text) {
    return workflow::Day(date(text));
}
/// `2024-05-02 08:00` at UTC+7.
inline workflow::Instant at(const std::string& text) {
    return *workflow::parse_instant(text, 7h);
}

/// Monday to Friday, 08:00-12:00 and 13:00-17:00; 2024-05-01 to 2024-05-31 announced, projected to
/// 2025-12-31. Off: Wed 1 May, and Thu 2 May in exchange for Sat 11 May.
inline workflow::CalendarDefinition definition() {
    workflow::CalendarDefinition result;
    result.id = "small";
    result.offset = 7h;
    for (std::size_t i = 1; i <= 5; ++i) result.week[i] = {{8h, 12h}, {13h, 17h}};
    result.first = date("2024-05-01");
    result.announced_until = date("2024-05-31");
    result.last = date("2025-12-31");
    result.place = {"small.yaml", 1, 1};
    result.days_off = {
        {date("2024-05-01"), {{{"en", "Labour Day"}}}, "law", {"small.yaml", 2, 1}},
        {date("2024-05-02"), {{{"en", "exchanged"}}}, "notice", {"small.yaml", 3, 1}}};
    result.working_days = {
        {date("2024-05-11"), {{{"en", "worked instead"}}}, "notice", {"small.yaml", 4, 1}}};
    return result;
}

inline std::shared_ptr<const workflow::Calendar> build(workflow::CalendarDefinition definition) {
    return std::get<0>(workflow::Calendar::build(std::move(definition)));
}

}  // namespace calendar_fixture
