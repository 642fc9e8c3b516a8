// What expressions ask about the instance they run in: rules R41 and R53.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const char* const nine = "2017-06-05 09:00";
const char* const ten = "2017-06-05 10:00";
const char* const eleven = "2017-06-05 11:00";

std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\nroles: {officer: "
           "Officer}\n" +
           rest;
}

Dossier started(const std::string& rest, FieldValues data = {}) {
    Dossier dossier(procedure_of(in_head(rest)));
    REQUIRE(dossier.start(nine, officer, std::move(data)) == "");
    return dossier;
}

const char* const milestone = R"yaml(
states:
  both:
    parallel:
      hall:
        states:
          before: {task: officer, actions: {open: {to: open_for_comment}}}
          open_for_comment: {task: officer, actions: {close: {to: closed}}}
          closed: {task: officer, actions: {shut: {end: none}}}
      desk:
        task: officer
        actions:
          comment: {when: "active('open_for_comment')"}
          leave_desk: {end: none}
      gate:
        states:
          waiting: {wait: {when: "active('closed')"}, to: passed}
          passed: {task: officer, actions: {pass: {end: none}}}
    to: {end: done}
outcomes: {done: Done}
)yaml";

}  // namespace

TEST_CASE("a milestone opens an action while its state is active and closes it after [R41]") {
    Dossier dossier = started(milestone);
    CHECK(dossier.perform(nine, officer, "comment") == "guard-false");
    REQUIRE(dossier.perform(ten, officer, "open") == "");
    CHECK(dossier.perform(ten, officer, "comment") == "");
    CHECK(dossier.perform(ten, officer, "comment") == "");
    REQUIRE(dossier.perform(eleven, officer, "close") == "");
    CHECK(dossier.perform(eleven, officer, "comment") == "guard-false");
}

TEST_CASE("a wait for a milestone lets its token through at the first quiet moment [R41]") {
    Dossier dossier = started(milestone);
    REQUIRE(dossier.perform(ten, officer, "open") == "");
    CHECK(dossier.states() ==
          Strings{"both", "desk", "gate", "hall", "open_for_comment", "waiting"});
    REQUIRE(dossier.perform(eleven, officer, "close") == "");
    CHECK(dossier.states() == Strings{"both", "closed", "desk", "gate", "hall", "passed"});
}

TEST_CASE("a state means that of the item around the expression, not another item's [R41]") {
    Dossier dossier = started(R"yaml(
data: {units: list of text}
input: [units]
states:
  items:
    each: {of: units, as: u}
    states:
      two:
        parallel:
          first: {task: {role: officer, for: u}, actions: {ready: {end: none}}}
          second:
            task: {role: officer, for: u}
            actions: {follow: {when: "!active('first')", end: none}}
        to: {end: given}
    to: {end: done}
outcomes: {done: Done}
)yaml",
                              {{"units", List{"x", "y"}}});
    const Actor x = actor("xuan", "officer", "x");
    const Actor y = actor("yen", "officer", "y");
    REQUIRE(dossier.perform(ten, x, "ready") == "");
    CHECK(dossier.perform(ten, y, "follow") == "guard-false");
    CHECK(dossier.perform(ten, x, "follow") == "");
}

TEST_CASE("entered and left give the last time, null before the first [R41]") {
    Dossier dossier = started(R"yaml(
data: {came: optional instant, went: optional instant, never: optional boolean}
states:
  a: {task: officer, actions: {go: {to: b}}}
  b:
    task: officer
    actions:
      look: {set: {came: entered('a'), went: left('a'), never: left('b') == null}}
      back: {to: a}
      stop: {end: done}
outcomes: {done: Done}
)yaml");
    REQUIRE(dossier.perform(ten, officer, "go") == "");
    REQUIRE(dossier.perform(eleven, officer, "look") == "");
    CHECK(dossier.data("came") == Value(at(nine)));
    CHECK(dossier.data("went") == Value(at(ten)));
    CHECK(dossier.data("never") == Value(true));
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "back") == "");
    REQUIRE(dossier.perform("2017-06-06 10:00", officer, "go") == "");
    REQUIRE(dossier.perform("2017-06-06 11:00", officer, "look") == "");
    CHECK(dossier.data("came") == Value(at("2017-06-06 09:00")));
    CHECK(dossier.data("went") == Value(at("2017-06-06 10:00")));
    CHECK(dossier.data("never") == Value(false));
}

