// Clocks: rules R70 to R79. Due dates are counted by hand on the calendar of June 2017, which has
// no holiday: 5 June is a Monday.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");

std::string waiting_procedure(const std::string& policy,
                              const std::string& limit = "10 working days") {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\n"
           "roles: {officer: Officer, head: Head}\n"
           "sla: {limit: " +
           limit + ", while_waiting: {supplement: " + policy +
           "},\n"
           "      moments: {2 working days before: {notify: head}, due: {notify: head}}}\n" +
           R"(
states:
  examine: {task: officer, actions: {ask: supplement, finish: {end: done}}}
  supplement: {task: officer, waiting_for: supplement, actions: {answer: examine}}
outcomes: {done: Done}
)";
}

}  // namespace

TEST_CASE("R72 continue: the clock takes no notice of the wait") {
    Dossier dossier(procedure_of(waiting_procedure("continue")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "ask") == "");
    CHECK(dossier.due("procedure") == "2017-06-19");
    REQUIRE(dossier.perform("2017-06-12 09:00", officer, "answer") == "");
    CHECK(dossier.due("procedure") == "2017-06-19");
}

TEST_CASE(
    "Civil Code 91/2015 art. 147: the day of an event never counts, nor do those of a pause [R71, "
    "R72]") {
    Dossier dossier(procedure_of(waiting_procedure("pause")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");  // Monday
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "ask") == "");
    CHECK(dossier.due("procedure") == "waiting");
    // Used: Tuesday and Wednesday. Answered on Monday 12: eight left from the 13th end on the 22nd.
    REQUIRE(dossier.perform("2017-06-12 09:00", officer, "answer") == "");
    CHECK(dossier.due("procedure") == "2017-06-22");
}

