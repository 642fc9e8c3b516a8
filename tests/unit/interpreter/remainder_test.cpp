#include <catch2/catch.hpp>

#include "procedure/model.hpp"
#include "unit/interpreter/small_procedure.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;
using namespace workflow::test::small;
using Strings = std::vector<std::string>;

namespace {

std::string three_branches(const std::string& join) {
    return R"(
data: {met: {type: optional boolean}, many: {type: integer, default: 0}}
states:
  all:
    parallel:
      a: {task: officer, actions: {one: {end: good}}}
      b: {task: officer, actions: {two: {end: bad}}}
      c: {task: officer, actions: {three: {end: good}}}
)" + join + R"(
    set: {met: satisfied, many: finished}
    to: next
  next: {task: officer, actions: {close: {end: done}, again: all}}
outcomes: {done: Done}
)";
}

void perform(Dossier& dossier, const std::string& action) {
    INFO(action);
    REQUIRE(dossier.perform(ten, officer, action) == "");
}

std::string over_units(const std::string& each, const std::string& join) {
    return R"(
input: [units]
data: {units: list of text, seen: {type: list of text, default: []}, met: optional boolean}
states:
  ask:
    each: {of: units, as: unit, )" +
           each + R"(}
    states:
      opinion:
        task: {role: officer, for: unit}
        actions: {agree: {end: agreed, set: {seen: "seen + [unit]"}}, object: {end: objected}}
)" + join + R"(
    actions:
      add: {role: officer, fields: {unit_more: text}, set: {units: "units + [fields.unit_more]"}}
      drop: {role: officer, set: {units: "[]"}}
      enough: {role: officer, to: next}
    set: {met: satisfied}
    to: next
  next: {task: officer, actions: {close: {end: done}}}
outcomes: {done: Done}
)";
}

/// Whose opinions are open, in the order of the list.
Strings asked(const Dossier& dossier) {
    Strings units;
    for (const Token& token : dossier.instance.tokens) {
        if (token.for_whom.text() != nullptr) units.push_back(*token.for_whom.text());
    }
    return units;
}

void answer(Dossier& dossier, const std::string& unit, const std::string& action = "agree") {
    INFO(unit << " " << action);
    REQUIRE(dossier.perform(ten, actor("anybody", "officer", unit), action, {}) == "");
}

FieldValues units(const List& list) {
    return {{"units", list}};
}

}  // namespace

TEST_CASE("a parallel goes on with the first branch and cancels the others [R36]") {
    for (const char* first : {"one", "two", "three"}) {
        Dossier dossier = started(three_branches("    join: any\n    others: cancel"));
        perform(dossier, first);
        CHECK(dossier.states() == Strings{"next"});
        CHECK(dossier.count(RecordKind::cancelled) == 2);
        CHECK(dossier.data("many") == Value(1));
        CHECK(dossier.data("met") == Value(true));
        for (const char* late : {"one", "two", "three"}) {
            CHECK(dossier.perform(ten, officer, late) == "not-possible-now");
        }
    }
}

TEST_CASE("a parallel goes on with two, and the third finishes unheeded [R36]") {
    Dossier dossier = started(three_branches("    join: 2\n    others: keep"));
    perform(dossier, "three");
    CHECK(dossier.token_on("next") == 0);
    perform(dossier, "one");
    CHECK(dossier.data("many") == Value(2));
    // `all` has left and only holds what is over; it acts and is listed no more.
    CHECK(dossier.states() == Strings{"all", "b", "next"});
    CHECK(dossier.count(RecordKind::cancelled) == 0);
    Dossier other = dossier;
    // The procedure is not done before the remainder is (R5).
    perform(dossier, "close");
    CHECK(dossier.outcome() == "");
    perform(dossier, "two");
    CHECK(dossier.outcome() == "done");
    // Its end is swallowed: nothing goes on a second time.
    perform(other, "two");
    CHECK(other.states() == Strings{"next"});
    CHECK(other.data("many") == Value(2));
}

TEST_CASE("a new entry is a new activation: rounds never mix [R36]") {
    Dossier dossier = started(three_branches("    join: 2\n    others: keep"));
    perform(dossier, "one");
    perform(dossier, "two");
    perform(dossier, "again");
    CHECK(dossier.states() == Strings{"a", "all", "all", "b", "c", "c"});
    CHECK(dossier.perform(ten, officer, "three") == "ambiguous");
    const Ordinal old = [&] {
        for (const Token& token : dossier.instance.tokens) {
            if (dossier.procedure->model().states[token.state].id == "c") return token.ordinal;
        }
        return Ordinal{0};
    }();
    REQUIRE(dossier.perform(ten, officer, "three", {}, old) == "");
    CHECK(dossier.states() == Strings{"a", "all", "b", "c"});
    perform(dossier, "one");
    CHECK(dossier.token_on("next") == 0);  // one of the new round, and none of the old
    perform(dossier, "three");
    CHECK(dossier.states() == Strings{"all", "b", "next"});
}

