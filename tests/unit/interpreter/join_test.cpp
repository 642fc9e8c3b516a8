#include <catch2/catch.hpp>

#include "procedure/model.hpp"
#include "unit/interpreter/small_procedure.hpp"

using namespace workflow;
using namespace workflow::test;
using namespace workflow::test::small;
using Strings = std::vector<std::string>;

namespace {

/// Three sources, each of which can send several tokens; `last` counts how often the join fired.
std::string three_sources(const std::string& join) {
    return R"(
data: {fired: {type: integer, default: 0}, seen: {type: integer, default: 0}}
states:
  split: {fork: [a, b, c, hold]}
  a: {task: officer, actions: {from_a: {to: meet}, more_a: {also_start: a}}}
  b: {task: officer, actions: {from_b: {to: meet}, more_b: {also_start: b}}}
  c: {task: officer, actions: {from_c: {to: meet}}}
  hold: {task: officer, actions: {close: {end: done}}}
  meet: {join: )" +
           join + R"(, set: {fired: fired + 1, seen: arrived}, to: {end: none}}
outcomes: {done: Done}
)";
}

void perform(Dossier& dossier, const std::string& action) {
    const std::string state = action.substr(action.size() - 1);
    REQUIRE(dossier.perform(ten, officer, action, {}, dossier.token_on(state)) == "");
}

std::int64_t fired(const Dossier& dossier) {
    return *dossier.data("fired").integer();
}

}  // namespace

TEST_CASE("a join `all` waits for one token of every source, and takes one of each [R31]") {
    for (const Strings& schedule :
         {Strings{"from_a", "from_b", "from_c"}, Strings{"from_c", "from_a", "from_b"},
          Strings{"from_b", "from_c", "from_a"}}) {
        Dossier dossier = started(three_sources("all"));
        perform(dossier, schedule[0]);
        perform(dossier, schedule[1]);
        CHECK(fired(dossier) == 0);
        perform(dossier, schedule[2]);
        CHECK(fired(dossier) == 1);
        CHECK(dossier.states() == Strings{"hold"});
        CHECK(dossier.count(RecordKind::joined) == 2);  // the third goes on for all
    }
}

TEST_CASE("a second token of one source does not stand for another source [R31]") {
    Dossier dossier = started(three_sources("all"));
    perform(dossier, "more_a");
    perform(dossier, "from_a");
    perform(dossier, "from_a");
    perform(dossier, "from_b");
    CHECK(fired(dossier) == 0);
}

TEST_CASE("surplus waits for the next firing of a join `all` [R31]") {
    Dossier dossier = started(three_sources("all"));
    perform(dossier, "more_a");
    perform(dossier, "more_b");
    perform(dossier, "from_a");
    perform(dossier, "from_a");
    perform(dossier, "from_b");
    perform(dossier, "from_c");
    CHECK(fired(dossier) == 1);
    CHECK(dossier.data("seen") == Value(4));
    CHECK(dossier.states() == Strings{"b", "hold", "meet"});
    perform(dossier, "from_b");
    CHECK(fired(dossier) == 1);  // c has not come again
    CHECK(dossier.states() == Strings{"hold", "meet", "meet"});
}

TEST_CASE("a join `any` fires with the first and swallows the late ones of its round [R32]") {
    for (const Strings& schedule :
         {Strings{"from_a", "from_b", "from_c"}, Strings{"from_c", "from_b", "from_a"}}) {
        Dossier dossier = started(three_sources("any"));
        perform(dossier, schedule[0]);
        CHECK(fired(dossier) == 1);
        perform(dossier, schedule[1]);
        perform(dossier, schedule[2]);
        CHECK(fired(dossier) == 1);
        CHECK(dossier.count(RecordKind::swallowed) == 2);
        CHECK(dossier.states() == Strings{"hold"});
        CHECK(dossier.instance.scopes[0].rounds.empty());  // every source has counted
    }
}

TEST_CASE("a second token of one source waits for the next round of a join `any` [R32]") {
    Dossier dossier = started(three_sources("any"));
    perform(dossier, "more_a");
    perform(dossier, "from_a");
    perform(dossier, "from_a");
    CHECK(fired(dossier) == 1);
    CHECK(dossier.states() == Strings{"b", "c", "hold", "meet"});
    perform(dossier, "from_b");
    CHECK(fired(dossier) == 1);
    perform(dossier, "from_c");  // the round ends, and what waits begins the next
    CHECK(fired(dossier) == 2);
    CHECK(dossier.states() == Strings{"hold"});
}

