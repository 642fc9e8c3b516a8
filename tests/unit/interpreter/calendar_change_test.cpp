// Several calendars in one procedure, and new versions of a calendar: rule R81. The calendars stand
// here: Monday to Friday, and 5, 12 and 19 June 2017 are Mondays.
#include <catch2/catch.hpp>

#include "record/record.hpp"
#include "support/dossier.hpp"
#include "workflow/error.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const Actor operator_of_system = actor("lan", "operator");

/// 8 June 2017, a Thursday, is taken off by a later notice.
std::shared_ptr<const Calendar> with_notice(const std::string& id) {
    return plain_calendar(id, 2,
                          "reasons: {mourning: National mourning}\n"
                          "years: {2017: {source: Notice 9/TB, days_off: {mourning: 06-08}}}\n");
}

std::string procedure_text(const std::string& keys) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: town\nroles: {officer: Officer}\n"
           "states:\n  work:\n    task: officer\n    " +
           keys +
           "\n    actions: {go: rest, finish: {end: done}}\n"
           "  rest: {task: officer, waiting_for: news, to: {end: done}}\noutcomes: {done: Done}\n";
}

const Record* first(const Dossier& dossier, RecordKind kind) {
    for (const Record& record : dossier.records) {
        if (record.kind == kind) return &record;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("a new version of the calendar moves what is due and tells old, new and notice [R81]") {
    const auto old_version = plain_calendar("town");
    const auto new_version = with_notice("town");
    Dossier dossier(procedure_of(procedure_text(
                        "sla: 5 working days\n    after: {4 working days: {notify: officer}}")),
                    {old_version, new_version});
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.due("work") == "2017-06-12");
    const CalendarChanged change{operator_of_system, old_version->digest(), new_version->digest()};
    const auto told = redated(*dossier.procedure, dossier.calendars, dossier.instance, change,
                              at("2017-06-06 09:00"));
    REQUIRE(told.size() == 2);
    CHECK(to_string(told[0].before.date) == "2017-06-12");
    CHECK(to_string(told[0].after.date) == "2017-06-13");
    CHECK(to_string(told[0].because.date) == "2017-06-08");
    CHECK(told[0].because.source == "Notice 9/TB");
    CHECK(dossier.due("work") == "2017-06-12");  // asking changes nothing

    REQUIRE(dossier.send("2017-06-06 09:00", change) == "");
    CHECK(dossier.due("work") == "2017-06-13");
    const Record* clock = first(dossier, RecordKind::clock_redated);
    REQUIRE(clock != nullptr);
    REQUIRE(clock->value.list()->size() == 3);
    CHECK(*clock->value.list()->at(0).instant() == at("2017-06-12 17:00"));
    CHECK(*clock->value.list()->at(1).instant() == at("2017-06-13 17:00"));
    CHECK(*clock->value.list()->at(2).text() == "Notice 9/TB");
    // The timer was due on Friday 9, and is now on Monday 12.
    const Record* timer = first(dossier, RecordKind::timer_redated);
    REQUIRE(timer != nullptr);
    CHECK(*timer->value.list()->at(1).instant() == at("2017-06-12 17:00"));
    dossier.pass_until("2017-06-11 09:00");
    CHECK(dossier.notified().empty());
    dossier.pass_until("2017-06-12 17:00");
    CHECK(dossier.notified().size() == 1);
    CHECK(dossier.instance.calendar == new_version->digest());
}

TEST_CASE("what the new version does not touch stays, and no record says otherwise [R81]") {
    const auto old_version = plain_calendar("town");
    const auto new_version = with_notice("town");
    Dossier dossier(procedure_of(procedure_text("sla: {early: 2 working days, hours: 200 hours}")),
                    {old_version, new_version});
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(
        dossier.send("2017-06-06 09:00", CalendarChanged{operator_of_system, old_version->digest(),
                                                         new_version->digest()}) == "");
    CHECK(dossier.count(RecordKind::clock_redated) == 0);
    CHECK(dossier.count(RecordKind::calendar_changed) == 1);
    CHECK(dossier.due("early") == "2017-06-07");
}

TEST_CASE(
    "ended clocks keep their result, and one that waits counts by the new version when it goes "
    "on [R81]") {
    const auto old_version = plain_calendar("town");
    const auto new_version = with_notice("town");
    Dossier dossier(
        procedure_of("procedure: test\nversion: 1\ntitle: Test\ncalendar: town\n"
                     "roles: {officer: Officer}\n"
                     "sla: {limit: 5 working days, while_waiting: pause}\n"
                     "states:\n  work: {task: officer, sla: {part: 1 working day}, to: rest}\n"
                     "  rest: {task: officer, waiting_for: news, to: last}\n"
                     "  last: {task: officer, to: {end: done}}\noutcomes: {done: Done}\n"),
        {old_version, new_version});
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "done") == "");  // one day used
    REQUIRE(
        dossier.send("2017-06-06 10:00", CalendarChanged{operator_of_system, old_version->digest(),
                                                         new_version->digest()}) == "");
    CHECK(dossier.count(RecordKind::clock_redated) == 0);
    CHECK(dossier.result("part") == "on time");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "done") == "");
    CHECK(dossier.due("procedure") == "2017-06-14");  // 9, 12, 13, 14: the 8th is off
}

