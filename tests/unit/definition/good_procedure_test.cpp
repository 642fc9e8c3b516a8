#include <catch2/catch.hpp>

#include "procedure/model.hpp"
#include "unit/definition/procedure_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;
using namespace workflow::procedure;

namespace {

std::shared_ptr<const Procedure> load(const std::string& yaml) {
    const LoadedProcedure loaded = load_procedure(yaml, "p.yaml");
    for (const Diagnostic& finding : loaded.diagnostics) UNSCOPED_INFO(to_string(finding));
    CHECK(loaded.diagnostics.empty());
    return loaded.procedure;
}

const Action& action_of(const Model& model, std::string_view state, std::string_view id) {
    for (const Action& action : model.states[find_state(model, state)].actions) {
        if (action.id == id) return action;
    }
    FAIL("no such action");
    return model.states.front().actions.front();
}

StateIndex target_of(const Way& way) {
    return std::get<Move>(way.target).to;
}

const std::string head = R"yaml(
procedure: sample
version: 3
title: Sample
calendar: c
roles: {officer: Officer, head: Head}
parameters:
  switch: {type: boolean, default: true, source: Art. 1}
  long: {type: limit, default: 9 days, source: Art. 2}
data:
  names: list of text
  note: {type: optional text, sensitive: true, title: Note}
  ratio: {type: number, default: 0.5}
outcomes: {yes_outcome: {title: Yes}, no_outcome: No}
)yaml";

}  // namespace

TEST_CASE("the model has what the file says of identity, names and data") {
    const auto procedure = load(good_procedure);
    REQUIRE(procedure);
    CHECK(procedure->id() == "leave_request");
    CHECK(procedure->version() == 1);
    CHECK(procedure->title().in("vi") == "Xin nghỉ phép");
    CHECK(procedure->calendar() == "vn-state");
    CHECK(procedure->languages() == std::vector<std::string>{"en", "vi"});
    CHECK(procedure->state_ids() == std::vector<std::string>{"ask", "decide"});
    CHECK(procedure->role_ids() == std::vector<std::string>{"officer", "head"});
    CHECK(procedure->digest() == sha256(good_procedure));
    const Model& model = procedure->model();
    CHECK(model.input == std::vector<FieldIndex>{0, 2});
    CHECK(model.parameters[0].initial == Value(Limit{2, Unit::working_days}));
    CHECK(model.variants[0].values[0].second == Value(Limit{1, Unit::working_days}));
    CHECK(model.data[1].type.optional);
    CHECK(model.states[0].kind == Kind::group);
    CHECK(target_of(*model.states[0].start) == 1);
    CHECK(model.states[1].place == Place{"p.yaml", 12, 3});
    CHECK(model.clocks[0].id == "decide");
    CHECK(model.clocks[0].owner == 2);
    CHECK(std::holds_alternative<Cel>(model.clocks[0].limit));
}

TEST_CASE("a task with only a way out has the action done") {
    const auto procedure = load(good_procedure);
    REQUIRE(procedure);
    const Model& model = procedure->model();
    REQUIRE(model.states[1].actions.size() == 1);
    CHECK(model.states[1].actions[0].id == "done");
    CHECK(model.states[1].actions[0].role == 0);
    CHECK(target_of(model.states[1].actions[0].way) == 2);
}

TEST_CASE("an action's fields know whether they are required and where they are stored") {
    const auto procedure = load(head + R"yaml(
states:
  work:
    task: {role: officer, for: "names[0]"}
    actions:
      a: {end: yes_outcome, fields: [note]}
      b:
        role: head
        fields: {note: optional text, extra: {type: [x, y], title: Extra}}
        set: {ratio: "fields.extra == 'x' ? 1.0 : 2.0"}
        to:
          - {when: "fields.note != null", end: no_outcome}
          - otherwise: stay
)yaml");
    REQUIRE(procedure);
    const Model& model = procedure->model();
    const Action& a = action_of(model, "work", "a");
    CHECK(a.fields[0].required);
    CHECK(a.fields[0].stored_in == 1);
    CHECK(a.fields[0].sensitive);
    CHECK(a.fields[0].title.in("en") == "Note");
    CHECK_FALSE(a.fields[0].type.optional);
    const Action& b = action_of(model, "work", "b");
    CHECK(b.role == 1);
    CHECK_FALSE(b.fields[0].required);
    CHECK(b.fields[1].stored_in == procedure::none);
    CHECK(b.way.set.size() == 1);
    REQUIRE(b.way.choices.size() == 2);
    CHECK(b.way.choices[0].when);
    CHECK(std::get<Finish>(b.way.choices[0].target).outcome == 1);
    CHECK_FALSE(b.way.choices[1].when);
    CHECK(std::holds_alternative<Stay>(b.way.choices[1].target));
    CHECK(model.states[1].for_whom);
    CHECK(model.data[2].initial == Value(0.5));
}

