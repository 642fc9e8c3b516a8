#include <catch2/catch.hpp>

#include "unit/interpreter/small_procedure.hpp"

using namespace workflow;
using namespace workflow::test;
using workflow::test::small::in_head;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");

}  // namespace

TEST_CASE("R21: a way without a target leaves token and clocks as they are") {
    Dossier dossier(procedure_of(in_head(R"(
data: {note: optional text}
states:
  work:
    task: officer
    sla: 5 working days
    actions:
      comment: {fields: [note]}
      finish: {end: done}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    const Ordinal before = dossier.token_on("work");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "comment", {{"note", "seen"}}) == "");
    CHECK(dossier.token_on("work") == before);
    CHECK(dossier.due("work") == "2017-06-12");
    CHECK(dossier.data("note") == Value("seen"));
}

TEST_CASE("R22 a, R75: a state entered again is a new activation with a fresh clock") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  work:
    task: officer
    sla: 5 working days
    actions:
      again: work
      finish: {end: done}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    const Ordinal before = dossier.token_on("work");
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "again") == "");
    CHECK(dossier.token_on("work") > before);
    CHECK(dossier.due("work") == "2017-06-14");
}

TEST_CASE("R22 b, R23: a way out of a group takes the group with it") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  phase:
    sla: 10 working days
    states:
      one: {task: officer, actions: {out: after_all, go: two}}
      two: {task: officer, to: {end: done}}
  after_all: {task: officer, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.states() == Strings{"one", "phase"});
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "out") == "");
    CHECK(dossier.states() == Strings{"after_all"});
    CHECK(dossier.result("phase") == "early");
    CHECK(dossier.instance.scopes.size() == 1);
}

TEST_CASE(
    "R22 c: a group's own action back to its inside cancels what is there; its clock lives on") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  phase:
    sla: 10 working days
    actions: {restart: {role: officer, to: one}}
    states:
      one: {task: officer, to: two}
      two: {task: officer, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-06 09:00", officer, "done") == "");
    CHECK(dossier.states() == Strings{"phase", "two"});
    REQUIRE(dossier.perform("2017-06-07 09:00", officer, "restart") == "");
    CHECK(dossier.states() == Strings{"one", "phase"});
    CHECK(dossier.due("phase") == "2017-06-19");
    REQUIRE(dossier.perform("2017-06-08 09:00", officer, "done") == "");
    REQUIRE(dossier.perform("2017-06-08 09:00", officer, "done") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("R22 d: end on the procedure's own action cancels everything and names the outcome") {
    Dossier dossier(procedure_of(in_head(R"(
actions: {stop: {role: officer, end: stopped}}
states:
  both:
    parallel:
      a: {task: officer}
      b: {task: officer}
    join: all
    to: {end: done}
outcomes: {done: Done, stopped: Stopped}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "stop") == "");
    CHECK(dossier.outcome() == "stopped");
    CHECK(dossier.count(RecordKind::cancelled) == 3);  // a, b and what held them
    CHECK(dossier.instance.tokens.empty());
}

TEST_CASE("R20: a list in `to` is decided with the data that the action has just set") {
    Dossier dossier(procedure_of(in_head(R"(
data: {amount: {type: integer, default: 0}}
states:
  ask:
    task: officer
    actions:
      give:
        fields: [amount]
        to:
          - {when: amount > 100, to: large}
          - otherwise: small
  large: {task: officer, to: {end: done}}
  small: {task: officer, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "give", {{"amount", 101}}) == "");
    CHECK(dossier.states() == Strings{"large"});
}

TEST_CASE("R52: all right sides of a set see the data before it") {
    Dossier dossier(procedure_of(in_head(R"(
data: {a: {type: integer, default: 1}, b: {type: integer, default: 2}}
states:
  work:
    task: officer
    actions: {swap: {set: {a: b, b: a}}, finish: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "swap") == "");
    CHECK(dossier.data("a") == Value(2));
    CHECK(dossier.data("b") == Value(1));
}

TEST_CASE("a choice takes the first way whose guard holds") {
    const std::string yaml = in_head(R"(
input: [kind]
data: {kind: "[paper, online]"}
states:
  sort:
    choice:
      - {when: kind == 'paper', to: scan}
      - otherwise: check
  scan: {task: officer, to: check}
  check: {task: officer, to: {end: done}}
outcomes: {done: Done}
)");
    std::string with_list = yaml;
    with_list.replace(with_list.find("\"[paper, online]\""), 17, "[paper, online]");
    Dossier paper(procedure_of(with_list));
    REQUIRE(paper.start("2017-06-05 09:00", officer, {{"kind", "paper"}}) == "");
    CHECK(paper.states() == Strings{"scan"});
    Dossier online(procedure_of(with_list));
    REQUIRE(online.start("2017-06-05 09:00", officer, {{"kind", "online"}}) == "");
    CHECK(online.states() == Strings{"check"});
}

TEST_CASE("a notice tells its roles and holds the dossier's data") {
    Dossier dossier(procedure_of(in_head(R"(
input: [name]
data: {name: text}
states:
  work:
    task: officer
    actions: {tell: {notify: officer, text: "About {name}, at last"}, finish: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"name", "Festival"}}) == "");
    auto outcome = step(*dossier.procedure, dossier.calendars, dossier.instance,
                        Perform{"tell", officer, {}, {}}, at("2017-06-05 10:00"));
    REQUIRE(std::holds_alternative<Step>(outcome));
    const auto& effects = std::get<Step>(outcome).effects;
    REQUIRE(effects.size() == 1);
    CHECK(std::get<Notice>(effects.front()).text.in("en") == "About Festival, at last");
}
