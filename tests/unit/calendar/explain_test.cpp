#include <catch2/catch.hpp>

#include "unit/calendar/fixture.hpp"

using namespace workflow;
using namespace calendar_fixture;
using Kind = ExplainedDay::Kind;

namespace {

std::string letters(const std::vector<ExplainedDay>& days) {
    std::string text;
    for (const ExplainedDay& one : days) text += "scwdmre"[static_cast<std::size_t>(one.kind)];
    return text;
}

}  // namespace

TEST_CASE("a deadline in working days is told day by day") {
    const auto calendar = build(definition());
    const Explanation told = calendar->explain(at("2024-05-01 09:00"), {8, Unit::working_days});
    // Wed 1 start, Thu 2 off, Fri 3, weekend, Mon 6 to Fri 10, Sat 11 worked, Sun 12, Mon 13.
    CHECK(letters(told.days) == "sdcwwcccccmwc");
    CHECK(told.days[1].reason.in("en") == "exchanged");
    CHECK(told.days[1].source == "notice");
    CHECK(told.days[10].number == 7);
    CHECK(told.days[10].reason.in("en") == "worked instead");
    CHECK(told.days.back().number == 8);
    CHECK(told.deadline.date == day("2024-05-13"));
    CHECK(told.days.back().date == told.deadline.date);
}

TEST_CASE("Civil Code 91/2015 art. 148: a calendar limit counts every day and then rolls on") {
    const auto calendar = build(definition());
    const Explanation told = calendar->explain(at("2024-05-16 09:00"), {2, Unit::days});
    // Thu 16 start, Fri 17 and Sat 18 counted, Sun 19 and Mon 20 rolled.
    CHECK(letters(told.days) == "sccrr");
    CHECK(told.days[2].number == 2);
    CHECK(told.days[4].number == 0);
    CHECK(told.deadline.date == day("2024-05-20"));
}

TEST_CASE("Decree 61/2018/ND-CP art. 18: what arrives after the cut-off starts on the next working day") {
    CalendarDefinition strict = definition();
    strict.cut_off = 15h;
    const Explanation told =
        build(strict)->explain(at("2024-05-03 16:00"), {1, Unit::working_days});
    // Fri 3 arrives, weekend, Mon 6 counts as received, Tue 7.
    CHECK(letters(told.days) == "swwsc");
    CHECK(told.first_day == day("2024-05-06"));
    CHECK(told.deadline.date == day("2024-05-07"));
}

TEST_CASE("a limit in hours counts no days") {
    const auto calendar = build(definition());
    CHECK(letters(calendar->explain(at("2024-05-03 16:00"), {48, Unit::hours}).days) == "eee");
    CHECK(letters(calendar->explain(at("2024-05-03 16:00"), {2, Unit::working_hours}).days) ==
          "ewwe");
}

TEST_CASE("the days of an interval carry a running number, and projected days say so") {
    const auto calendar = build(definition());
    const auto days = calendar->explain_days(day("2024-05-29"), day("2024-06-03"));
    CHECK(letters(days) == "ccwwc");
    CHECK(days[0].number == 1);
    CHECK(days[4].number == 3);
    CHECK_FALSE(days[1].projected);
    CHECK(days[2].projected);
    CHECK(calendar->explain_days(day("2024-05-29"), day("2024-05-29")).empty());
    CHECK(calendar->explain_days(day("2024-05-29"), day("2024-05-28")).empty());
}