TEST_CASE("clocks and timers have limits, moments and consequences of waiting") {
    const auto procedure = load(head + R"yaml(
sla:
  whole: {limit: 3 months, title: Whole, while_waiting: continue}
  part:
    limit: "switch ? long : null"
    when: switch
    while_waiting: {paper: pause}
    starts: {date: now}
    moments:
      5 working days before: {notify: head}
      80%: {notify: [head, officer], text: "Of {note}"}
      due: {may_also_act: head}
      2 days after: work
      every 1 week after: {notify: head}
states:
  work:
    task: officer
    source: Art. 3
    waiting_for: paper
    sla: long
    after: {3 days: {notify: head, times: 4}, long: {to: rest, set: {ratio: "0.1"}}}
    to: {end: yes_outcome}
  rest: {after: {1 month: work}, actions: {stop: {role: head, end: no_outcome}}}
)yaml");
    REQUIRE(procedure);
    const Model& model = procedure->model();
    REQUIRE(model.clocks.size() == 3);
    CHECK(model.clocks[0].id == "whole");
    CHECK(std::get<Limit>(model.clocks[0].limit) == Limit{3, Unit::months});
    CHECK(model.clocks[0].while_waiting == std::vector<Policy>{Policy::go_on});
    const Clock& part = model.clocks[1];
    CHECK(part.while_waiting == std::vector<Policy>{Policy::pause});
    REQUIRE(part.starts);
    CHECK(part.starts->date);
    REQUIRE(part.moments.size() == 5);
    CHECK(part.moments[0].kind == Moment::Kind::before);
    CHECK(part.moments[0].distance == Limit{5, Unit::working_days});
    CHECK(part.moments[1].percent == 80);
    CHECK(part.moments[1].way.notify == std::vector<RoleIndex>{1, 0});
    CHECK(part.moments[2].way.may_also_act == RoleIndex{1});
    CHECK(part.moments[3].kind == Moment::Kind::after);
    CHECK(target_of(part.moments[3].way) == 1);
    CHECK(part.moments[4].kind == Moment::Kind::every_after);
    CHECK(part.moments[4].label == "every 1 week after");
    CHECK(model.clocks[2].id == "work");
    CHECK(model.clocks[2].source == "Art. 2");  // its parameter's
    const State& work = model.states[1];
    CHECK(work.source == "Art. 3");
    CHECK(model.reasons == std::vector<std::string>{"paper"});
    CHECK(work.timers[0].way.times == 4);
    CHECK(std::holds_alternative<Cel>(work.timers[1].limit));
    CHECK(model.states[2].kind == Kind::idle);
}

