#include <catch2/catch.hpp>

#include "support/dossier.hpp"
#include "workflow/index_rows.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const Actor other = actor("binh", "officer");
const char* const nine = "2017-06-05 09:00";
const char* const ten = "2017-06-05 10:00";

std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\nroles: {officer: "
           "Officer, clerk: Clerk}\nstarted_by: [officer, clerk]\n" +
           rest;
}

Dossier started(const std::string& rest, FieldValues data = {}) {
    Dossier dossier(procedure_of(in_head(rest)));
    REQUIRE(dossier.start(nine, officer, std::move(data)) == "");
    return dossier;
}

const char* const two_rooms = R"(
states:
  both:
    parallel:
      x:
        one_at_a_time: room
        after: {5 days: {end: none}}
        states: {x1: {task: officer, actions: {in_x: {end: none}}}}
      y:
        one_at_a_time: room
        after: {5 days: {end: none}}
        states: {y1: {task: officer, actions: {in_y: {end: none}}}}
    to: {end: done}
outcomes: {done: Done}
)";

const char* const two_desks = R"(
states:
  both:
    parallel:
      a: {task: officer, one_at_a_time: desk, actions: {note_a: {}, one: {end: none}}}
      b: {task: officer, one_at_a_time: desk, actions: {note_b: {}, two: {end: none}}}
    to: {end: done}
outcomes: {done: Done}
)";

}  // namespace