TEST_CASE("times counts entries of a state and uses of an action, since an instant if asked [R53]") {
    Dossier dossier = started(R"yaml(
data: {visits: integer, uses: integer, recent: integer}
states:
  a:
    task: officer
    actions:
      remind: {set: {visits: times('a'), uses: times('remind'), recent: "times('remind', plus(timestamp('2017-06-05T00:00:00+07:00'), '1 day'))"}}
      again: {to: a}
      stop: {end: done}
outcomes: {done: Done}
)yaml");
    REQUIRE(dossier.perform(ten, officer, "remind") == "");
    CHECK(dossier.data("visits") == Value(std::int64_t{1}));
    CHECK(dossier.data("uses") == Value(std::int64_t{1}));  // itself included
    CHECK(dossier.data("recent") == Value(std::int64_t{0}));
    REQUIRE(dossier.perform("2017-06-08 09:00", officer, "again") == "");
    REQUIRE(dossier.perform("2017-06-08 10:00", officer, "remind") == "");
    CHECK(dossier.data("visits") == Value(std::int64_t{2}));
    CHECK(dossier.data("uses") == Value(std::int64_t{2}));
    CHECK(dossier.data("recent") == Value(std::int64_t{1}));
}

TEST_CASE("what happened in a scope that is gone counts in the one around it [R41]") {
    Dossier dossier = started(R"yaml(
data: {inner: integer, outer: integer}
states:
  phase:
    states:
      a:
        task: officer
        actions: {note: {set: {inner: times('note')}}, leave_phase: {to: between}}
  between:
    task: officer
    actions: {count: {set: {outer: times('note')}}, back: {to: phase}, stop: {end: done}}
outcomes: {done: Done}
)yaml");
    REQUIRE(dossier.perform(ten, officer, "note") == "");
    REQUIRE(dossier.perform(ten, officer, "note") == "");
    CHECK(dossier.data("inner") == Value(std::int64_t{2}));
    REQUIRE(dossier.perform(ten, officer, "leave_phase") == "");
    REQUIRE(dossier.perform(ten, officer, "count") == "");
    CHECK(dossier.data("outer") == Value(std::int64_t{2}));
    REQUIRE(dossier.perform(ten, officer, "back") == "");
    REQUIRE(dossier.perform(eleven, officer, "note") == "");
    CHECK(dossier.data("inner") == Value(std::int64_t{1}));  // a fresh phase
    REQUIRE(dossier.perform(eleven, officer, "leave_phase") == "");
    REQUIRE(dossier.perform(eleven, officer, "count") == "");
    CHECK(dossier.data("outer") == Value(std::int64_t{3}));
    CHECK(dossier.instance.visits.size() == 1);
}

TEST_CASE("a procedure that asks nothing remembers nothing [R53]") {
    Dossier dossier = started(R"yaml(
states:
  a: {task: officer, actions: {again: {to: a}, stop: {end: done}}}
outcomes: {done: Done}
)yaml");
    REQUIRE(dossier.perform(ten, officer, "again") == "");
    CHECK(dossier.instance.visits.empty());
}

TEST_CASE("due, original_due and late ask a clock while it runs and after it ended [R53, R77]") {
    Dossier dossier = started(R"yaml(
data: {when: optional instant, first: optional instant, was_late: optional boolean}
states:
  a:
    task: officer
    sla: 2 working days
    actions:
      look: {set: {when: due('a'), first: original_due('a'), was_late: late('a')}}
      longer: {extend: {a: 1 working day}}
      go: {to: b}
  b:
    task: officer
    actions:
      look_back: {set: {when: due('a'), first: original_due('a'), was_late: late('a')}}
      stop: {end: done}
outcomes: {done: Done}
)yaml");
    REQUIRE(dossier.perform(ten, officer, "look") == "");
    CHECK(dossier.data("when") == Value(at("2017-06-07 17:00")));
    CHECK(dossier.data("was_late") == Value(false));
    REQUIRE(dossier.perform(eleven, officer, "longer") == "");
    REQUIRE(dossier.perform(eleven, officer, "look") == "");
    CHECK(dossier.data("when") == Value(at("2017-06-08 17:00")));
    CHECK(dossier.data("first") == Value(at("2017-06-07 17:00")));
    REQUIRE(dossier.perform("2017-06-09 09:00", officer, "look") == "");
    CHECK(dossier.data("was_late") == Value(true));
    REQUIRE(dossier.perform("2017-06-09 10:00", officer, "go") == "");
    REQUIRE(dossier.perform("2017-06-09 11:00", officer, "look_back") == "");
    CHECK(dossier.data("when") == Value(at("2017-06-08 17:00")));
    CHECK(dossier.data("first") == Value(at("2017-06-07 17:00")));
    CHECK(dossier.data("was_late") == Value(true));
}
