#include <catch2/catch.hpp>

#include "unit/calendar/fixture.hpp"

using namespace workflow;
using namespace calendar_fixture;

TEST_CASE("Civil Code 91/2015 arts. 144 to 148: each unit of a limit ends where it says") {
    struct Case {
        const char* from;
        const char* limit;
        const char* due;
        const char* why;
    };
    const Case cases[] = {
        {"2024-05-03", "1 working days", "2024-05-06", "the day of the event is not counted"},
        {"2024-05-05", "1 working days", "2024-05-06", "a Sunday is not counted either"},
        {"2024-05-10", "1 working days", "2024-05-11", "a worked Saturday is"},
        {"2024-05-05", "0 working days", "2024-05-05", "nothing is that day itself"},
        {"2024-05-03", "0 days", "2024-05-03", "nothing is that day itself"},
        {"2024-05-04", "0 days", "2024-05-06", "a calendar limit ends on a working day"},
        {"2024-05-06", "3 days", "2024-05-09", "plain"},
        {"2024-05-06", "6 days", "2024-05-13", "Sunday rolls on"},
        {"2024-05-06", "5 days", "2024-05-11", "a worked Saturday does not"},
        {"2024-05-06", "1 weeks", "2024-05-13", "seven days"},
        {"2024-05-11", "2 weeks", "2024-05-27", "Saturday rolls on"},
        {"2024-05-06", "1 months", "2024-06-06", "the corresponding day"},
        {"2024-05-31", "1 months", "2024-07-01", "30 June is the last of its month, and a Sunday"},
        {"2024-05-31", "9 months", "2025-02-28", "the last day of February"},
        {"2024-10-31", "1 months", "2024-12-02", "30 November is a Saturday"},
        {"2024-05-31", "12 months", "2025-06-02", "31 May 2025 is a Saturday"},
        {"2024-05-31", "1 years", "2025-06-02", "a year is twelve months"},
    };
    const auto calendar = build(definition());
    for (const Case& one : cases) {
        CAPTURE(one.from, one.limit, one.why);
        const Deadline deadline = calendar->deadline(day(one.from), *parse_limit(one.limit));
        CHECK(to_string(deadline.date) == one.due);
        CHECK(deadline.instant == calendar->end_of_day(deadline.date));
    }
}

TEST_CASE("a year from 29 February ends on 28 February") {
    CalendarDefinition leap = definition();
    leap.first = date("2024-01-01");
    CHECK(build(leap)->deadline(day("2024-02-29"), {1, Unit::years}).date == day("2025-02-28"));
}

TEST_CASE("hours and minutes are exact, working hours stay inside opening hours") {
    const auto calendar = build(definition());
    const Instant friday = at("2024-05-03 16:30");
    CHECK(calendar->deadline(friday, {24, Unit::hours}).instant == at("2024-05-04 16:30"));
    CHECK(calendar->deadline(friday, {24, Unit::hours}).date == day("2024-05-04"));
    CHECK(calendar->deadline(friday, {45, Unit::minutes}).instant == at("2024-05-03 17:15"));
    CHECK(calendar->deadline(friday, {2, Unit::working_hours}).instant == at("2024-05-06 09:30"));
    CHECK(calendar->deadline(friday, {2, Unit::working_hours}).date == day("2024-05-06"));
    CHECK(calendar->deadline(friday, {0, Unit::hours}).instant == friday);
    // Counted from a day, they begin when it opens.
    CHECK(calendar->deadline(day("2024-05-03"), {4, Unit::hours}).instant ==
          at("2024-05-03 12:00"));
}

TEST_CASE("an instant counts from the day on which it counts as received") {
    CalendarDefinition strict = definition();
    strict.cut_off = 15h;
    const auto calendar = build(strict);
    CHECK(calendar->deadline(at("2024-05-06 15:00"), {1, Unit::working_days}).date ==
          day("2024-05-07"));
    CHECK(calendar->deadline(at("2024-05-06 15:01"), {1, Unit::working_days}).date ==
          day("2024-05-08"));
    CHECK(calendar->deadline(at("2024-05-10 15:01"), {1, Unit::days}).date == day("2024-05-13"));
    // An exact limit runs from the instant whatever the cut-off.
    CHECK(calendar->deadline(at("2024-05-06 15:01"), {1, Unit::hours}).instant ==
          at("2024-05-06 16:01"));
}

TEST_CASE("a deadline past the announced days says that it is projected") {
    const auto calendar = build(definition());
    CHECK_FALSE(calendar->deadline(day("2024-05-30"), {1, Unit::working_days}).projected);
    CHECK(calendar->deadline(day("2024-05-31"), {1, Unit::working_days}).projected);
    CHECK(calendar->deadline(day("2024-06-10"), {1, Unit::days}).projected);
    CHECK_FALSE(calendar->deadline(at("2024-05-31 10:00"), {13, Unit::hours}).projected);
    CHECK(calendar->deadline(at("2024-05-31 10:00"), {14, Unit::hours}).projected);
    CHECK_FALSE(calendar->is_projected(day("2024-05-31")));
    CHECK(calendar->is_projected(day("2024-06-01")));
    CHECK(calendar->is_projected(day("2030-01-01")));
}

TEST_CASE("Civil Code 91/2015 art. 148: a legal end of day at 24:00 belongs to the day that it ends") {
    CalendarDefinition legal = definition();
    legal.end_of_day = CalendarDefinition::EndOfDay::midnight;
    const Deadline deadline = build(legal)->deadline(day("2024-05-30"), {1, Unit::working_days});
    CHECK(deadline.instant == at("2024-06-01 00:00"));
    CHECK_FALSE(deadline.projected);
}
