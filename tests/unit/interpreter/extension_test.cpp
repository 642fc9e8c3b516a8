// More time for a clock, and waits in full: rules R71, R73, R76, R77. Due dates are counted by hand
// on June and July 2017, which have no holiday: 5, 12, 19, 26 June and 3 July are Mondays.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");

std::string extendable(const std::string& limit, const std::string& more,
                       const std::string& policy = "pause") {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\n"
           "roles: {officer: Officer}\ndata: {until: optional date}\n"
           "sla: {" +
           limit + ", while_waiting: " + policy + "}\n" + R"(
states:
  examine:
    task: officer
    actions:
      ask: supplement
      more: {extend: {procedure: )" +
           more + R"(}}
      move: {fields: {until: date}, extend: {procedure: fields.until}}
      finish: {end: done}
  supplement:
    task: officer
    waiting_for: supplement
    actions: {answer: examine, press: {extend: {procedure: )" +
           more + R"(}}}
outcomes: {done: Done}
)";
}

Dossier started(const std::string& yaml, const std::string& when = "2017-06-05 09:00") {
    Dossier dossier(procedure_of(yaml));
    REQUIRE(dossier.start(when, officer) == "");
    return dossier;
}

std::string move_to(Dossier& dossier, const std::string& when, const std::string& date) {
    return dossier.perform(when, officer, "move", {{"until", date}});
}

}  // namespace

TEST_CASE(
    "an extension adds to the limit; the original due date stands beside the current [R76, "
    "R77]") {
    Dossier dossier = started(extendable("limit: 10 working days", "5 working days"));
    CHECK(dossier.due("procedure") == "2017-06-19");
    REQUIRE(dossier.perform("2017-06-15 09:00", officer, "more") == "");
    CHECK(dossier.due("procedure") == "2017-06-26");
    CHECK(dossier.original_due("procedure") == "2017-06-19");
    CHECK(dossier.count(RecordKind::clock_extended) == 1);
    REQUIRE(dossier.perform("2017-06-21 09:00", officer, "finish") == "");
    CHECK(dossier.result("procedure") == "early");
    CHECK(dossier.original_result("procedure") == "late");
}

TEST_CASE("a message gives more time as an action does [R60, R76]") {
    Dossier dossier = started(R"(procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
messages: {delayed: {}}
states:
  examine:
    task: officer
    sla: 10 working days
    receive: {delayed: {extend: {examine: 5 working days}}}
    to: {end: done}
outcomes: {done: Done}
)");
    CHECK(dossier.due("examine") == "2017-06-19");
    REQUIRE(dossier.send("2017-06-15 09:00", Message{"delayed", {}, {}, "partner", {}}) == "");
    CHECK(dossier.due("examine") == "2017-06-26");
    CHECK(dossier.original_due("examine") == "2017-06-19");
}

TEST_CASE("results against both dates: early, on time and late of each [R77]") {
    struct Case {
        const char* finished;
        const char* result;
        const char* original;
    };
    for (const Case& c :
         {Case{"2017-06-16 09:00", "early", "early"}, Case{"2017-06-19 09:00", "early", "on time"},
          Case{"2017-06-19 17:01", "early", "late"}, Case{"2017-06-26 17:00", "on time", "late"},
          Case{"2017-06-26 17:01", "late", "late"}}) {
        CAPTURE(c.finished);
        Dossier dossier = started(extendable("limit: 10 working days", "5 working days"));
        REQUIRE(dossier.perform("2017-06-15 09:00", officer, "more") == "");
        REQUIRE(dossier.perform(c.finished, officer, "finish") == "");
        CHECK(dossier.result("procedure") == c.result);
        CHECK(dossier.original_result("procedure") == c.original);
    }
}

TEST_CASE(
    "an extension to a date adds the days up to it, and a later wait is reckoned from there "
    "[R76]") {
    Dossier dossier = started(extendable("limit: 10 working days", "5 working days"));
    REQUIRE(move_to(dossier, "2017-06-07 09:00", "2017-06-26") == "");  // 5 more than the 19th
    CHECK(dossier.due("procedure") == "2017-06-26");
    REQUIRE(dossier.perform("2017-06-12 09:00", officer, "ask") == "");  // 6, 7, 8, 9, 12 used
    REQUIRE(dossier.perform("2017-06-19 09:00", officer, "answer") == "");
    CHECK(dossier.due("procedure") == "2017-07-03");           // ten left of fifteen
    CHECK(dossier.original_due("procedure") == "2017-06-26");  // five left of ten
}

TEST_CASE(
    "an extension is refused that is no later, on a day off, or while the clock waits [R76]") {
    Dossier dossier = started(extendable("limit: 10 working days", "5 working days"));
    CHECK(move_to(dossier, "2017-06-07 09:00", "2017-06-16") == "not-later");
    CHECK(move_to(dossier, "2017-06-07 09:00", "2017-06-19") == "not-later");
    CHECK(move_to(dossier, "2017-06-07 09:00", "2017-06-24") == "day-not-counted");  // Saturday
    CHECK(dossier.refusal.reason("en").find("working day") != std::string::npos);
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "ask") == "");
    CHECK(dossier.perform("2017-06-08 09:00", officer, "press") == "clock-not-running");
    CHECK(dossier.count(RecordKind::clock_extended) == 0);
    CHECK(dossier.data("until").is_null());  // all of the step, or none of it
}

