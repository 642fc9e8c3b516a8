// New versions of a calendar in a store: rule R81. 26 April to 4 May 2017 as in the other tests;
// the new version takes Friday 28 April off, so that what was due on 4 May is due on Friday 5 May.
#include <fstream>
#include <iterator>

#include "unit/engine/office.hpp"
#include "workflow/history.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");
const Actor system_operator = actor("lan", "operator");

/// vn-state with one more day off in 2017, as version 2.
LoadedCalendar next_version() {
    std::string yaml;
    {
        std::ifstream file(shipped("calendars/vn-state.yaml"));
        yaml.assign(std::istreambuf_iterator<char>(file), {});
    }
    const auto replace = [&](const std::string& from, const std::string& to) {
        const std::size_t at = yaml.find(from);
        REQUIRE(at != std::string::npos);
        yaml.replace(at, from.size(), to);
    };
    replace("version: 1", "version: 2");
    replace("reasons:\n", "reasons:\n  mourning: {en: Mourning, vi: Quốc tang}\n");
    const std::size_t year = yaml.find("\n  2017:");
    REQUIRE(year != std::string::npos);
    const std::size_t days = yaml.find("days_off:\n", year);
    yaml.insert(days + 10, "      mourning: {dates: 04-28, source: Notice 9/TB}\n");
    return load_calendar(yaml, "vn-state-2.yaml");
}

}  // namespace

TEST_CASE("the impact of a calendar's new version is told in advance and changes nothing [R81]") {
    Office office;
    office.add(two_steps);
    for (const char* key : {"a", "b"}) REQUIRE(office.start("two_steps", key) == "done");
    const LoadedCalendar next = next_version();
    REQUIRE(next.calendar != nullptr);
    const CalendarReport report = office.engine->calendar_impact(next.calendar);
    CHECK(report.looked_at == 2);
    CHECK(report.concerned == 2);
    CHECK(report.finished);
    REQUIRE(report.moved.size() == 2);
    REQUIRE_FALSE(report.moved[0].dates.empty());
    const Redated& moved = report.moved[0].dates.front();
    CHECK(to_string(moved.before.date) == "2017-05-04");
    CHECK(to_string(moved.after.date) == "2017-05-05");
    CHECK(moved.because.source == "Notice 9/TB");
    CHECK(office.engine->get("two_steps/a").instance.revision == 1);
    CHECK(office.engine->next_due() == at("2017-05-03 08:00"));
}

TEST_CASE("applying it goes on from its cursor, and once more does nothing more [R81]") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add(two_steps);
    for (const char* key : {"a", "b", "c"}) REQUIRE(office.start("two_steps", key) == "done");
    REQUIRE(office.perform("two_steps/c", officer, "go") == "done");
    REQUIRE(office.engine->send("two_steps/c", Cancel{system_operator, "test"}).index() == 0);
    office.engine->register_calendar(next_version());
    const CalendarReport first = office.engine->apply_calendar("vn-state", system_operator, {}, 1);
    CHECK(first.moved.size() == 1);
    CHECK(first.cursor == "two_steps/a");
    CHECK_FALSE(first.finished);
    office.reopen();  // as after a crash
    CHECK(office.engine->get("two_steps/b").instance.revision == 1);
    const CalendarReport rest =
        office.engine->apply_calendar("vn-state", system_operator, first.cursor, 10);
    CHECK(rest.finished);
    CHECK(rest.moved.size() == 1);
    CHECK(rest.moved.front().instance == "two_steps/b");
    const CalendarReport again = office.engine->apply_calendar("vn-state", system_operator);
    CHECK(again.looked_at == 3);
    CHECK(again.concerned == 0);  // two are moved, one has ended
    CHECK(office.engine->get("two_steps/a").instance.revision == 2);
    CHECK(office.engine->get("two_steps/a").calendar->version() == 2);
    CHECK(office.engine->get("two_steps/c").calendar->version() == 1);
    // The store wakes it by the new dates, and the history runs again.
    CHECK(office.engine->next_due() == at("2017-05-04 08:00"));
    CHECK(office.engine->replay("two_steps/a").agrees());
    const auto rows = office.engine->history("two_steps/a");
    CHECK(std::get<CalendarChanged>(rows.back().event).actor.id == "lan");
}

TEST_CASE("without a registered version there is nothing to apply [R81]") {
    Office office;
    CHECK_THROWS_AS(office.engine->apply_calendar("nowhere", system_operator), Error);
}