TEST_CASE("a join of two fires with the second source, and the third is swallowed [R32]") {
    Dossier dossier = started(three_sources("2"));
    perform(dossier, "more_a");
    perform(dossier, "from_a");
    perform(dossier, "from_a");
    CHECK(fired(dossier) == 0);  // twice the same source
    perform(dossier, "from_c");
    CHECK(fired(dossier) == 1);
    CHECK(dossier.states() == Strings{"b", "hold", "meet"});
    perform(dossier, "from_b");
    CHECK(fired(dossier) == 1);
    CHECK(dossier.count(RecordKind::swallowed) == 1);
    // The next round has one token, and nothing else can come.
    CHECK(dossier.states() == Strings{"hold", "meet"});
}

TEST_CASE("a round that has fired ends when no token can still arrive [R32]") {
    Dossier dossier = started(R"(
data: {fired: {type: integer, default: 0}}
states:
  phase:
    states:
      split: {fork: [a, b]}
      a: {task: officer, actions: {from_a: meet}}
      b: {task: officer, actions: {from_b: meet, drop_b: {end: none}}}
      meet: {join: any, set: {fired: fired + 1}, to: rest}
      rest: {task: officer, actions: {finish: {end: none}}}
    actions: {again: {role: officer, also_start: a}}
    to: {end: done}
outcomes: {done: Done}
)");
    perform(dossier, "from_a");
    CHECK(fired(dossier) == 1);
    CHECK(dossier.instance.scopes[1].rounds.size() == 1);
    REQUIRE(dossier.perform(ten, officer, "drop_b") == "");
    CHECK(dossier.instance.scopes[1].rounds.empty());
    REQUIRE(dossier.perform(ten, officer, "again") == "");
    perform(dossier, "from_a");
    CHECK(fired(dossier) == 2);  // not swallowed: the round of `b` is over
}

TEST_CASE("a join by condition takes all that wait, and sees from where they came [R33]") {
    Dossier dossier = started(three_sources("\"arrived_from.a >= 2 || arrived_from.c == 1\""));
    perform(dossier, "more_a");
    perform(dossier, "from_a");
    perform(dossier, "from_b");
    CHECK(fired(dossier) == 0);
    perform(dossier, "from_a");
    CHECK(fired(dossier) == 1);
    CHECK(dossier.data("seen") == Value(3));
    perform(dossier, "from_c");
    CHECK(fired(dossier) == 2);
    CHECK(dossier.data("seen") == Value(1));
}

TEST_CASE("a condition that cannot be evaluated is an incident on the oldest that waits [R27]") {
    Dossier dossier = started(R"(
data: {need: {type: integer, default: 0}, fired: {type: integer, default: 0}}
states:
  split: {fork: [a, b, hold]}
  a: {task: officer, actions: {from_a: meet}}
  b: {task: officer, actions: {from_b: meet}}
  hold: {task: officer, actions: {close: {end: done}, fix: {fields: [need]}}}
  meet: {join: "arrived == 2 / need", set: {fired: fired + 1}, to: {end: none}}
outcomes: {done: Done}
)");
    perform(dossier, "from_a");
    const Ordinal waiting = dossier.token_on("meet");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    REQUIRE(dossier.perform(ten, officer, "fix", {{"need", 1}}) == "");  // others work on
    perform(dossier, "from_b");
    CHECK(fired(dossier) == 0);
    REQUIRE(dossier.send(ten, Retry{officer, waiting}) == "");
    CHECK(fired(dossier) == 1);
}

