#include <catch2/catch.hpp>

#include "unit/calendar/fixture.hpp"
#include "workflow/definition.hpp"

using namespace workflow;
using namespace calendar_fixture;

namespace {

const Calendar& vn_state() {
    static const LoadedCalendar loaded =
        load_calendar_file(WORKFLOW_SOURCE_DIR "/procedures/calendars/vn-state.yaml");
    for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(to_string(diagnostic));
    REQUIRE(loaded.calendar != nullptr);
    REQUIRE(loaded.diagnostics.empty());
    return *loaded.calendar;
}

struct DeadlineCase {
    const char* start;
    const char* limit;
    const char* due;
    const char* why;
};

// Counted by hand from the notices.
constexpr DeadlineCase deadlines[] = {
    {"2017-04-25", "30 working days", "2017-06-08", "the founding case: 1 and 2 May off"},
    {"2017-06-08", "5 working days", "2017-06-15", "second leg"},
    {"2017-06-15", "10 working days", "2017-06-29", "third leg"},
    {"2017-05-03", "30 working days", "2017-06-14", "no holiday inside"},
    {"2018-12-28", "1 working days", "2019-01-02", "31 Dec exchanged, 1 Jan off"},
    {"2018-12-28", "5 working days", "2019-01-07", "and Saturday 5 Jan worked"},
    {"2015-02-13", "1 working days", "2015-02-14", "due on a worked Saturday"},
    {"2024-02-07", "3 working days", "2024-02-19", "Tet"},
    {"2025-04-25", "3 working days", "2025-04-29", "Saturday 26 Apr worked"},
    {"2026-02-13", "3 working days", "2026-02-25", "Tet"},
    {"2026-07-20", "30 working days", "2026-08-28", "Saturday 22 Aug worked"},
    {"2026-04-24", "1 working days", "2026-04-28", "Hung Kings compensated on Monday"},
    {"2017-08-30", "5 days", "2017-09-05", "raw end 4 Sep is off, rolls on"},
    {"2026-02-12", "5 days", "2026-02-23", "raw end is Tet, rolls on"},
    {"2025-04-27", "5 days", "2025-05-05", "raw end exchanged day, rolls over the weekend"},
    {"2020-12-31", "0 days", "2020-12-31", "zero days"},
    {"2016-01-29", "45 working days", "2016-04-08", "Tet 2016 inside"},
    {"2021-08-27", "10 working days", "2021-09-14", "two days of National Day from 2021 on"},
    {"2022-12-30", "2 working days", "2023-01-04", "New Year on Sunday, compensated on Monday"},
    {"2023-04-28", "1 working days", "2023-05-04", "five days off in a row"},
    {"2019-04-26", "3 working days", "2019-05-04", "exchange and Saturday 4 May worked"},
    // Further hand-counted cases; legs start on the due date of the leg before.
    {"2017-06-14", "5 working days", "2017-06-21", "second leg of 3 May 2017"},
    {"2017-06-21", "10 working days", "2017-07-05", "third leg"},
    {"2026-08-28", "5 working days", "2026-09-09", "31 Aug to 2 Sep off"},
    {"2026-09-09", "10 working days", "2026-09-23", "no holiday inside"},
    {"2024-04-26", "5 working days", "2024-05-07", "29, 30 Apr, 1 May off; Sat 4 May worked"},
    {"2025-08-29", "2 working days", "2025-09-04", "1 and 2 Sep off"},
    {"2026-08-20", "5 working days", "2026-08-26", "Sat 22 Aug worked"},
    {"2026-11-20", "3 working days", "2026-11-26", "24 Nov off, 23 Nov worked"},
};

}  // namespace

TEST_CASE("deadlines of Vietnam's state offices fall on the day counted by hand") {
    for (const DeadlineCase& one : deadlines) {
        CAPTURE(one.start, one.limit, one.why);
        const Deadline deadline =
            vn_state().deadline(day(one.start), parse_limit(one.limit).value());
        CHECK(to_string(deadline.date) == one.due);
        CHECK(to_string(deadline.instant, 7h) == std::string(one.due) + "T17:00:00+07:00");
        CHECK_FALSE(deadline.projected);
        // The derivation ends on the same day, and so does an arrival during that day.
        const Instant arrival = at(std::string(one.start) + " 09:30");
        CHECK(vn_state().deadline(arrival, parse_limit(one.limit).value()).date == deadline.date);
        const Explanation told = vn_state().explain(arrival, parse_limit(one.limit).value());
        CHECK(told.days.back().date == deadline.date);
    }
}