TEST_CASE("an extension of a clock that has ended or not begun is refused [R76]") {
    const auto procedure = procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
actions: {more: {role: officer, extend: {first: 2 working days}}}
states:
  start: {task: officer, to: work}
  work: {task: officer, sla: {first: 5 working days}, to: rest}
  rest: {task: officer, to: {end: done}}
outcomes: {done: Done}
)");
    Dossier dossier(procedure);
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.perform("2017-06-05 09:30", officer, "more") == "clock-not-running");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "done") == "");
    REQUIRE(dossier.perform("2017-06-06 10:00", officer, "more") == "");
    CHECK(dossier.due("first") == "2017-06-14");
    REQUIRE(dossier.perform("2017-06-07 10:00", officer, "done") == "");
    CHECK(dossier.perform("2017-06-07 11:00", officer, "more") == "clock-not-running");
}

TEST_CASE("a new round has none of the earlier extensions [R76]") {
    Dossier dossier = started(extendable("limit: 10 working days", "5 working days", "restart"));
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "more") == "");
    CHECK(dossier.due("procedure") == "2017-06-26");
    REQUIRE(dossier.perform("2017-06-14 09:00", officer, "ask") == "");
    REQUIRE(dossier.perform("2017-06-19 09:00", officer, "answer") == "");
    CHECK(dossier.due("procedure") == "2017-07-03");
    CHECK(dossier.original_due("procedure") == "2017-07-03");
    REQUIRE(dossier.perform("2017-07-03 09:00", officer, "finish") == "");
    CHECK(dossier.result("procedure") == "on time");
    CHECK(dossier.original_result("procedure") == "none");
}

TEST_CASE(
    "calendar days roll on to a working day, and so does an extension: Civil Code 91/2015, "
    "art. 148 [R76]") {
    Dossier dossier = started(extendable("limit: 5 days", "1 day"));
    CHECK(dossier.due("procedure") == "2017-06-12");  // Saturday 10, rolled to Monday
    // Six days end on Sunday 11: the same Monday, which is no later.
    CHECK(dossier.perform("2017-06-06 09:00", officer, "more") == "not-later");
    REQUIRE(move_to(dossier, "2017-06-06 09:00", "2017-06-14") == "");
    CHECK(dossier.due("procedure") == "2017-06-14");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "more") == "");
    CHECK(dossier.due("procedure") == "2017-06-15");
}

TEST_CASE(
    "months are extended by months, to the corresponding day: Civil Code 91/2015, art. 148 "
    "[R76]") {
    Dossier dossier =
        started(extendable("limit: 1 month", "1 month", "restart"), "2018-01-31 09:00");
    CHECK(dossier.due("procedure") == "2018-02-28");  // there is no 31 February
    REQUIRE(dossier.perform("2018-02-05 09:00", officer, "more") == "");
    CHECK(dossier.due("procedure") == "2018-04-02");  // 31 March is a Saturday
    REQUIRE(move_to(dossier, "2018-02-06 09:00", "2018-04-05") == "");
    CHECK(dossier.due("procedure") == "2018-04-05");
    CHECK(dossier.original_due("procedure") == "2018-02-28");
}