TEST_CASE("a join keeps its bags in its own scope: two items never meet [R30]") {
    Dossier dossier = started(R"(
input: [units]
data: {units: list of text, fired: {type: integer, default: 0}}
states:
  every:
    each: units
    states:
      split: {fork: [a, b]}
      a: {task: officer, actions: {from_a: meet}}
      b: {task: officer, actions: {from_b: meet}}
      meet: {join: all, set: {fired: fired + 1}, to: {end: none}}
    to: {end: done}
outcomes: {done: Done}
)",
                              {{"units", List{"x", "y"}}});
    std::vector<Ordinal> a;
    std::vector<Ordinal> b;
    for (const Token& token : dossier.instance.tokens) {
        const std::string& id = dossier.procedure->model().states[token.state].id;
        if (id == "a") a.push_back(token.ordinal);
        if (id == "b") b.push_back(token.ordinal);
    }
    REQUIRE(dossier.perform(ten, officer, "from_a", {}, a[0]) == "");
    REQUIRE(dossier.perform(ten, officer, "from_b", {}, b[1]) == "");
    CHECK(fired(dossier) == 0);
    REQUIRE(dossier.perform(ten, officer, "from_b", {}, b[0]) == "");
    CHECK(fired(dossier) == 1);
}

TEST_CASE("a source is also the group from whose inside a way leads to the join [R30]") {
    Dossier dossier = started(R"(
data: {fired: {type: integer, default: 0}}
states:
  split: {fork: [phase, b]}
  phase:
    states: {deep: {task: officer, actions: {from_deep: meet}}}
    to: {end: none}
  b: {task: officer, actions: {from_b: meet}}
  meet: {join: all, set: {fired: fired + 1}, to: {end: done}}
outcomes: {done: Done}
)");
    REQUIRE(dossier.perform(ten, officer, "from_deep") == "");
    CHECK(dossier.states() == Strings{"b", "meet"});
    perform(dossier, "from_b");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("an inclusive join waits while another token can still arrive, and no longer [R34]") {
    const std::string yaml = R"(
data: {fired: {type: integer, default: 0}, seen: {type: integer, default: 0}}
states:
  split: {fork: [a, b, aside]}
  a: {task: officer, actions: {from_a: meet}}
  b: {task: officer, actions: {from_b: meet, drop_b: {end: none}, away_b: aside, over_b: detour}}
  detour: {task: officer, actions: {from_detour: meet}}
  aside: {task: officer, actions: {close: {end: done}}}
  meet: {join: inclusive, set: {fired: fired + 1, seen: arrived}, to: {end: none}}
outcomes: {done: Done}
)";
    Dossier both = started(yaml);
    perform(both, "from_a");
    CHECK(fired(both) == 0);
    perform(both, "from_b");
    CHECK(fired(both) == 1);
    CHECK(both.data("seen") == Value(2));

    for (const char* gone : {"drop_b", "away_b"}) {
        Dossier one = started(yaml);
        perform(one, "from_a");
        perform(one, gone);
        CHECK(fired(one) == 1);
        CHECK(one.data("seen") == Value(1));
    }

    Dossier round = started(yaml);
    perform(round, "from_a");
    perform(round, "over_b");
    CHECK(fired(round) == 0);  // it can still come, the long way
    REQUIRE(round.perform(ten, officer, "from_detour") == "");
    CHECK(fired(round) == 1);
}

TEST_CASE("an inclusive join in a loop does not wait for what can only come through it [R34]") {
    Dossier dossier = started(R"(
data: {fired: {type: integer, default: 0}}
states:
  split: {fork: [a, b]}
  a: {task: officer, actions: {from_a: meet}}
  b: {task: officer, actions: {from_b: meet}}
  meet: {join: inclusive, set: {fired: fired + 1}, to: check}
  check: {task: officer, actions: {again: split, close: {end: done}}}
outcomes: {done: Done}
)");
    for (int round = 1; round <= 2; ++round) {
        perform(dossier, "from_b");
        perform(dossier, "from_a");
        CHECK(fired(dossier) == round);
        REQUIRE(dossier.perform(ten, officer, "again") == "");
    }
    perform(dossier, "from_a");
    CHECK(dossier.states() == Strings{"b", "meet"});
}

TEST_CASE("of two inclusive joins that wait for each other the first in the file fires [R34]") {
    Dossier dossier = started(R"(
data: {order: {type: text, default: '-'}}
states:
  split: {fork: [a, b]}
  a: {task: officer, actions: {from_a: meet_a}}
  b: {task: officer, actions: {from_b: meet_b}}
  meet_b: {join: inclusive, set: {order: "order + 'b'"}, to: work_b}
  meet_a: {join: inclusive, set: {order: "order + 'a'"}, to: work_a}
  work_a: {task: officer, actions: {over_a: meet_b, end_a: {end: done}}}
  work_b: {task: officer, actions: {over_b: meet_a, end_b: {end: done}}}
outcomes: {done: Done}
)");
    perform(dossier, "from_a");
    CHECK(dossier.data("order") == Value("-"));  // b can still come, over meet_b
    perform(dossier, "from_b");
    CHECK(dossier.data("order") == Value("-b"));
    CHECK(dossier.states() == Strings{"meet_a", "work_b"});
    REQUIRE(dossier.perform(ten, officer, "end_b") == "");
    CHECK(dossier.data("order") == Value("-ba"));
}

