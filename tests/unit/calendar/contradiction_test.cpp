#include <catch2/catch.hpp>

#include <functional>

#include "unit/calendar/fixture.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace calendar_fixture;

namespace {

struct Case {
    const char* code;
    std::uint32_t line;
    std::function<void(CalendarDefinition&)> spoil;
};

DayException exception(const char* text, std::uint32_t line) {
    return {date(text), {{{"en", "reason"}}}, "source", {"small.yaml", line, 7}};
}

}  // namespace

TEST_CASE("a calendar that contradicts itself is refused where it does") {
    const Case cases[] = {
        {"no-working-weekday", 1,
         [](auto& d) {
             d.week = {};
             d.days_off = {};
             d.working_days = {};
         }},
        {"span-reversed", 9,
         [](auto& d) {
             d.week[2] = {{12h, 8h}};
             d.week_places[2].line = 9;
         }},
        {"span-reversed", 1,
         [](auto& d) {
             d.week[2] = {{8h, 8h}};
         }},
        {"spans-overlap", 1,
         [](auto& d) {
             d.week[2] = {{8h, 12h}, {11h, 17h}};
         }},
        {"time-outside-day", 1,
         [](auto& d) {
             d.week[2] = {{8h, 25h}};
         }},
        {"time-outside-day", 1, [](auto& d) { d.cut_off = 25h; }},
        {"offset-too-large", 1, [](auto& d) { d.offset = 24h; }},
        {"too-many-spans", 1,
         [](auto& d) {
             d.week[2].assign(limits::opening_spans_max + 1, {8h, 9h});
         }},
        {"make-up-hours-missing", 4,
         [](auto& d) {
             d.week[5] = {{8h, 12h}};
         }},
        {"span-reversed", 1,
         [](auto& d) {
             d.make_up_hours = {{12h, 8h}};
         }},
        {"range-reversed", 5,
         [](auto& d) {
             d.last = date("2024-05-30");
             d.range_place.line = 5;
         }},
        {"range-reversed", 1, [](auto& d) { d.announced_until = date("2024-04-30"); }},
        {"range-too-wide", 1, [](auto& d) { d.last = date("2200-01-01"); }},
        {"range-too-wide", 1, [](auto& d) { d.first = Date{}; }},
        {"date-outside-announced", 8,
         [](auto& d) { d.days_off.push_back(exception("2024-06-03", 8)); }},
        {"date-outside-announced", 8,
         [](auto& d) { d.working_days.push_back(exception("2024-04-27", 8)); }},
        {"date-twice", 8, [](auto& d) { d.days_off.push_back(exception("2024-05-01", 8)); }},
        {"date-twice", 8, [](auto& d) { d.working_days.push_back(exception("2024-05-11", 8)); }},
        {"day-off-on-weekend", 8,
         [](auto& d) { d.days_off.push_back(exception("2024-05-18", 8)); }},
        {"off-and-worked", 8,
         [](auto& d) { d.working_days.push_back(exception("2024-05-02", 8)); }},
        {"already-worked", 8,
         [](auto& d) { d.working_days.push_back(exception("2024-05-07", 8)); }},
        {"rule-without-date", 1,
         [](auto& d) {
             d.rules.resize(1);
             d.rules[0].month = 2;
             d.rules[0].day = 30;
         }},
        {"rule-without-date", 1,
         [](auto& d) {
             d.rules.resize(1);
             d.rules[0].kind = RecurringRule::Kind::lunar;
             d.rules[0].day = 31;
         }},
        {"rule-days-outside", 1,
         [](auto& d) {
             d.rules.resize(1);
             d.rules[0].days = 0;
         }},
        {"rule-days-outside", 1,
         [](auto& d) {
             d.rules.resize(1);
             d.rules[0].starts_before = 61;
         }},
        {"too-many-rules", 1, [](auto& d) { d.rules.resize(limits::calendar_rules_max + 1); }},
    };
    for (const Case& one : cases) {
        CAPTURE(one.code);
        CalendarDefinition spoilt = definition();
        one.spoil(spoilt);
        const auto built = Calendar::build(std::move(spoilt));
        REQUIRE(std::holds_alternative<Diagnostics>(built));
        const Diagnostics& found = std::get<Diagnostics>(built);
        REQUIRE(found.size() == 1);
        CHECK(found[0].code == one.code);
        CHECK(found[0].place.line == one.line);
        for (const char* language : {"en", "vi"}) {
            const std::string text = to_string(found[0], language);
            CHECK(text.find('{') == std::string::npos);
            CHECK_FALSE(found[0].mend(language).empty());
        }
    }
}