TEST_CASE("a fixed date is replaced by the date of an extension [R76]") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
data: {until: date}
input: [until]
states:
  work:
    task: officer
    sla: {due: until}
    actions:
      move: {fields: {later: date}, extend: {work: fields.later}}
      finish: {end: done}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"until", "2017-06-14"}}) == "");
    CHECK(dossier.due("work") == "2017-06-14");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "move", {{"later", "2017-06-20"}}) == "");
    CHECK(dossier.due("work") == "2017-06-20");
    CHECK(dossier.original_due("work") == "2017-06-14");
    CHECK(dossier.perform("2017-06-08 09:00", officer, "move", {{"later", "2017-06-20"}}) ==
          "not-later");
}

TEST_CASE("an extension whose parameter has another unit than the clock is refused [R76]") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
parameters: {extra: {type: limit, default: 5 days}}
states:
  work:
    task: officer
    sla: 10 working days
    actions: {more: {extend: {work: extra}}, finish: {end: done}}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.perform("2017-06-06 09:00", officer, "more") == "unit-differs");
}

TEST_CASE("working hours are extended by the hour [R76]") {
    Dossier dossier = started(extendable("limit: 8 working hours", "2 working hours"));
    CHECK(dossier.due_time("procedure") == "2017-06-06 09:00");  // seven on Monday, one on Tuesday
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "more") == "");
    CHECK(dossier.due_time("procedure") == "2017-06-06 11:00");
}

TEST_CASE("an extension given to a clock that was late counts from its due date [R71, R76]") {
    Dossier dossier = started(extendable("limit: 10 working days", "10 working days"));
    REQUIRE(dossier.perform("2017-06-21 09:00", officer, "ask") == "");  // late since the 19th
    REQUIRE(dossier.perform("2017-06-26 09:00", officer, "answer") == "");
    CHECK(dossier.due("procedure") == "2017-06-19");
    REQUIRE(dossier.perform("2017-06-26 10:00", officer, "more") == "");
    CHECK(dossier.due("procedure") == "2017-07-03");  // 20 to 23, 26 to 30 June, 3 July
    CHECK(dossier.original_due("procedure") == "2017-06-19");
}

TEST_CASE("an item's action extends the clock of its own item and no other [R41, R76]") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
input: [units]
data: {units: list of text}
states:
  ask:
    each: {of: units, as: unit}
    states:
      opinion:
        task: {role: officer, for: unit}
        sla: 5 working days
        actions: {more: {extend: {opinion: 5 working days}}, give: {end: given}}
    to: {end: done}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"units", List{"culture", "sports"}}}) ==
            "");
    REQUIRE(dossier.perform("2017-06-06 09:00", actor("hoa", "officer", "culture"), "more") == "");
    Strings dates;
    for (const ClockView& view : clocks(*dossier.procedure, dossier.calendars, dossier.instance,
                                        dossier.instance.last_now)) {
        dates.push_back(to_string(view.due->date));
    }
    CHECK(dates == Strings{"2017-06-19", "2017-06-12"});
}

TEST_CASE(
    "moments not yet fired move with the extended date, the others do not come again [R76, "
    "R78]") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
states:
  work:
    task: officer
    sla: {limit: 10 working days, moments: {5 working days before: {notify: officer}, 50%: {notify: officer}, due: {notify: officer}}}
    actions: {more: {extend: {work: 10 working days}}, finish: {end: done}}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.pass_until("2017-06-12 12:00");
    CHECK(dossier.moments("work") == Strings{"5 working days before@2017-06-12 08:00"});
    REQUIRE(dossier.perform("2017-06-12 13:00", officer, "more") == "");
    dossier.pass_until("2017-07-31 09:00");
    // Half of twenty is used on the 19th; due on 3 July.
    CHECK(dossier.moments("work") == Strings{"5 working days before@2017-06-12 08:00",
                                             "50%@2017-06-19 17:00", "due@2017-07-03 17:00"});
}

TEST_CASE("working hours pause to the minute [R71]") {
    Dossier dossier = started(extendable("limit: 16 working hours", "2 working hours"));
    REQUIRE(dossier.perform("2017-06-05 11:00", officer, "ask") == "");  // two used
    REQUIRE(dossier.perform("2017-06-06 14:00", officer, "answer") == "");
    // Fourteen left: three on Tuesday, eight on Wednesday, three on Thursday.
    CHECK(dossier.due_time("procedure") == "2017-06-08 11:00");
}

TEST_CASE(
    "hours pause as they pass, nights and Sundays included: Civil Code 91/2015, art. 147 "
    "[R71]") {
    Dossier dossier = started(extendable("limit: 48 hours", "2 hours"), "2017-06-09 09:00");
    CHECK(dossier.due_time("procedure") == "2017-06-11 09:00");  // a term of hours begins at once
    REQUIRE(dossier.perform("2017-06-10 09:00", officer, "ask") == "");
    REQUIRE(dossier.perform("2017-06-12 09:30", officer, "answer") == "");
    CHECK(dossier.due_time("procedure") == "2017-06-13 09:30");
}