TEST_CASE("inside a group an inclusive join does not wait for what the group could start [R34]") {
    Dossier dossier = started(R"(
data: {fired: {type: integer, default: 0}}
states:
  phase:
    states:
      a: {task: officer, actions: {from_a: meet}}
      meet: {join: inclusive, set: {fired: fired + 1}, to: {end: none}}
    actions: {more: {role: officer, also_start: a}}
    to: {end: done}
outcomes: {done: Done}
)");
    perform(dossier, "from_a");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("joins come before automatic states, inclusive joins after all else [R25]") {
    Dossier dossier = started(R"(
data: {order: {type: text, default: '-'}}
states:
  split: {fork: [p, q, r, s]}
  p: {choice: [{otherwise: {to: any_of, set: {order: "order + 'p'"}}}]}
  q: {choice: [{otherwise: {to: whoever, set: {order: "order + 'q'"}}}]}
  r: {choice: [{otherwise: {to: last, set: {order: "order + 'r'"}}}]}
  s: {wait: {when: "true"}, set: {order: "order + 's'"}, to: last}
  any_of: {join: any, set: {order: "order + 'A'"}, to: last}
  whoever: {join: inclusive, set: {order: "order + 'I'"}, to: last}
  last: {task: officer, actions: {close: {end: done}}}
outcomes: {done: Done}
)");
    // p moves, its join fires before q and r move; the wait is of rank 2, the inclusive of rank 3.
    CHECK(dossier.data("order") == Value("-pAqrsI"));
}

TEST_CASE("a scope in which only tokens at joins are left says so, and blocks nothing [R34a]") {
    Dossier dossier = started(R"(
data: {fired: {type: integer, default: 0}}
states:
  phase:
    states:
      split: {fork: [a, b]}
      a: {task: officer, actions: {from_a: meet}}
      b: {task: officer, actions: {from_b: meet, drop_b: {end: none}}}
      meet: {join: all, set: {fired: fired + 1}, to: {end: none}}
    actions: {help: {role: officer, also_start: b}}
    to: {end: done}
outcomes: {done: Done}
)");
    perform(dossier, "from_a");
    CHECK(dossier.count(RecordKind::incident_opened) == 0);
    REQUIRE(dossier.perform(ten, officer, "drop_b") == "");
    REQUIRE(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(dossier.records.back().value == Value(List{"starved", "meet"}));
    CHECK(dossier.records.back().token == dossier.token_on("meet"));
    REQUIRE(dossier.perform(ten, officer, "help") == "");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);  // once, not in every step
    perform(dossier, "from_b");
    CHECK(dossier.count(RecordKind::incident_resolved) == 1);
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("an instance in which all wait for each other says that it is stuck [R34a]") {
    const auto with = [](const std::string& head) {
        return in_head(head + R"(
input: [open]
data: {open: boolean}
states:
  split: {fork: [gate, gate_too]}
  gate: {wait: {when: open}, to: {end: done}}
  gate_too: {wait: {when: open}, to: {end: done}}
outcomes: {done: Done}
)");
    };
    Dossier dossier(procedure_of(with("")));
    REQUIRE(dossier.start(nine, officer, {{"open", false}}) == "");
    REQUIRE(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(dossier.records.back().value == Value(List{"stuck", "gate"}));
    REQUIRE(dossier.send(ten, Correct{officer, {{"open", true}}, "decided on paper"}) == "");
    CHECK(dossier.outcome() == "done");

    // Where somebody can act on or around what waits it is not stuck.
    Dossier helped(
        procedure_of(with("actions: {unlock: {role: officer, set: {open: \"true\"}}}\n")));
    REQUIRE(helped.start(nine, officer, {{"open", false}}) == "");
    CHECK(helped.count(RecordKind::incident_opened) == 0);
}