TEST_CASE("R71: pausing and resuming on one day counts no day twice") {
    Dossier dossier(procedure_of(waiting_procedure("pause")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    for (int i = 0; i < 3; ++i) {
        REQUIRE(dossier.perform("2017-06-07 09:00", officer, "ask") == "");
        REQUIRE(dossier.perform("2017-06-07 15:00", officer, "answer") == "");
    }
    CHECK(dossier.due("procedure") == "2017-06-19");
}

TEST_CASE("61/2018/ND-CP art. 19.4: the whole limit restarts from zero once the supplement is in") {
    Dossier dossier(procedure_of(waiting_procedure("restart")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-14 09:00", officer, "ask") == "");
    REQUIRE(dossier.perform("2017-06-19 09:00", officer, "answer") == "");
    CHECK(dossier.due("procedure") == "2017-07-03");
    CHECK(dossier.count(RecordKind::clock_restarted) == 1);
}

TEST_CASE("R72: what a late clock used is told while it waits and after") {
    Dossier dossier(procedure_of(waiting_procedure("pause", "2 working days")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-12 09:00", officer, "ask") == "");  // five: 6, 7, 8, 9, 12
    CHECK(clocks(*dossier.procedure, dossier.calendars, dossier.instance,
                 dossier.instance.last_now)[0]
              .used == 5);
    REQUIRE(dossier.perform("2017-06-20 09:00", officer, "answer") == "");
    CHECK(clocks(*dossier.procedure, dossier.calendars, dossier.instance,
                 dossier.instance.last_now)[0]
              .used == 5);
}

TEST_CASE("R71: a clock that was late when the wait began keeps its due date") {
    Dossier dossier(procedure_of(waiting_procedure("pause")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-21 09:00", officer, "ask") == "");
    REQUIRE(dossier.perform("2017-06-26 09:00", officer, "answer") == "");
    CHECK(dossier.due("procedure") == "2017-06-19");
    REQUIRE(dossier.perform("2017-06-27 09:00", officer, "finish") == "");
    CHECK(dossier.result("procedure") == "late");
}

TEST_CASE(
    "R78: no moment fires while the clock waits; a moved due date moves those not yet fired") {
    Dossier dossier(procedure_of(waiting_procedure("pause")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "ask") == "");
    dossier.pass_until("2017-06-30 09:00");
    CHECK(dossier.moments("procedure").empty());
    REQUIRE(dossier.perform("2017-06-30 09:00", officer, "answer") == "");  // eight left: 12 July
    CHECK(dossier.due("procedure") == "2017-07-12");
    dossier.pass_until("2017-07-31 09:00");
    CHECK(dossier.moments("procedure") ==
          Strings{"2 working days before@2017-07-10 08:00", "due@2017-07-12 17:00"});
}

TEST_CASE("R78: in a new round every moment fires again") {
    Dossier dossier(procedure_of(waiting_procedure("restart", "3 working days")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.pass_until("2017-06-08 18:00");
    CHECK(dossier.moments("procedure").size() == 2);
    REQUIRE(dossier.perform("2017-06-09 09:00", officer, "ask") == "");
    REQUIRE(dossier.perform("2017-06-12 09:00", officer, "answer") == "");
    dossier.pass_until("2017-06-30 09:00");
    CHECK(dossier.moments("procedure") ==
          Strings{"2 working days before@2017-06-06 08:00", "due@2017-06-08 17:00",
                  "2 working days before@2017-06-13 08:00", "due@2017-06-15 17:00"});
}

TEST_CASE("R78: share, after and repeated moments stand where a hand counts them") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
states:
  work:
    task: officer
    sla:
      limit: 10 working days
      moments:
        75%: {notify: officer}
        3 working days after: {notify: officer}
        every 5 working days after: {notify: officer, times: 2}
    to: {end: done}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.pass_until("2017-08-31 09:00");
    // 75 % of 10 is 7.5: the eighth day, Thursday 15. Due Monday 19; three after: 22; 26 and 3
    // July.
    CHECK(dossier.moments("work") == Strings{"75%@2017-06-15 17:00", "due@2017-06-19 17:00",
                                             "3 working days after@2017-06-22 17:00",
                                             "every 5 working days after@2017-06-26 17:00",
                                             "every 5 working days after@2017-07-03 17:00"});
}

TEST_CASE("R78: a moment before the start of its round does not fire") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
states:
  work:
    task: officer
    sla: {limit: 2 working days, moments: {5 working days before: {notify: officer}}}
    to: {end: done}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.pass_until("2017-06-30 09:00");
    CHECK(dossier.moments("work") == Strings{"due@2017-06-07 17:00"});
}

TEST_CASE("R77: early, on time and late are told by the day, and late by the closing hour") {
    struct Case {
        const char* finished;
        const char* result;
    };
    for (const Case& c : {Case{"2017-06-16 17:30", "early"}, Case{"2017-06-19 08:00", "on time"},
                          Case{"2017-06-19 17:00", "on time"}, Case{"2017-06-19 17:01", "late"},
                          Case{"2017-06-20 08:00", "late"}}) {
        CAPTURE(c.finished);
        Dossier dossier(procedure_of(waiting_procedure("pause")));
        REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
        REQUIRE(dossier.perform(c.finished, officer, "finish") == "");
        CHECK(dossier.result("procedure") == c.result);
    }
}

TEST_CASE("R79: what is noticed late is recorded late, and the officer is not blamed") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
states:
  work:
    task: officer
    sla: 3 working days
    after: {2 working days: next}
    to: {end: done}
  next: {task: officer, sla: 2 working days, to: {end: done}}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    // Due on Wednesday 7 June 17:00, noticed on Monday 12: the clock of `work` ended on the 7th.
    dossier.wake_up_at("2017-06-12 09:00");
    CHECK(dossier.states() == Strings{"next"});
    CHECK(dossier.result("work") == "early");
    CHECK(dossier.due("next") == "2017-06-14");  // what begins, begins when noticed
}

TEST_CASE(
    "R70: a clock that starts at a date counts from it, and waits for it when it lies ahead") {
    const auto procedure = procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
input: [signed_on]
data: {signed_on: optional date}
states:
  work:
    task: officer
    sla: {limit: 5 working days, starts: {date: signed_on}}
    to: {end: done}
outcomes: {done: Done}
)");
    Dossier past(procedure);
    REQUIRE(past.start("2017-06-07 09:00", officer, {{"signed_on", "2017-06-05"}}) == "");
    CHECK(past.due("work") == "2017-06-12");
    Dossier ahead(procedure);
    REQUIRE(ahead.start("2017-06-05 09:00", officer, {{"signed_on", "2017-06-12"}}) == "");
    CHECK(ahead.due("work") == "idle");
    ahead.pass_until("2017-06-12 00:00");
    CHECK(ahead.due("work") == "2017-06-19");
    Dossier never(procedure);
    REQUIRE(never.start("2017-06-05 09:00", officer) == "");
    CHECK(never.due("work") == "none");
}

TEST_CASE(
    "91/2015/QH13 art. 147: hour limits run from the moment, working hours inside opening hours") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
states:
  work:
    task: officer
    sla:
      legal: 24 hours
      internal: 8 working hours
    to: {end: done}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-09 16:00", officer) == "");  // Friday
    dossier.pass_until("2017-06-30 09:00");
    CHECK(dossier.moments("legal") == Strings{"due@2017-06-10 16:00"});
    CHECK(dossier.moments("internal") == Strings{"due@2017-06-12 16:00"});
}

TEST_CASE("R74: clocks of state, phase and procedure run independently") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
sla: 20 working days
states:
  phase:
    sla: 10 working days
    states:
      one: {task: officer, sla: 3 working days, to: two}
      two: {task: officer, sla: 3 working days, to: {end: done}}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-09 09:00", officer, "done") == "");
    CHECK(dossier.result("one") == "late");
    CHECK(dossier.due("two") == "2017-06-14");
    CHECK(dossier.due("phase") == "2017-06-19");
    CHECK(dossier.due("procedure") == "2017-07-03");
}
