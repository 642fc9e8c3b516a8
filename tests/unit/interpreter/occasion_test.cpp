// What starts and stops a clock, and fixed dates: rule R70. Due dates are counted by hand on June
// 2017, which has no holiday: 5, 12, 19 and 26 June are Mondays.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"
#include "workflow/index_rows.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");

std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\nroles: {officer: "
           "Officer}\n" +
           rest;
}

/// A phase of draft, check and sign, with one clock on it.
std::string phase(const std::string& sla) {
    return in_head(R"(
data: {opens: optional date}
actions: {set_date: {role: officer, fields: {opens: date}}}
states:
  phase:
    sla: )" + sla + R"(
    states:
      draft: {task: officer, to: check}
      check: {task: officer, actions: {return: draft, pass: sign, drop: {end: dropped}}}
      sign: {task: officer, actions: {approve: {end: done}, again: check}}
outcomes: {done: Done, dropped: Dropped}
)");
}

}  // namespace

TEST_CASE("a clock counts from what starts it, not from entering its owner [R70]") {
    Dossier dossier(procedure_of(phase("{limit: 5 working days, starts: {left: draft}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.due("phase") == "idle");
    CHECK(index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due.empty());
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "done") == "");
    CHECK(dossier.due("phase") == "2017-06-14");  // 8, 9, 12, 13, 14
    // What starts it a second time changes nothing.
    REQUIRE(dossier.perform("2017-06-08 09:00", officer, "return") == "");
    REQUIRE(dossier.perform("2017-06-09 09:00", officer, "done") == "");
    CHECK(dossier.due("phase") == "2017-06-14");
    CHECK(dossier.count(RecordKind::clock_started) == 1);
}

TEST_CASE("a clock ends with what stops it, while its owner goes on [R70]") {
    Dossier dossier(procedure_of(phase("{limit: 5 working days, stops: {entered: sign}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.due("phase") == "2017-06-12");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "done") == "");
    CHECK(dossier.due("phase") == "2017-06-12");
    REQUIRE(dossier.perform("2017-06-12 16:00", officer, "pass") == "");
    CHECK(dossier.result("phase") == "on time");
    CHECK(dossier.due("phase") == "none");
    CHECK(dossier.states() == Strings{"phase", "sign"});
    // It measures once for each time that its owner is entered.
    REQUIRE(dossier.perform("2017-06-13 09:00", officer, "again") == "");
    REQUIRE(dossier.perform("2017-06-14 09:00", officer, "pass") == "");
    CHECK(dossier.count(RecordKind::clock_ended) == 1);
}

TEST_CASE("an owner left before what stops its clock gives no result and no lateness [R70]") {
    Dossier dossier(procedure_of(phase("{limit: 5 working days, stops: {entered: sign}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "done") == "");
    REQUIRE(dossier.perform("2017-06-30 09:00", officer, "drop") == "");  // long after 12 June
    CHECK(dossier.result("phase") == "not reached");
    for (const Record& record : dossier.records) {
        if (record.kind == RecordKind::clock_ended) CHECK(record.value.is_null());
    }
}

TEST_CASE("a clock that never began leaves nothing behind [R70]") {
    Dossier dossier(procedure_of(phase("{limit: 5 working days, starts: {entered: sign}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "done") == "");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "drop") == "");
    CHECK(dossier.count(RecordKind::clock_started) == 0);
    CHECK(dossier.count(RecordKind::clock_ended) == 0);
    CHECK(dossier.instance.clocks.empty());
}

TEST_CASE("an action starts a clock, and any of several stops it [R70]") {
    Dossier dossier(
        procedure_of(phase("{limit: 5 working days, starts: {performed: pass}, stops: {performed: "
                           "[drop, approve]}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "done") == "");
    CHECK(dossier.due("phase") == "idle");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "pass") == "");
    CHECK(dossier.due("phase") == "2017-06-14");
    REQUIRE(dossier.perform("2017-06-13 18:00", officer, "approve") == "");
    CHECK(dossier.result("phase") == "early");
}

TEST_CASE("what stops a clock before it has begun does not end it [R70]") {
    Dossier dossier(procedure_of(
        phase("{limit: 5 working days, starts: {left: check}, stops: {entered: check}}")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "done") == "");  // enters check: nothing
    CHECK(dossier.due("phase") == "idle");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "pass") == "");
    CHECK(dossier.due("phase") == "2017-06-14");
    REQUIRE(dossier.perform("2017-06-15 09:00", officer, "again") == "");
    CHECK(dossier.result("phase") == "late");
}

TEST_CASE("a clock whose date is to come sleeps until a timer wakes it [R70]") {
    const auto procedure = procedure_of(in_head(R"(
input: [opens]
data: {opens: optional date}
states:
  work: {task: officer, sla: {limit: 10 working days, starts: {date: opens}}, to: {end: done}}
outcomes: {done: Done}
)"));
    Dossier ahead(procedure);
    REQUIRE(ahead.start("2017-06-05 09:00", officer, {{"opens", "2017-06-12"}}) == "");
    CHECK(ahead.due("work") == "idle");
    ahead.pass_until("2017-06-11 23:59");
    CHECK(ahead.due("work") == "idle");
    ahead.wake_up_at("2017-06-15 09:00");  // noticed late, counted from its date
    CHECK(ahead.due("work") == "2017-06-26");
    Dossier behind(procedure);
    REQUIRE(behind.start("2017-06-05 09:00", officer, {{"opens", "2017-06-01"}}) == "");
    CHECK(behind.due("work") == "2017-06-15");  // 2, 5 to 9, 12 to 15
    Dossier without(procedure);
    REQUIRE(without.start("2017-06-05 09:00", officer) == "");
    CHECK(without.due("work") == "none");
    Dossier left(procedure);
    REQUIRE(left.start("2017-06-05 09:00", officer, {{"opens", "2017-06-12"}}) == "");
    REQUIRE(left.perform("2017-06-06 09:00", officer, "done") == "");
    CHECK(left.result("work") == "none");
}

TEST_CASE("a date stops a clock at its midnight, whoever notices it when [R70, R79]") {
    Dossier dossier(procedure_of(in_head(R"(
input: [closes]
data: {closes: date}
states:
  work: {task: officer, sla: {limit: 5 working days, stops: {date: closes}}, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"closes", "2017-06-12"}}) == "");
    dossier.wake_up_at("2017-06-20 09:00");
    CHECK(dossier.result("work") == "on time");
    CHECK(dossier.states() == Strings{"work"});
    Dossier left(procedure_of(in_head(R"(
input: [closes]
data: {closes: date}
states:
  work: {task: officer, sla: {limit: 5 working days, stops: {date: closes}}, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(left.start("2017-06-05 09:00", officer, {{"closes", "2017-06-12"}}) == "");
    REQUIRE(left.perform("2017-06-06 09:00", officer, "done") == "");
    CHECK(left.result("work") == "not reached");
}

TEST_CASE("what a late-noticed timer stops has stopped when that was due [R70, R79]") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  phase:
    sla: {limit: 5 working days, stops: {entered: rest}}
    states:
      work: {task: officer, after: {3 working days: rest}, to: {end: none}}
      rest: {task: officer, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.wake_up_at("2017-06-20 09:00");  // the timer was due on 8 June, the clock on the 12th
    CHECK(dossier.result("phase") == "early");
}

TEST_CASE("each item has its own start and stop of a clock [R41, R70]") {
    Dossier dossier(procedure_of(in_head(R"(
input: [units]
data: {units: list of text}
states:
  ask:
    each: {of: units, as: unit}
    states:
      opinion:
        sla: {limit: 2 working days, starts: {left: read}, stops: {entered: file}}
        states:
          read: {task: {role: officer, for: unit}, to: write}
          write: {task: {role: officer, for: unit}, to: file}
          file: {task: {role: officer, for: unit}, to: {end: given}}
    to: {end: done}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"units", List{"culture", "sports"}}}) ==
            "");
    const Actor culture = actor("hoa", "officer", "culture");
    const Actor sports = actor("nam", "officer", "sports");
    REQUIRE(dossier.perform("2017-06-06 09:00", culture, "done") == "");
    CHECK(dossier.count(RecordKind::clock_started) == 1);
    REQUIRE(dossier.perform("2017-06-12 09:00", sports, "done") == "");
    CHECK(dossier.count(RecordKind::clock_started) == 2);
    REQUIRE(dossier.perform("2017-06-13 09:00", sports, "done") == "");
    CHECK(dossier.result("opinion") == "early");
    CHECK(dossier.count(RecordKind::clock_ended) == 1);  // that of culture runs on
    REQUIRE(dossier.perform("2017-06-14 09:00", culture, "done") == "");
    CHECK(dossier.result("opinion") == "late");
}

TEST_CASE(
    "a fixed date that is a day off ends with the next working day: Civil Code 91/2015, art. "
    "148 [R70]") {
    const auto procedure = procedure_of(in_head(R"(
input: [effective]
data: {effective: optional date}
states:
  work:
    task: officer
    sla: {due: effective, moments: {2 working days before: {notify: officer}}}
    to: {end: done}
outcomes: {done: Done}
)"));
    Dossier dossier(procedure);
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"effective", "2017-06-18"}}) == "");
    CHECK(dossier.due("work") == "2017-06-19");  // 18 June is a Sunday
    dossier.pass_until("2017-06-30 09:00");
    CHECK(dossier.moments("work") ==
          Strings{"2 working days before@2017-06-15 08:00", "due@2017-06-19 17:00"});
    REQUIRE(dossier.perform("2017-06-30 10:00", officer, "done") == "");
    CHECK(dossier.result("work") == "late");
    Dossier without(procedure);
    REQUIRE(without.start("2017-06-05 09:00", officer) == "");
    CHECK(without.due("work") == "none");
}

TEST_CASE("condition, length and date of a clock are read as it starts, not before [R70]") {
    const auto procedure = procedure_of(in_head(R"(
data: {days: optional limit, urgent: {type: boolean, default: false}}
states:
  phase:
    sla: {limit: days, when: "!urgent", starts: {left: draft}}
    states:
      draft: {task: officer, actions: {pass: {to: work, fields: {days: optional limit, urgent: optional boolean}}}}
      work: {task: officer, to: {end: done}}
outcomes: {done: Done}
)"));
    Dossier dossier(procedure);
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.due("phase") == "idle");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "pass",
                            {{"days", Limit{3, Unit::working_days}}}) == "");
    CHECK(dossier.due("phase") == "2017-06-09");
    Dossier urgent(procedure);
    REQUIRE(urgent.start("2017-06-05 09:00", officer) == "");
    REQUIRE(urgent.perform("2017-06-06 09:00", officer, "pass",
                           {{"days", Limit{3, Unit::working_days}}, {"urgent", true}}) == "");
    CHECK(urgent.due("phase") == "none");
    Dossier without(procedure);
    REQUIRE(without.start("2017-06-05 09:00", officer) == "");
    REQUIRE(without.perform("2017-06-06 09:00", officer, "pass") == "");
    CHECK(without.due("phase") == "none");
}

TEST_CASE("a remainder starts and stops clocks around it, and has left its state once [R36, R70]") {
    Dossier dossier(procedure_of(in_head(R"(
sla:
  first: {limit: 5 working days, stops: {left: all}}
  second: {limit: 5 working days, stops: {performed: two}}
  afterwards: {limit: 5 working days, starts: {entered: next}, stops: {left: all}}
states:
  all:
    parallel:
      a: {task: officer, actions: {one: {end: none}}}
      b: {task: officer, actions: {two: {end: none}}}
    join: any
    others: keep
    to: next
  next: {task: officer, actions: {close: {end: done}}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "one") == "");
    CHECK(dossier.result("first") == "early");
    CHECK(dossier.due("second") == "2017-06-12");
    CHECK(dossier.due("afterwards") == "2017-06-13");
    REQUIRE(dossier.perform("2017-06-12 09:00", officer, "two") == "");
    CHECK(dossier.result("second") == "on time");
    CHECK(dossier.due("afterwards") == "2017-06-13");  // `all` was left on 6 June, and only then
    REQUIRE(dossier.perform("2017-06-13 09:00", officer, "close") == "");
    CHECK(dossier.result("afterwards") == "not reached");
}

TEST_CASE("a message starts and stops a clock as a place takes it, before the way [R70]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {asked: {fields: {until: date, sure: boolean}}, answered: {}}
data: {until: optional date}
states:
  phase:
    sla:
      answering:
        limit: 5 working days
        when: until != null
        starts: {message: asked}
        stops: {message: answered}
    receive:
      asked: {when: message.sure, extend: {answering: 1 working day}}
      answered: {notify: officer}
    states:
      draft: {task: officer, to: check}
      check: {task: officer, actions: {return: draft, pass: {end: done}}}
outcomes: {done: Done}
)")));
    const auto ask = [&](const std::string& when, bool sure) {
        return dossier.send(
            when, Message{"asked", {}, {{"until", "2017-07-01"}, {"sure", sure}}, "partner", {}});
    };
    const Message answered{"answered", {}, {}, "partner", {}};
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.due("answering") == "idle");
    // Nobody takes it: its guard is false.
    REQUIRE(ask("2017-06-06 09:00", false) == "");
    CHECK(dossier.due("answering") == "idle");
    // What stops it before it has begun does nothing.
    REQUIRE(dossier.send("2017-06-06 10:00", answered) == "");
    CHECK(dossier.count(RecordKind::clock_ended) == 0);
    // The field is stored before the clock reads it, and the way finds the clock begun.
    REQUIRE(ask("2017-06-07 09:00", true) == "");
    CHECK(dossier.due("answering") == "2017-06-15");  // 8, 9, 12, 13, 14, and 15
    REQUIRE(ask("2017-06-08 09:00", true) == "");
    CHECK(dossier.due("answering") == "2017-06-16");
    CHECK(dossier.count(RecordKind::clock_started) == 1);
    REQUIRE(dossier.send("2017-06-16 16:00", answered) == "");
    CHECK(dossier.result("answering") == "on time");
    CHECK(dossier.due("answering") == "none");
    CHECK(dossier.states() == Strings{"draft", "phase"});
    CHECK(dossier.count(RecordKind::incident_opened) == 0);
}

TEST_CASE(
    "a message to another item of an each starts no clock here; a kept one when taken [R41]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {asked: {keep: true}}
data: {units: {type: list of text, default: [x, y]}}
states:
  all:
    each: {of: units, as: unit}
    states:
      item:
        sla: {limit: 5 working days, starts: {message: asked}}
        states:
          wait_here: {task: officer, actions: {listen: ask}}
          ask: {receive: {asked: work}}
          work: {task: officer, to: {end: none}}
        to: {end: none}
    to: {end: done}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-06 09:00", Message{"asked", {}, {}, "partner", {}}) == "");
    CHECK(dossier.count(RecordKind::message_kept) == 1);
    CHECK(dossier.count(RecordKind::clock_started) == 0);
    const Ordinal second = dossier.token_on("wait_here");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "listen", {}, second) == "");
    CHECK(dossier.count(RecordKind::clock_started) == 1);
    CHECK(dossier.states() == Strings{"all", "item", "item", "wait_here", "work"});
    std::vector<std::string> dues;
    for (const ClockView& clock :
         clocks(*dossier.procedure, dossier.calendars, dossier.instance, at("2017-06-07 09:00"))) {
        dues.push_back(clock.phase == ClockState::Phase::idle ? "idle"
                                                              : to_string(clock.due->date));
    }
    CHECK(dues == Strings{"idle", "2017-06-14"});
}

TEST_CASE("a message to the procedure starts a clock of the procedure [R70]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {asked: {}}
sla: {answering: {limit: 5 working days, starts: {message: asked}}}
receive: {asked: {notify: officer}}
states: {a: {task: officer, to: {end: done}}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-07 09:00", Message{"asked", {}, {}, "partner", {}}) == "");
    CHECK(dossier.due("answering") == "2017-06-14");
    REQUIRE(dossier.perform("2017-06-15 09:00", officer, "done") == "");
    CHECK(dossier.result("answering") == "late");
}

TEST_CASE("what stands at a door has not been entered: no clock starts or stops [R40, R70]") {
    Dossier dossier(procedure_of(in_head(R"(
sla:
  stay_time: {limit: 5 working days, starts: {entered: y}}
  gone: {limit: 5 working days, stops: {left: y}}
states:
  both:
    parallel:
      x: {one_at_a_time: room, states: {x1: {task: officer, actions: {in_x: {end: none}}}}}
      y:
        one_at_a_time: room
        sla: 3 working days
        states: {y1: {task: officer, actions: {in_y: {end: none}}}}
    actions: {skip: {role: officer, to: next}}
    to: next
  next: {task: officer, actions: {close: {end: done}}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.due("y") == "none");
    CHECK(dossier.due("stay_time") == "idle");
    SECTION("the clocks start as it comes through") {
        REQUIRE(dossier.perform("2017-06-07 09:00", officer, "in_x") == "");
        CHECK(dossier.due("y") == "2017-06-12");          // 8, 9, 12
        CHECK(dossier.due("stay_time") == "2017-06-14");  // 8, 9, 12, 13, 14
        REQUIRE(dossier.perform("2017-06-12 09:00", officer, "in_y") == "");
        CHECK(dossier.result("y") == "on time");
        CHECK(dossier.result("gone") == "on time");
    }
    SECTION("withdrawn from the door, it has not left") {
        REQUIRE(dossier.perform("2017-06-07 09:00", officer, "skip") == "");
        CHECK(dossier.result("gone") == "none");
        CHECK(dossier.due("stay_time") == "idle");
    }
}