TEST_CASE("of two groups with one name the second waits at the door, not entered [R40]") {
    Dossier dossier = started(two_rooms);
    CHECK(dossier.states() == Strings{"both", "x", "x1", "y"});
    CHECK(dossier.count(RecordKind::at_door) == 1);
    CHECK(dossier.count(RecordKind::entered) == 3);
    CHECK(dossier.perform(ten, officer, "in_y") == "not-possible-now");
    // At the door nothing has begun: no timer, no inside.
    CHECK(index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due.size() == 1);
    REQUIRE(dossier.perform(ten, officer, "in_x") == "");
    CHECK(dossier.states() == Strings{"both", "y", "y1"});
    CHECK(index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due.size() == 1);
    REQUIRE(dossier.perform(ten, officer, "in_y") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("the longest waiting comes first through the door, whatever its scope [R40]") {
    Dossier dossier = started(R"(
states:
  split: {fork: [a, phase, c]}
  a: {one_at_a_time: room, states: {a1: {task: officer, actions: {in_a: {end: none}}}}, to: {end: none}}
  phase:
    states:
      b: {one_at_a_time: room, states: {b1: {task: officer, actions: {in_b: {end: none}}}}, to: {end: none}}
    to: {end: none}
  c: {one_at_a_time: room, states: {c1: {task: officer, actions: {in_c: {end: none}}}}, to: {end: done}}
outcomes: {done: Done}
)");
    CHECK(dossier.token_on("a1") != 0);
    REQUIRE(dossier.perform(ten, officer, "in_a") == "");
    CHECK(dossier.token_on("b1") != 0);
    CHECK(dossier.token_on("c1") == 0);
    REQUIRE(dossier.perform(ten, officer, "in_b") == "");
    REQUIRE(dossier.perform(ten, officer, "in_c") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("what stands inside the holder holds the name, too [R40]") {
    Dossier dossier = started(R"(
states:
  outer:
    one_at_a_time: room
    states:
      split: {fork: [a, b]}
      a: {one_at_a_time: room, states: {a1: {task: officer, actions: {in_a: {end: none}}}}, to: {end: none}}
      b: {task: officer, one_at_a_time: room, actions: {in_b: {end: none}}}
    to: {end: done}
outcomes: {done: Done}
)");
    CHECK(dossier.states() == Strings{"a", "a1", "b", "outer"});
    REQUIRE(dossier.perform(ten, officer, "in_b") == "");
    REQUIRE(dossier.perform(ten, officer, "in_a") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("the name is held as long as a remainder of the holder is there [R40]") {
    Dossier dossier = started(R"(
states:
  all:
    parallel:
      a: {task: officer, actions: {one: {end: none}}}
      b: {task: officer, actions: {two: {end: none}}}
    one_at_a_time: round
    join: any
    others: keep
    to: next
  next: {task: officer, actions: {again: all, close: {end: done}}}
outcomes: {done: Done}
)");
    REQUIRE(dossier.perform(ten, officer, "one") == "");
    REQUIRE(dossier.perform(ten, officer, "again") == "");
    CHECK(dossier.states() == Strings{"all", "all", "b"});  // blocked until the round is over
    REQUIRE(dossier.perform(ten, officer, "two") == "");
    CHECK(dossier.states() == Strings{"a", "all", "b"});
}

TEST_CASE("tasks of one name are all offered; a claimed one bars the others [R40]") {
    Dossier dossier = started(two_desks);
    CHECK(index_rows(*dossier.procedure, dossier.calendars, dossier.instance).work.size() == 2);
    const Ordinal a = dossier.token_on("a");
    const Ordinal b = dossier.token_on("b");
    REQUIRE(dossier.perform(ten, officer, "note_a") == "");  // held for the length of the action
    REQUIRE(dossier.perform(ten, officer, "note_b") == "");
    REQUIRE(dossier.send(ten, Claim{officer, a}) == "");
    CHECK(dossier.perform(ten, other, "two") == "held-elsewhere");
    CHECK(dossier.refusal.reason() ==
          "'two' must wait: 'a' holds 'desk'; it is free when that is left or released");
    CHECK(dossier.send(ten, Claim{other, b}) == "held-elsewhere");
    CHECK(dossier.perform(ten, other, "one") == "claimed");
    for (const PermittedAction& action :
         permitted(*dossier.procedure, dossier.calendars, dossier.instance, other, at(ten))) {
        CHECK(action.refused ==
              (action.work_item == b ? RefusalCode::held_elsewhere : RefusalCode::claimed));
    }
    CHECK(dossier.send(ten, Release{other, a}) == "claimed");
    REQUIRE(dossier.send(ten, Release{officer, a}) == "");
    CHECK(dossier.send(ten, Release{officer, a}) == "not-claimed");
    REQUIRE(dossier.perform(ten, other, "two") == "");
    REQUIRE(dossier.perform(ten, officer, "one") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("who has claimed a task leaves it and the name together [R40]") {
    Dossier dossier = started(two_desks);
    REQUIRE(dossier.send(ten, Claim{officer, dossier.token_on("a")}) == "");
    REQUIRE(dossier.send(ten, Claim{officer, dossier.token_on("a")}) == "");  // once more: the same
    CHECK(dossier.count(RecordKind::claimed) == 1);
    REQUIRE(dossier.perform(ten, officer, "one") == "");
    CHECK(dossier.instance.claims.empty());
    REQUIRE(dossier.perform(ten, other, "two") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("only who may act on a task can claim it, and only a task can be claimed [R40]") {
    Dossier dossier = started(two_desks);
    const Ordinal a = dossier.token_on("a");
    CHECK(dossier.send(ten, Claim{actor("ha", "clerk"), a}) == "not-your-role");
    CHECK(dossier.send(ten, Claim{officer, dossier.token_on("both")}) == "no-such-work-item");
    CHECK(dossier.send(ten, Claim{officer, 9999}) == "no-such-work-item");
}

TEST_CASE("a task bars a group at the door only while it is claimed [R40]") {
    Dossier dossier = started(R"(
states:
  split: {fork: [a, b]}
  a: {task: officer, one_at_a_time: desk, actions: {one: {end: none}}}
  b: {task: officer, actions: {go: room}}
  room:
    one_at_a_time: desk
    states: {r1: {task: officer, actions: {in_room: {end: done}}}}
outcomes: {done: Done}
)");
    REQUIRE(dossier.send(ten, Claim{officer, dossier.token_on("a")}) == "");
    REQUIRE(dossier.perform(ten, officer, "go") == "");
    CHECK(dossier.states() == Strings{"a", "room"});
    REQUIRE(dossier.send(ten, Release{officer, dossier.token_on("a")}) == "");
    CHECK(dossier.states() == Strings{"a", "r1", "room"});
    CHECK(dossier.perform(ten, officer, "one") == "held-elsewhere");
}

TEST_CASE("who cannot be let in for want of data keeps nobody else out [R27, R40]") {
    Dossier dossier = started(R"(
data: {day: optional date}
states:
  split: {fork: [first, second, third]}
  first: {one_at_a_time: room, states: {in_first: {task: officer, actions: {leave: {end: none}}}}, to: {end: none}}
  second: {one_at_a_time: room, wait: {until: day}, to: {end: none}}
  third: {one_at_a_time: room, states: {in_third: {task: officer, actions: {finish: {end: done}}}}}
outcomes: {done: Done}
)");
    CHECK(dossier.states() == Strings{"first", "in_first", "second", "third"});
    REQUIRE(dossier.perform(ten, officer, "leave") == "");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(dossier.states() == Strings{"in_third", "second", "third"});
    // Mended, it waits for its turn again.
    const Value day = Day(std::chrono::year(2017) / 6 / 20);
    REQUIRE(dossier.send(ten, Correct{officer, {{"day", day}}, "forgotten"}) == "");
    REQUIRE(dossier.send(ten, Retry{officer, dossier.token_on("second")}) == "");
    CHECK(dossier.states() == Strings{"in_third", "second", "third"});
    REQUIRE(dossier.perform(ten, officer, "finish") == "");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    dossier.pass_until("2017-06-20 09:00");
    CHECK(dossier.outcome() == "done");
}