TEST_CASE(
    "with nothing left the limit ends on the day of the answer, or the next worked: Civil "
    "Code 91/2015, art. 148 [R71]") {
    Dossier dossier = started(extendable("limit: 2 working days", "1 working day"));
    REQUIRE(dossier.perform("2017-06-07 10:00", officer, "ask") == "");     // both used: 6 and 7
    REQUIRE(dossier.perform("2017-06-10 10:00", officer, "answer") == "");  // a Saturday
    CHECK(dossier.due("procedure") == "2017-06-12");
    Dossier weekday = started(extendable("limit: 2 working days", "1 working day"));
    REQUIRE(weekday.perform("2017-06-07 10:00", officer, "ask") == "");
    REQUIRE(weekday.perform("2017-06-09 10:00", officer, "answer") == "");
    CHECK(weekday.due("procedure") == "2017-06-09");
}

TEST_CASE("however often it waits, a clock never uses more than its budget in time [R71]") {
    Dossier dossier = started(extendable("limit: 3 working days", "1 working day"));
    for (const char* day : {"06", "07", "08"}) {
        const std::string date = std::string("2017-06-") + day;
        REQUIRE(dossier.perform(date + " 09:00", officer, "ask") == "");
        REQUIRE(dossier.perform(date + " 10:00", officer, "answer") == "");
    }
    CHECK(dossier.due("procedure") == "2017-06-08");
    REQUIRE(dossier.perform("2017-06-08 11:00", officer, "ask") == "");
    REQUIRE(dossier.perform("2017-06-20 09:00", officer, "answer") == "");
    CHECK(dossier.due("procedure") == "2017-06-20");  // all used, none late
    const auto views =
        clocks(*dossier.procedure, dossier.calendars, dossier.instance, at("2017-06-20 10:00"));
    CHECK(views.front().used == 3);
}

TEST_CASE(
    "of several reasons the strongest that occurred decides, and the last that goes ends the "
    "wait [R73]") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
sla: {limit: 10 working days, while_waiting: {opinion: pause, supplement: restart, news: continue}}
states:
  both:
    parallel:
      a: {states: {ask_a: {task: officer, actions: {a_on: wait_a}}, wait_a: {task: officer, waiting_for: opinion, actions: {a_off: {end: none}}}}}
      b: {states: {ask_b: {task: officer, actions: {b_on: wait_b}}, wait_b: {task: officer, waiting_for: supplement, actions: {b_off: {end: none}}}}}
      c: {task: officer, waiting_for: news, actions: {c_off: {end: none}}}
    to: rest
  rest: {task: officer, to: {end: done}}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.due("procedure") == "2017-06-19");  // `continue` does not wait
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "a_on") == "");
    CHECK(dossier.due("procedure") == "waiting");
    REQUIRE(dossier.perform("2017-06-08 09:00", officer, "b_on") == "");
    REQUIRE(dossier.perform("2017-06-09 09:00", officer, "b_off") == "");
    CHECK(dossier.due("procedure") == "waiting");  // the opinion is still out
    REQUIRE(dossier.perform("2017-06-12 09:00", officer, "a_off") == "");
    CHECK(dossier.due("procedure") == "2017-06-26");  // begun anew: ten after the 12th
    CHECK(dossier.count(RecordKind::clock_restarted) == 1);
    CHECK(dossier.count(RecordKind::clock_resumed) == 0);
}

TEST_CASE(
    "a clock that ends while it waits has the result waiting, or late when it was late before "
    "[R77]") {
    for (const bool late : {false, true}) {
        Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
sla: {limit: 5 working days, while_waiting: pause}
states:
  examine: {task: officer, to: supplement}
  supplement: {task: officer, waiting_for: supplement, to: {end: withdrawn}}
outcomes: {withdrawn: Withdrawn}
)"));
        REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
        REQUIRE(dossier.perform(late ? "2017-06-14 09:00" : "2017-06-12 09:00", officer, "done") ==
                "");
        REQUIRE(dossier.perform("2017-06-30 09:00", officer, "done") == "");
        CHECK(dossier.result("procedure") == (late ? "late" : "waiting"));
    }
}