TEST_CASE("a condition over branches lets a parallel go on; else it does when all are in [R35]") {
    const std::string join =
        "    join: \"branches.a.outcome == 'good' && branches.b.finished\"\n    others: cancel";
    Dossier held = started(three_branches(join));
    perform(held, "one");
    CHECK(held.token_on("next") == 0);
    perform(held, "two");
    CHECK(held.data("met") == Value(true));
    CHECK(held.states() == Strings{"next"});

    Dossier late = started(three_branches("    join: \"finished > 5\"\n    others: cancel"));
    perform(late, "one");
    perform(late, "two");
    CHECK(late.token_on("next") == 0);
    perform(late, "three");
    CHECK(late.states() == Strings{"next"});
    CHECK(late.data("met") == Value(false));
    CHECK(late.data("many") == Value(3));
}

TEST_CASE("in a remainder a way that leads out ends its token [R36]") {
    Dossier dossier = started(R"(
states:
  all:
    parallel:
      a: {task: officer, actions: {one: {end: none}}}
      b:
        states:
          deep: {task: officer, actions: {away: away, down: lower}}
          lower: {task: officer, actions: {away_too: {to: away, also_start: away}}}
    join: any
    others: keep
    to: next
  away: {task: officer, actions: {back: {end: none}}}
  next: {task: officer, actions: {close: {end: done}}}
outcomes: {done: Done}
)");
    Dossier leads = dossier;
    perform(leads, "away");  // not yet a remainder: it leads out, and the parallel is left
    CHECK(leads.states() == Strings{"away"});
    perform(dossier, "one");
    perform(dossier, "down");
    perform(dossier, "away_too");
    CHECK(dossier.states() == Strings{"next"});
    perform(dossier, "close");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("what holds a remainder takes it along when it is left [R36]") {
    Dossier dossier = started(R"(
states:
  phase:
    states:
      all:
        parallel: {a: {task: officer, actions: {one: {end: none}}}, b: {task: officer, actions: {two: {end: none}}}}
        join: any
        others: keep
        to: next
      next: {task: officer, actions: {leave: last}}
    to: last
  last: {task: officer, actions: {close: {end: done}}}
outcomes: {done: Done}
)");
    perform(dossier, "one");
    dossier.clear();
    perform(dossier, "leave");
    CHECK(dossier.states() == Strings{"last"});
    CHECK(dossier.count(RecordKind::cancelled) == 1);  // b; `all` left long ago
    CHECK(dossier.instance.scopes.size() == 1);
}

TEST_CASE("a remainder neither pauses a clock around it nor keeps a join waiting [R36]") {
    Dossier dossier = started(R"(
data: {fired: {type: integer, default: 0}}
states:
  phase:
    sla: {limit: 5 working days, while_waiting: pause}
    states:
      split: {fork: [all, other]}
      all:
        parallel:
          a: {task: officer, actions: {one: {end: none}}}
          b: {task: officer, waiting_for: supplement, actions: {two: {end: none}}}
        join: any
        others: keep
        to: meet
      other: {task: officer, actions: {from_other: meet}}
      meet: {join: inclusive, set: {fired: fired + 1}, to: rest}
      rest: {task: officer, actions: {finish: {end: none}}}
    to: {end: done}
outcomes: {done: Done}
)");
    CHECK(dossier.due("phase") == "waiting");
    perform(dossier, "one");
    CHECK(dossier.due("phase") != "waiting");
    perform(dossier, "from_other");
    CHECK(dossier.data("fired") == Value(1));
    CHECK(dossier.states() == Strings{"all", "b", "phase", "rest"});
}

TEST_CASE("nobody waits for what is started with join 0 [R38]") {
    Dossier dossier =
        started(over_units("index: number", "    join: 0\n    others: keep"), units({"x", "y"}));
    CHECK(dossier.token_on("next") != 0);
    CHECK(asked(dossier) == Strings{"x", "y"});
    perform(dossier, "close");
    CHECK(dossier.outcome() == "");
    answer(dossier, "y");
    answer(dossier, "x");
    CHECK(dossier.outcome() == "done");
    CHECK(dossier.data("seen") == Value(List{"y", "x"}));
}

TEST_CASE("an each goes on when so many have agreed, by a condition over its items [R37]") {
    const std::string join =
        "    join: \"items.filter(i, i.outcome == 'agreed').size() >= 2\"\n    others: cancel";
    Dossier dossier = started(over_units("index: number", join), units({"x", "y", "z", "w"}));
    answer(dossier, "x");
    answer(dossier, "y", "object");
    CHECK(dossier.token_on("next") == 0);
    answer(dossier, "z");
    CHECK(dossier.states() == Strings{"next"});
    CHECK(dossier.data("met") == Value(true));

    Dossier refused = started(over_units("index: number", join), units({"x", "y"}));
    answer(refused, "x", "object");
    answer(refused, "y");
    CHECK(refused.states() == Strings{"next"});
    CHECK(refused.data("met") == Value(false));
}

TEST_CASE("items open one after the other, in the order of the list [R37]") {
    Dossier dossier = started(over_units("at_once: 1", ""), units({"x", "y", "z"}));
    for (const char* unit : {"x", "y", "z"}) {
        CHECK(asked(dossier) == Strings{unit});
        CHECK(dossier.token_on("next") == 0);
        answer(dossier, unit);
    }
    CHECK(dossier.states() == Strings{"next"});
    CHECK(dossier.data("seen") == Value(List{"x", "y", "z"}));
    CHECK(dossier.instance.lists.empty());
}

TEST_CASE("two items at once: one that finishes makes room for the next [R37]") {
    Dossier dossier = started(over_units("at_once: 2", ""), units({"x", "y", "z"}));
    CHECK(asked(dossier) == Strings{"x", "y"});
    answer(dossier, "y");
    CHECK(asked(dossier) == Strings{"x", "z"});
    answer(dossier, "z");
    CHECK(asked(dossier) == Strings{"x"});
    answer(dossier, "x");
    CHECK(dossier.states() == Strings{"next"});
}

TEST_CASE("items still to come are dropped with the others, or open as a remainder [R37]") {
    Dossier cancelled = started(over_units("at_once: 1", "    join: 1\n    others: cancel"),
                                units({"x", "y", "z"}));
    answer(cancelled, "x");
    CHECK(cancelled.states() == Strings{"next"});
    CHECK(cancelled.count(RecordKind::scope_opened) == 1);  // y was never asked

    Dossier kept =
        started(over_units("at_once: 1", "    join: 1\n    others: keep"), units({"x", "y", "z"}));
    answer(kept, "x");
    CHECK(kept.token_on("next") != 0);
    CHECK(asked(kept) == Strings{"y"});
    answer(kept, "y");
    CHECK(asked(kept) == Strings{"z"});
    perform(kept, "close");
    CHECK(kept.outcome() == "");
    answer(kept, "z");
    CHECK(kept.outcome() == "done");
}

TEST_CASE("a list that grows opens its new items, and only those [R37]") {
    Dossier dossier = started(over_units("grows: true", ""), units({"x"}));
    REQUIRE(dossier.perform(ten, officer, "add", {{"unit_more", "y"}}) == "");
    CHECK(asked(dossier) == Strings{"x", "y"});
    answer(dossier, "x");
    REQUIRE(dossier.perform(ten, officer, "add", {{"unit_more", "z"}}) == "");
    CHECK(asked(dossier) == Strings{"y", "z"});
    answer(dossier, "z");
    CHECK(dossier.token_on("next") == 0);
    answer(dossier, "y");
    CHECK(dossier.states() == Strings{"next"});
    CHECK(started(over_units("grows: true", ""), units({})).states() == Strings{"next"});
}

TEST_CASE("an each without `grows` has taken its list once [R37]") {
    Dossier dossier = started(over_units("index: number", ""), units({"x"}));
    REQUIRE(dossier.perform(ten, officer, "add", {{"unit_more", "y"}}) == "");
    CHECK(asked(dossier) == Strings{"x"});
    answer(dossier, "x");
    CHECK(dossier.states() == Strings{"next"});
}

TEST_CASE("a list made shorter by a person is refused, by something else an incident [R37]") {
    Dossier dossier = started(over_units("grows: true", ""), units({"x", "y"}));
    CHECK(dossier.perform(ten, officer, "drop") == "list-shorter");
    CHECK(dossier.refusal.reason() ==
          "the list of 'ask' has 0 items, after 2 were taken from it; add to it only: an item once "
          "taken stays");
    CHECK(asked(dossier) == Strings{"x", "y"});
    const Ordinal ask = dossier.token_on("ask");
    REQUIRE(dossier.send(ten, Correct{officer, {{"units", List{"x"}}}, "typed wrongly"}) == "");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    answer(dossier, "x");  // the items work on
    REQUIRE(dossier.send(ten, Correct{officer, {{"units", List{"x", "y"}}}, "mended"}) == "");
    REQUIRE(dossier.send(ten, Retry{officer, ask}) == "");
    answer(dossier, "y");
    CHECK(dossier.states() == Strings{"next"});
}

TEST_CASE("an action on the each completes it early and withdraws all copies [R38]") {
    Dossier dossier = started(over_units("at_once: 2", ""), units({"x", "y", "z"}));
    perform(dossier, "enough");
    CHECK(dossier.states() == Strings{"next"});
    CHECK(dossier.instance.lists.empty());
    CHECK(dossier.count(RecordKind::cancelled) == 2);
}

TEST_CASE("limit: a list may grow to limits::items_max and not beyond") {
    List items;
    for (std::size_t i = 0; i < limits::items_max - 1; ++i) items.emplace_back("u");
    Dossier dossier = started(over_units("grows: true, at_once: 1", ""), units(items));
    REQUIRE(dossier.perform(ten, officer, "add", {{"unit_more", "last"}}) == "");
    CHECK(dossier.perform(ten, officer, "add", {{"unit_more", "one too many"}}) == "too-large");
}