TEST_CASE("a calendar lists days off up to a limit") {
    CalendarDefinition many = definition();
    many.days_off.assign(limits::calendar_days_listed_max, exception("2024-05-01", 8));
    CHECK(std::get<Diagnostics>(Calendar::build(many)).front().code == "date-twice");
    many.days_off.push_back(exception("2024-05-01", 9));
    const Diagnostics found = std::get<Diagnostics>(Calendar::build(many));
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "too-many-days");
    CHECK(found[0].place.line == 9);
}

TEST_CASE("rules that leave no working day cost no more than the range is long") {
    CalendarDefinition crowded = definition();
    crowded.first = date("1900-01-01");
    crowded.announced_until = date("2024-05-31");
    crowded.last = date("2199-12-31");
    crowded.days_off.clear();
    crowded.rules.resize(limits::calendar_rules_max);
    for (std::size_t i = 0; i < crowded.rules.size(); ++i) {
        RecurringRule& rule = crowded.rules[i];
        rule.kind = i % 2 == 0 ? RecurringRule::Kind::lunar : RecurringRule::Kind::fixed;
        rule.month = static_cast<std::uint8_t>(i % 12 + 1);
        rule.days = limits::rule_days_max;
        rule.substitute = RecurringRule::Substitute::next_working_day;
    }
    const auto calendar = build(crowded);
    CHECK(calendar->count_working_days(day("2024-06-01"), day("2199-12-31")) == 0);
    CHECK_THROWS_AS(calendar->roll_forward(day("2024-06-01")), Error);
}

TEST_CASE("what lies on the limit is accepted") {
    CalendarDefinition largest = definition();
    largest.rules.resize(limits::calendar_rules_max);
    largest.rules[0].days = limits::rule_days_max;
    largest.rules[0].starts_before = limits::rule_days_max;
    largest.week[2].clear();
    for (int i = 0; i < 24; ++i) {
        largest.week[2].push_back({std::chrono::hours(i), std::chrono::hours(i + 1)});
    }
    largest.make_up_hours = {{8h, 12h}};
    largest.first = date("1900-01-01");
    largest.last = date("2199-12-31");
    CHECK(std::holds_alternative<std::shared_ptr<const Calendar>>(Calendar::build(largest)));
}

TEST_CASE("findings stop at the limit") {
    CalendarDefinition spoilt = definition();
    for (std::size_t i = 0; i < limits::diagnostics_max + 50; ++i) {
        spoilt.days_off.push_back(exception("2024-05-01", 8));
    }
    CHECK(std::get<Diagnostics>(Calendar::build(spoilt)).size() == limits::diagnostics_max);
}

TEST_CASE("calendars are found by digest, and the highest version by id") {
    CalendarDefinition first = definition();
    first.digest[0] = 1;
    CalendarDefinition second = definition();
    second.version = 2;
    second.digest[0] = 2;
    Calendars calendars;
    calendars.add(build(second));
    calendars.add(build(first));
    calendars.add(build(first));
    CHECK(calendars.all().size() == 2);
    CHECK(calendars.find(first.digest)->version() == 1);
    CHECK(calendars.find(Digest{}) == nullptr);
    CHECK(calendars.latest("small")->version() == 2);
    CHECK(calendars.latest("other") == nullptr);
}
