#include <catch2/catch.hpp>

#include "unit/calendar/fixture.hpp"

using namespace workflow;
using namespace calendar_fixture;
using Kind = RecurringRule::Kind;
using Substitute = RecurringRule::Substitute;

namespace {

RecurringRule rule(Kind kind, int month, int day_of_month) {
    RecurringRule result;
    result.kind = kind;
    result.month = static_cast<std::uint8_t>(month);
    result.day = static_cast<std::uint8_t>(day_of_month);
    result.reason = {{{"en", "rule"}}};
    result.source = "law";
    return result;
}

CalendarDefinition with(std::vector<RecurringRule> rules) {
    CalendarDefinition result = definition();
    result.last = date("2030-12-31");
    result.rules = std::move(rules);
    return result;
}

std::string days_off(const Calendar& calendar, const char* from, const char* until) {
    std::string text;
    for (const ExplainedDay& one : calendar.explain_days(day(from), day(until))) {
        if (one.kind == ExplainedDay::Kind::day_off) text += to_string(one.date) + " ";
    }
    return text;
}

}  // namespace

TEST_CASE("a fixed rule makes its date a day off, every year after the announced ones") {
    const auto calendar = build(with({rule(Kind::fixed, 5, 1)}));
    CHECK_FALSE(calendar->is_working_day(day("2025-05-01")));
    CHECK_FALSE(calendar->is_working_day(day("2026-05-01")));
    CHECK(calendar->explain_days(day("2025-04-30"), day("2025-05-01"))[0].source == "law");
    CHECK(days_off(*calendar, "2024-05-31", "2025-12-31") == "2025-05-01 ");
}

TEST_CASE("rules leave the announced days alone") {
    const auto calendar = build(with({rule(Kind::fixed, 5, 30), rule(Kind::fixed, 6, 3)}));
    CHECK(calendar->is_working_day(day("2024-05-30")));
    CHECK_FALSE(calendar->is_working_day(day("2024-06-03")));
}

TEST_CASE("a rule holds from its first year on") {
    RecurringRule late = rule(Kind::fixed, 11, 24);
    late.from_year = 2026;
    const auto calendar = build(with({late}));
    CHECK(calendar->is_working_day(day("2025-11-24")));
    CHECK_FALSE(calendar->is_working_day(day("2026-11-24")));
}

TEST_CASE("Labour Code 45/2019 art. 111: a holiday on a weekend moves only where the rule says so") {
    RecurringRule moved = rule(Kind::fixed, 1, 1);
    moved.substitute = Substitute::next_working_day;
    // 1 January 2028 is a Saturday; 24 November 2029 is one too.
    const auto calendar = build(with({moved, rule(Kind::fixed, 11, 24)}));
    CHECK(days_off(*calendar, "2027-12-01", "2028-02-01") == "2028-01-03 ");
    CHECK(days_off(*calendar, "2029-11-01", "2029-12-20") == "");
}

TEST_CASE("two holidays on one weekend are compensated on two days, past other holidays") {
    RecurringRule saturday = rule(Kind::fixed, 5, 1);  // 2027-05-01 is a Saturday
    saturday.substitute = Substitute::next_working_day;
    RecurringRule sunday = rule(Kind::fixed, 5, 2);
    sunday.substitute = Substitute::next_working_day;
    const auto calendar = build(with({saturday, sunday, rule(Kind::fixed, 5, 3)}));
    CHECK(days_off(*calendar, "2027-04-20", "2027-05-20") == "2027-05-03 2027-05-04 2027-05-05 ");
}

TEST_CASE("Tet of 2027 is five days from the last of the old year, two of them compensated") {
    RecurringRule tet = rule(Kind::lunar, 1, 1);
    tet.days = 5;
    tet.starts_before = 1;
    tet.substitute = Substitute::next_working_day;
    const auto calendar = build(with({tet}));
    // 6 February 2027 is a Saturday: Fri 5 to Tue 9, and Wed 10, Thu 11 for the weekend.
    CHECK(days_off(*calendar, "2027-01-01", "2027-03-01") ==
          "2027-02-05 2027-02-08 2027-02-09 2027-02-10 2027-02-11 ");
}

TEST_CASE("a rule of the new year's first day reaches back into the old year") {
    RecurringRule around = rule(Kind::fixed, 1, 1);
    around.days = 2;
    around.starts_before = 1;
    CHECK(days_off(*build(with({around})), "2030-12-01", "2030-12-31") == "2030-12-31 ");
}

TEST_CASE("29 February is a day off in leap years only") {
    const auto calendar = build(with({rule(Kind::fixed, 2, 29)}));
    CHECK(days_off(*calendar, "2024-05-31", "2030-12-31") == "2028-02-29 ");
}