TEST_CASE(
    "a version that the instance does not count by, or another calendar, is not taken [R81]") {
    const auto old_version = plain_calendar("town");
    const auto new_version = with_notice("town");
    const auto other = plain_calendar("village");
    Dossier dossier(procedure_of(procedure_text("sla: 5 working days")),
                    {old_version, new_version, other});
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.send("2017-06-06 09:00",
                       CalendarChanged{operator_of_system, new_version->digest(),
                                       old_version->digest()}) == "calendar-not-used");
    CHECK_THROWS_AS(
        dossier.send("2017-06-06 09:00",
                     CalendarChanged{operator_of_system, old_version->digest(), other->digest()}),
        Error);
    CHECK(dossier.due("work") == "2017-06-12");
}

TEST_CASE("a group, a state or a clock may count by another calendar than its procedure [2.4]") {
    const std::string saturdays = "monday to saturday: [08:00-12:00, 13:00-17:00]";
    const auto town = plain_calendar("town");
    const auto bank = plain_calendar("bank", 1, {}, saturdays);
    const auto procedure = procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: town
roles: {officer: Officer}
sla: {whole: 5 working days, at_bank: {limit: 5 working days, calendar: bank}}
states:
  phase:
    calendar: bank
    sla: {phase_clock: 5 working days}
    states:
      work:
        task: officer
        sla: {inner: 5 working days, at_town: {limit: 5 working days, calendar: town}}
        after: {6 working days: {notify: officer}}
        to: {end: done}
outcomes: {done: Done}
)");
    CHECK(procedure->more_calendars() == Strings{"bank"});
    Dossier dossier(procedure, {town, bank});
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.due("whole") == "2017-06-12");
    CHECK(dossier.due("at_bank") == "2017-06-10");  // a Saturday
    CHECK(dossier.due("phase_clock") == "2017-06-10");
    CHECK(dossier.due("inner") == "2017-06-10");
    CHECK(dossier.due("at_town") == "2017-06-12");
    dossier.pass_until("2017-06-12 16:59");
    CHECK(dossier.notified().empty());
    dossier.pass_until("2017-06-12 17:00");
    CHECK(dossier.notified().size() == 1);
    // It is stored, and read again as it was.
    CHECK(record::decode_instance(record::encode(dossier.instance), {}) == dossier.instance);
}

TEST_CASE("a new version moves only what counts by that calendar [R81]") {
    const auto town = plain_calendar("town");
    const auto bank = plain_calendar("bank");
    const auto new_bank = with_notice("bank");
    Dossier dossier(procedure_of(procedure_text(
                        "sla: {here: 5 working days, there: {limit: 5 working days, calendar: "
                        "bank}}")),
                    {town, bank, new_bank});
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-06 09:00", CalendarChanged{operator_of_system, bank->digest(),
                                                             new_bank->digest()}) == "");
    CHECK(dossier.due("here") == "2017-06-12");
    CHECK(dossier.due("there") == "2017-06-13");
    CHECK(dossier.instance.calendar == town->digest());
    CHECK(dossier.instance.more_calendars == std::vector<Digest>{new_bank->digest()});
}