TEST_CASE("compound states have children, starts, items and ways out") {
    const auto procedure = load(head + R"yaml(
start: {to: both, when: names.size() > 0, notify: head}
states:
  both:
    parallel:
      left: {when: switch, task: officer}
      right: {states: {inside: {task: head, actions: {ok: {end: fine}, bad: {end: wrong}}}}}
    join: all
    to:
      - {when: branches.right.outcome == 'fine' && finished == opened, to: many}
      - otherwise: {end: no_outcome}
  many:
    each: {of: names, as: name, index: position}
    start: second
    states:
      first: {task: {role: officer, for: name}, actions: {go: second}}
      second: {task: head, actions: {back: first, end: {end: answered}}}
    set: {names: "items.map(i, i.item)"}
    to: phase
    actions: {jump: {role: head, to: third_party}}
  third_party: {wait: {until: now}, set: {ratio: "0.2"}, to: phase}
  phase:
    outcomes: {good: last, otherwise: {end: no_outcome}}
    states:
      x: {task: officer, actions: {g: {end: good}, b: {end: bad}}}
  last:
    choice:
      - {when: switch, to: over}
      - otherwise: {end: no_outcome}
  over: {end: yes_outcome, terminate: true}
)yaml");
    REQUIRE(procedure);
      const Model& model = procedure->model();
      const auto state = [&](std::string_view id) -> const State& {
          return model.states[find_state(model, id)];
      };
      CHECK(model.states[0].start->when);
      CHECK(model.states[0].start->notify.size() == 1);
      CHECK(state("both").children.size() == 2);
      CHECK(state("left").when);
      // A branch that finishes by itself ends without an outcome.
      CHECK(std::get<Finish>(state("left").actions[0].way.target).outcome == procedure::none);
      CHECK_FALSE(state("right").to);
      CHECK(state("both").to->choices.size() == 2);
      const State& many = state("many");
      CHECK(many.item_name == "name");
      CHECK(many.index_name == "position");
      CHECK(many.locals == 0);
      CHECK(model.local_slots == 2);
      CHECK(target_of(*many.start) == find_state(model, "second"));
      CHECK(many.set.size() == 1);
      CHECK(state("first").depth == 2);
      CHECK(state("first").for_whom);
      CHECK(state("third_party").until);
      CHECK_FALSE(state("phase").to);
      REQUIRE(state("phase").outcomes.size() == 2);
      CHECK_FALSE(model.outcomes[state("phase").outcomes[0].first].declared);
      CHECK(state("phase").outcomes[1].first == procedure::none);
      CHECK(state("last").choices.size() == 2);
      CHECK(state("over").terminate);
      CHECK(model.outcomes[state("over").outcome].id == "yes_outcome");
      }

      TEST_CASE("the items of an each inside an each have their own names and places") {
          const auto procedure = load(head + R"yaml(
states:
  outer:
    each: {of: names, as: a, index: i}
    states:
      inner:
        each: {of: "[a, a]", as: b, index: j}
        states: {leaf: {task: {role: officer, for: b}, actions: {ok: {end: none, when: i <= j}}}}
        to: {end: none}
    to: {end: yes_outcome}
    actions: {stop: {role: head, end: no_outcome}}
)yaml");
          REQUIRE(procedure);
          CHECK(procedure->model().local_slots == 4);
          CHECK(procedure->model().states[2].locals == 2);
      }

      TEST_CASE("an outcome of a group must have a way on") {
          const std::string yaml = head + R"yaml(
states:
  phase:
    outcomes: {good: {end: yes_outcome}}
    states:
      x: {task: officer, actions: {g: {end: good}, b: {end: bad}}}
  z: {task: officer, to: {end: no_outcome}}
)yaml";
          CHECK(findings_of(yaml) == std::vector<std::string>{"outcome-not-covered 18:15"});
          CHECK(findings_of(replaced(yaml, "{good:", "{goood:")).back() ==
                "unknown-outcome 18:16");
      }

      TEST_CASE("the onboarding procedure loads without findings and keeps the law's limits") {
          const LoadedProcedure loaded = load_procedure_file(
              WORKFLOW_SOURCE_DIR "/procedures/service_onboarding/procedure.yaml");
          CHECK(loaded.diagnostics.empty());
          REQUIRE(loaded.procedure);
          const Model& model = loaded.procedure->model();
          const auto sourced = [&](std::string_view clock) {
              for (const Clock& known : model.clocks) {
                  if (known.id == clock) return !known.source.empty();
              }
              return false;
          };
          CHECK(sourced("it_setup"));
          CHECK(sourced("confirm"));
          CHECK(sourced("piloting"));
          CHECK_FALSE(sourced("legal_appraisal"));  // a default of ours
          CHECK_FALSE(sourced("it_fix"));
          const auto initial = [&](std::string_view id) {
              for (const Parameter& known : model.parameters) {
                  if (known.id == id) return known.initial;
              }
              return Value();
          };
          CHECK(initial("setup_limit") == Value(Limit{30, Unit::working_days}));
          CHECK(initial("confirmation_limit") == Value(Limit{5, Unit::working_days}));
          CHECK(initial("phase_limit") == Value(Limit{10, Unit::working_days}));
      }