TEST_CASE("each announced year has the working days that the notices leave") {
    const int expected[] = {250, 251, 250, 250, 252, 252, 250, 249, 249, 251, 250, 249};
    int year = 2015;
    for (const int working_days : expected) {
        CAPTURE(year);
        const Day begin = day(std::to_string(year) + "-01-01");
        const Day end = day(std::to_string(++year) + "-01-01");
        CHECK(vn_state().count_working_days(begin, end) == working_days);
    }
}

TEST_CASE("the first Saturday worked for 2015 lies in the range, which begins in December 2014") {
    CHECK(to_string(vn_state().first()) == "2014-12-01");
    CHECK(vn_state().is_working_day(day("2014-12-27")));
    CHECK_FALSE(vn_state().is_working_day(day("2015-01-02")));
    CHECK(vn_state().add_working_days(day("2014-12-01"), 1) == day("2014-12-02"));
    CHECK_THROWS_AS(vn_state().is_working_day(day("2014-11-30")), Error);
    CHECK(to_string(vn_state().last()) == "2040-12-31");
    CHECK(vn_state().is_working_day(day("2040-12-31")));
    try {
        (void)vn_state().deadline(day("2040-12-31"), {1, Unit::working_days});
        FAIL("not refused");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::limit);
        CHECK(std::string(error.what()).find("vn-state, which covers 2014-12-01 to 2040-12-31") !=
              std::string::npos);
    }
}

TEST_CASE("thirty working days in spring are told with the holidays that they pass") {
    const Explanation told = vn_state().explain(at("2017-04-25 09:00"), {30, Unit::working_days});
    CHECK(told.days.size() == 45);
    CHECK(to_string(told.days[7].date) == "2017-05-02");
    CHECK(told.days[7].kind == ExplainedDay::Kind::day_off);
    CHECK(told.days[7].reason.in("en") == "Reunification Day");
    CHECK(told.days[7].reason.in("vi") == "Ngày Chiến thắng 30 tháng 4");
    CHECK_FALSE(told.days[7].source.empty());
    CHECK(told.days.back().number == 30);
}

TEST_CASE("one announced day may rest on another source than its year") {
    const auto days = vn_state().explain_days(day("2026-11-23"), day("2026-11-24"));
    CHECK(days.at(0).source == "Resolution 28/2026/QH16");
}

TEST_CASE("deadlines from 2027 on follow the rules and say that they are projected") {
    struct Case {
        const char* start;
        std::int32_t count;
        const char* due;
    };
    const Case cases[] = {
        {"2026-12-31", 1, "2027-01-04"},  // Fri 1 Jan 2027
        {"2027-02-04", 1, "2027-02-12"},  // Tet on Sat 6 Feb: 5 to 9 Feb, 10 and 11 for the weekend
        {"2027-04-15", 1, "2027-04-19"},  // 10/3 lunar is Fri 16 Apr
        {"2027-04-29", 1, "2027-05-04"},  // 1 May is a Saturday
        {"2027-08-31", 1, "2027-09-03"},  // 1 and 2 Sep
        {"2027-11-23", 1, "2027-11-25"},  // Wed 24 Nov
        {"2029-11-23", 1, "2029-11-26"},  // Sat 24 Nov: no substitute
    };
    for (const Case& one : cases) {
        CAPTURE(one.start);
        const Deadline deadline =
            vn_state().deadline(day(one.start), {one.count, Unit::working_days});
        CHECK(to_string(deadline.date) == one.due);
        CHECK(deadline.projected);
    }
    CHECK_FALSE(vn_state().deadline(day("2026-12-30"), {1, Unit::working_days}).projected);
}

TEST_CASE("a worked Saturday has a weekday's hours") {
    CHECK(vn_state().working_time(at("2026-08-22 00:00"), at("2026-08-23 00:00")) == 8h);
    CHECK(vn_state().end_of_day(day("2026-08-22")) == at("2026-08-22 17:00"));
}
