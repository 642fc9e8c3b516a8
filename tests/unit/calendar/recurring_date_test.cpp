// Dates that come back (rule R53, `next`). Weekdays of 2017 and 2018 are those of any almanac:
// 1 June 2017 is a Thursday, 1 January 2018 a Monday.
#include <catch2/catch.hpp>

#include "unit/calendar/fixture.hpp"
#include "workflow/recurring.hpp"

using namespace workflow;

namespace {

/// Monday to Friday from 2017 to 2018; Friday 30 June 2017 is off.
std::shared_ptr<const Calendar> weekdays() {
    CalendarDefinition definition;
    definition.id = "weekdays";
    for (std::size_t day = 1; day <= 5; ++day) {
        definition.week[day] = {{std::chrono::hours(8), std::chrono::hours(17)}};
    }
    definition.first = *parse_date("2017-01-01");
    definition.last = definition.announced_until = *parse_date("2018-12-31");
    definition.days_off = {{*parse_date("2017-06-30"), {}, "a notice", {}}};
    auto built = Calendar::build(std::move(definition));
    REQUIRE(std::holds_alternative<std::shared_ptr<const Calendar>>(built));
    return std::get<std::shared_ptr<const Calendar>>(built);
}

std::string after(const char* rule, const char* day) {
    const auto parsed = parse_recurring(rule);
    if (!parsed) return "not a rule";
    return to_string(next(*parsed, Day(*parse_date(day)), *weekdays()));
}

}  // namespace

TEST_CASE("the next date of a rule is strictly after a day") {
    struct Case {
        const char* rule;
        const char* day;
        const char* next;
    };
    for (const Case& c : {
             Case{"12-31", "2017-12-30", "2017-12-31"},
             Case{"12-31", "2017-12-31", "2018-12-31"},
             Case{"02-29", "2017-01-10", "2017-02-28"},
             Case{"monday", "2017-06-04", "2017-06-05"},
             Case{"monday", "2017-06-05", "2017-06-12"},
             Case{"sunday", "2017-06-05", "2017-06-11"},
             Case{"first day of month", "2017-06-01", "2017-07-01"},
             Case{"last day of month", "2018-02-01", "2018-02-28"},
             Case{"first working day of month", "2017-06-15", "2017-07-03"},
             Case{"last working day of month", "2017-06-05", "2017-06-29"},
             Case{"last working day of month", "2017-06-29", "2017-07-31"},
             Case{"last working day of quarter", "2017-06-01", "2017-06-29"},
             Case{"last working day of quarter", "2017-06-29", "2017-09-29"},
             Case{"first working day of week", "2017-06-07", "2017-06-12"},
             Case{"last working day of week", "2017-06-07", "2017-06-09"},
             Case{"last working day of week", "2017-06-27", "2017-06-29"},
             Case{"first working day of year", "2017-05-01", "2018-01-01"},
             Case{"last day of year", "2017-05-01", "2017-12-31"},
         }) {
        CAPTURE(c.rule, c.day);
        CHECK(after(c.rule, c.day) == c.next);
    }
}

TEST_CASE("what names no recurring date is none") {
    for (const char* text :
         {"", "12-32", "13-01", "02-30", "1-1", "12-31 ", "mondays", "Monday", "last day",
          "last working day of decade", "last workday of month", "second day of month", "5 days"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_recurring(text));
    }
}

TEST_CASE("a recurring date that the calendar does not reach is outside of it") {
    CHECK_THROWS_AS(after("12-31", "2018-12-31"), Error);
    CHECK_THROWS_AS(after("last working day of year", "2018-12-31"), Error);
    CHECK_THROWS_AS(after("monday", "2018-12-31"), Error);
}
