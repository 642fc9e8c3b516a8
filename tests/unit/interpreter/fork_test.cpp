#include <catch2/catch.hpp>

#include "unit/interpreter/small_procedure.hpp"

using namespace workflow;
using namespace workflow::test;
using namespace workflow::test::small;
using Strings = std::vector<std::string>;

TEST_CASE("a fork begins a token on each of its targets, in the order of the list [R11]") {
    Dossier dossier = started(R"(
states:
  split: {fork: [b, a]}
  a: {task: officer, actions: {one: {end: none}}}
  b: {task: officer, actions: {two: {end: done}}}
outcomes: {done: Done}
)");
    CHECK(dossier.states() == Strings{"a", "b"});
    CHECK(dossier.token_on("b") < dossier.token_on("a"));
    CHECK(dossier.count(RecordKind::left) == 1);  // the fork's own token, once
    REQUIRE(dossier.perform(ten, officer, "two") == "");
    CHECK(dossier.outcome() == "");  // the other token still stands (R5)
    REQUIRE(dossier.perform(ten, officer, "one") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("a target named three times gets three tokens, each a work item of its own [R3]") {
    Dossier dossier = started(R"(
states:
  split: {fork: [a, a, a]}
  a: {task: officer, to: after}
  after: {join: "arrived == 3", to: last}
  last: {task: officer, actions: {close: {end: done}}}
outcomes: {done: Done}
)");
    CHECK(dossier.states() == Strings{"a", "a", "a"});
    CHECK(dossier.perform(ten, officer, "done") == "ambiguous");
    for (const Strings& expected :
         {Strings{"a", "a", "after"}, Strings{"a", "after", "after"}, Strings{"last"}}) {
        REQUIRE(dossier.perform(ten, officer, "done", {}, dossier.token_on("a")) == "");
        CHECK(dossier.states() == expected);
    }
    CHECK(dossier.perform(ten, officer, "done") == "not-possible-now");
}

TEST_CASE("of a fork every way whose guard holds is taken, and `otherwise` when none does [R20]") {
    const std::string yaml = R"(
input: [x, y]
data: {x: boolean, y: boolean}
states:
  split:
    fork:
      - {when: x, to: a}
      - {when: y, to: b, set: {x: "false"}}
      - otherwise: c
  a: {task: officer, actions: {one: {end: done}}}
  b: {task: officer, actions: {two: {end: done}}}
  c: {task: officer, actions: {three: {end: done}}}
outcomes: {done: Done}
)";
    CHECK(started(yaml, {{"x", true}, {"y", false}}).states() == Strings{"a"});
    CHECK(started(yaml, {{"x", false}, {"y", true}}).states() == Strings{"b"});
    CHECK(started(yaml, {{"x", false}, {"y", false}}).states() == Strings{"c"});
    // All guards see the data as it was before any of the ways.
    CHECK(started(yaml, {{"x", true}, {"y", true}}).states() == Strings{"a", "b"});
}

TEST_CASE("a way may start one token more, and nobody leaves for it [R22]") {
    Dossier dossier = started(R"(
states:
  phase:
    states:
      work: {task: officer, actions: {ask: {also_start: check}, go: {to: late, also_start: check}}}
      check: {task: officer, actions: {checked: {end: none}}}
      late: {task: officer, actions: {close: {end: none}}}
    actions: {watch: {role: officer, also_start: outside}, look: {role: officer, also_start: check}}
    to: {end: done}
  outside: {task: officer, actions: {seen: {end: none}}}
outcomes: {done: Done}
)");
    const Ordinal work = dossier.token_on("work");
    REQUIRE(dossier.perform(ten, officer, "ask") == "");
    CHECK(dossier.states() == Strings{"check", "phase", "work"});
    CHECK(dossier.token_on("work") == work);                // it has not moved
    REQUIRE(dossier.perform(ten, officer, "look") == "");   // from the group into its inside
    REQUIRE(dossier.perform(ten, officer, "watch") == "");  // from the group beside it
    CHECK(dossier.states() == Strings{"check", "check", "outside", "phase", "work"});
    REQUIRE(dossier.perform(ten, officer, "go") == "");
    CHECK(dossier.states() == Strings{"check", "check", "check", "late", "outside", "phase"});
    CHECK(dossier.count(RecordKind::cancelled) == 0);
}

TEST_CASE("`cancel` withdraws one token, many or none, and leaves the rest alone [R24]") {
    Dossier dossier = started(R"(
states:
  split: {fork: [a, a, b, c]}
  a: {task: officer, actions: {one: {end: none}}}
  b: {task: officer, actions: {two: {end: none}}}
  c: {task: officer, actions: {stop: {cancel: [a, d]}, go: {to: d, cancel: [b]}}}
  d: {task: officer, actions: {close: {end: done}, back: c}}
outcomes: {done: Done}
)");
    dossier.clear();
    REQUIRE(dossier.perform(ten, officer, "stop") == "");
    CHECK(dossier.states() == Strings{"b", "c"});
    CHECK(dossier.count(RecordKind::cancelled) == 2);
    CHECK(dossier.perform(ten, officer, "one") == "not-possible-now");
    REQUIRE(dossier.perform(ten, officer, "stop") == "");  // none is there any more
    CHECK(dossier.states() == Strings{"b", "c"});
    dossier.clear();
    REQUIRE(dossier.perform(ten, officer, "go") == "");
    CHECK(dossier.states() == Strings{"d"});
    // The carrier leaves, then `cancel`, then entering (R20).
    std::vector<RecordKind> kinds;
    for (const Record& record : dossier.records) kinds.push_back(record.kind);
    CHECK(kinds == std::vector{RecordKind::performed, RecordKind::left, RecordKind::cancelled,
                               RecordKind::entered});
}

TEST_CASE("`cancel` of a compound state takes its inside, of a group's inside lets it end [R24]") {
    Dossier dossier = started(R"(
states:
  split: {fork: [phase, c]}
  phase:
    states: {a: {task: officer, actions: {one: {end: none}}}}
    actions: {drop: {role: officer, cancel: [a]}}
    to: after
  after: {task: officer, actions: {seen: {end: none}}}
  c: {task: officer, actions: {stop: {cancel: [phase]}, close: {end: done}}}
outcomes: {done: Done}
)");
    Dossier other = dossier;
    REQUIRE(dossier.perform(ten, officer, "stop") == "");
    CHECK(dossier.states() == Strings{"c"});
    CHECK(dossier.instance.scopes.size() == 1);
    // The group's scope has no token left: it is done and goes on (R5).
    REQUIRE(other.perform(ten, officer, "drop") == "");
    CHECK(other.states() == Strings{"after", "c"});
}

TEST_CASE("what stands beside a list of targets happens whichever is chosen [R20]") {
    Dossier dossier = started(R"(
input: [x]
data: {x: boolean}
states:
  split: {fork: [a, b]}
  a:
    task: officer
    actions:
      go: {set: {x: "!x"}, cancel: [b], to: [{when: x, to: c, also_start: e}, {otherwise: d}]}
  b: {task: officer, actions: {two: {end: none}}}
  c: {task: officer, actions: {close: {end: done}}}
  d: {task: officer, actions: {close_too: {end: done}}}
  e: {task: officer, actions: {extra: {end: none}}}
outcomes: {done: Done}
)",
                              {{"x", false}});
    REQUIRE(dossier.perform(ten, officer, "go") == "");
    CHECK(dossier.states() == Strings{"c", "e"});
}
