// Moments and dates that come back: rules R78 to R80. 5, 12, 19 and 26 June 2017 are Mondays.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"
#include "workflow/index_rows.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");

std::string working(const std::string& keys) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\n"
           "roles: {officer: Officer}\nparameters: {pause: {type: optional limit, default: null}}\n"
           "states:\n  work:\n    task: officer\n    " +
           keys +
           "\n    actions: {ask: wait_here, finish: {end: done}}\n"
           "  wait_here: {task: officer, to: work}\noutcomes: {done: Done}\n";
}

Strings timers(const Dossier& dossier) {
    Strings dates;
    for (const DueRow& row :
         index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due) {
        dates.push_back(to_short_string(row.due, std::chrono::hours(7)));
    }
    return dates;
}

}  // namespace

TEST_CASE("a moment on every Monday comes while the clock runs, after its end no more [R78]") {
    Dossier dossier(procedure_of(
        working("sla: {limit: 30 working days, moments: {every monday: {notify: officer}}}")));
    REQUIRE(dossier.start("2017-06-05 07:00", officer) == "");  // a Monday: strictly after it
    dossier.pass_until("2017-06-20 09:00");
    CHECK(dossier.moments("work") ==
          Strings{"every monday@2017-06-12 08:00", "every monday@2017-06-19 08:00"});
    REQUIRE(dossier.perform("2017-06-20 10:00", officer, "finish") == "");
    CHECK(timers(dossier).empty());
}

TEST_CASE("dates that recur while the clock waits are passed over [R78]") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
sla: {limit: 30 working days, while_waiting: pause, moments: {every monday: {notify: officer}}}
states:
  examine: {task: officer, actions: {ask: supplement, finish: {end: done}}}
  supplement: {task: officer, waiting_for: supplement, to: examine}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "ask") == "");
    dossier.pass_until("2017-06-21 09:00");
    REQUIRE(dossier.perform("2017-06-21 09:00", officer, "done") == "");
    dossier.pass_until("2017-06-30 09:00");
    CHECK(dossier.moments("procedure") == Strings{"every monday@2017-06-26 08:00"});
}

TEST_CASE("after an outage each recurring moment has its own instant [R78, R79]") {
    Dossier dossier(procedure_of(
        working("sla: {limit: 60 working days, moments: {every last working day of month: {notify: "
                "officer}}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.wake_up_at("2017-08-01 09:00");
    CHECK(dossier.moments("work") == Strings{"every last working day of month@2017-06-30 08:00",
                                             "every last working day of month@2017-07-31 08:00"});
}

TEST_CASE("a recurring moment of the procedure whose way fails has happened, and comes again [R27]") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
data: {days: optional integer, told: {type: integer, default: 0}}
sla: {limit: 30 working days, moments: {every monday: {set: {told: told + days}}}}
states: {work: {task: officer, actions: {finish: {end: done}}}}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.pass_until("2017-06-12 09:00");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(timers(dossier) == Strings{"2017-06-19 08:00"});
    dossier.pass_until("2017-06-19 09:00");
    CHECK(dossier.count(RecordKind::incident_opened) == 2);
}

TEST_CASE("a share of hours is an exact instant [R78]") {
    Dossier dossier(
        procedure_of(working("sla: {limit: 8 working hours, moments: {50%: {notify: officer}}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.pass_until("2017-06-30 09:00");
    CHECK(dossier.moments("work") == Strings{"50%@2017-06-05 14:00", "due@2017-06-06 09:00"});
}

TEST_CASE("a timer on a recurring date comes again until the state is left [R80]") {
    Dossier dossier(procedure_of(working("after: {every monday: {notify: officer}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(timers(dossier) == Strings{"2017-06-12 08:00"});
    dossier.wake_up_at("2017-06-20 09:00");
    CHECK(dossier.notified().size() == 2);
    CHECK(timers(dossier) == Strings{"2017-06-26 08:00"});
    REQUIRE(dossier.perform("2017-06-20 10:00", officer, "ask") == "");
    CHECK(timers(dossier).empty());
}

TEST_CASE("a yearly timer fires on its date, worked or not, and leads on once [R80]") {
    Dossier dossier(procedure_of(working("after: {every 12-31: {end: done}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(timers(dossier) == Strings{"2017-12-31 00:00"});  // a Sunday
    dossier.pass_until("2017-12-31 00:00");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("every so many days comes again as long as the state is held, or so often [R80]") {
    Dossier dossier(procedure_of(
        working("after: {every 5 working days: {notify: officer}, every 2 days: {notify: officer, "
                "times: 2}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.wake_up_at("2017-06-27 09:00");
    // 12, 19 and 26 June; 7 and 9 June.
    CHECK(dossier.notified().size() == 5);
    CHECK(timers(dossier) == Strings{"2017-07-03 17:00"});
}

TEST_CASE("a parameter that is null sets no timer [R80]") {
    Dossier dossier(procedure_of(working("after: {pause: {end: done}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(timers(dossier).empty());
}
