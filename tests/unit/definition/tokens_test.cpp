#include <catch2/catch.hpp>

#include "procedure/model.hpp"
#include "unit/definition/procedure_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

/// Loads without findings; uses every key of forks, joins, remainders, doors.
const std::string tokens_procedure = R"YAML(procedure: p
version: 1
title: {en: P, vi: Q}
calendar: vn-state
roles: {officer: {en: Officer, vi: Chuyên viên}}
data: {units: list of text, x: boolean}
input: [units, x]
outcomes: {done: {en: Done, vi: Xong}}
states:
  split:
    fork:
      - a
      - {when: x, to: b, set: {x: "false"}}
  a: {task: officer, to: meet}
  b:
    task: officer
    one_at_a_time: desk
    actions:
      go: {to: meet, also_start: c, cancel: [both]}
      more: {also_start: [c, b]}
  c: {task: officer, to: {end: none}}
  meet: {join: "arrived == 2 && arrived_from.a == 1", set: {x: arrived > 1}, to: both}
  both:
    parallel: {d: {task: officer}, e: {task: officer}}
    join: 1
    others: cancel
    to: every
  every:
    each: {of: units, as: unit, grows: true, at_once: 2}
    states: {f: {task: {role: officer, for: unit}, to: {end: none}}}
    join: "finished >= 2 && !items.exists(i, i.item == '')"
    others: keep
    set: {x: satisfied}
    to: {end: done}
)YAML";

struct Fault {
    const char* from;
    const char* to;
    std::vector<std::string> findings;
};

void check(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) {
        CAPTURE(fault.from, fault.to);
        const std::string yaml = replaced(tokens_procedure, fault.from, fault.to);
        REQUIRE_FALSE(yaml.empty());
        const LoadedProcedure loaded = load_procedure(yaml, "p.yaml");
        CHECK(loaded.procedure == nullptr);
        CHECK(findings_of(yaml) == fault.findings);
        for (const Diagnostic& finding : loaded.diagnostics) {
            CHECK(finding.message("en") != finding.message("vi"));
            CHECK_FALSE(finding.mend("en").empty());
            CHECK(finding.message("en").find("{0}") == std::string::npos);
        }
    }
}

}  // namespace

TEST_CASE("every key of forks, joins, remainders and doors is read [R30]") {
    CHECK(findings_of(tokens_procedure).empty());
    const LoadedProcedure loaded = load_procedure(tokens_procedure, "p.yaml");
    const procedure::Model& model = loaded.procedure->model();
    const auto at = [&](const char* id) -> const procedure::State& {
        return model.states[procedure::find_state(model, id)];
    };
    CHECK(at("split").kind == procedure::Kind::fork);
    CHECK(at("split").choices.size() == 2);
    CHECK(at("b").actions[1].way.also_start.size() == 2);
    CHECK(at("b").actions[0].way.cancel.size() == 1);
    CHECK(model.doors == std::vector<std::string>{"desk"});
    CHECK(at("meet").join->rule == procedure::Join::Rule::condition);
    CHECK(at("meet").sources.size() == 2);
    CHECK(at("both").join->count == 1);
    CHECK_FALSE(at("both").keep_others);
    CHECK(at("every").keep_others);
    CHECK(at("every").grows);
    CHECK(at("every").at_once == 2);
}

TEST_CASE("a fault in a fork is found at its place [R22]") {
    check({
        {"      - a\n", "", {"no-otherwise 12:7"}},
        {"      - a\n      - {when: x, to: b, set: {x: \"false\"}}\n",
         "      []\n",
         {"fork-empty 12:7"}},
        {"    fork:\n      - a\n      - {when: x, to: b, set: {x: \"false\"}}\n",
         "    fork: a\n",
         {"not-a-list 11:11"}},
        {"      - a\n",
         "      - a\n      - otherwise: b\n",
         {"otherwise-not-last 13:9", "otherwise-never 13:9"}},
        {"{when: x, to: b, set: {x: \"false\"}}", "otherwise: b", {"otherwise-never 13:9"}},
        {"      - a\n", "      - [a, b]\n", {"no-otherwise 12:7", "not-a-target 12:9"}},
        {"      - a\n", "      - {end: done}\n", {"fork-ends 12:15"}},
        {"      - a\n", "      - {set: {x: \"true\"}}\n", {"way-leads-nowhere 12:9"}},
        {"      - a\n", "      - f\n", {"fork-leads-out 12:9", "target-out-of-reach 12:9"}},
        {"      - a\n", "      - aa\n", {"unknown-target 12:9"}},
        {"    fork:\n", "    sla: 2 days\n    fork:\n", {"unknown-key-among 11:5"}},
        {"{when: x, to: b,", "{when: 1, to: b,", {"expression-result 13:16"}},
    });
}

TEST_CASE("a fault in what a way does beside its course is found at its place [R24]") {
    check({
        {"also_start: c, cancel", "also_start: [c, dd], cancel", {"unknown-target 19:38"}},
        {"also_start: c, cancel", "also_start: meet, cancel", {"join-not-started 19:11"}},
        {"also_start: c, cancel", "also_start: d, cancel", {"target-out-of-reach 19:11"}},
        {"cancel: [both]", "cancel: both", {"not-a-list 19:45"}},
        {"cancel: [both]", "cancel: [both, both]", {"word-twice 19:52"}},
        {"cancel: [both]", "cancel: [b]", {"cancel-holds-carrier 19:11"}},
        {"cancel: [both]", "cancel: [meet]", {"cancel-holds-target 19:11"}},
        {"cancel: [both]", "cancel: [d]", {"target-out-of-reach 19:11"}},
        {"states:\n  split",
         "start: {to: split, also_start: c}\nstates:\n  split",
         {"aside-at-start 9:32"}},
        {"    set: {x: satisfied}\n    to: {end: done}",
         "    actions: {stop: {role: officer, end: done, also_start: f}}\n    to: {end: done}",
         {"target-out-of-reach 33:21"}},
    });
}

TEST_CASE("a fault in a join is found at its place [R32]") {
    const char* const rule = "join: \"arrived == 2 && arrived_from.a == 1\"";
    check({
        {rule, "join: some", {"expression-unknown-name 22:16"}},
        {rule, "join: [a, b]", {"not-a-join 22:16"}},
        {rule, "join: 0", {"not-an-integer 22:16"}},
        {rule, "join: -1", {"not-an-integer 22:16"}},
        {rule, "join: 3", {"join-count-too-high 22:3"}},
        {rule, "join: arrived", {"expression-result 22:16"}},
        {rule, "join: \"arrived_from.c == 1\"", {"expression-unknown-member 22:30"}},
        {rule, "others: keep, join: all", {"unknown-key-among 22:10"}},
        {"x: arrived > 1", "x: finished > 1", {"expression-unknown-name 22:64"}},
        {", to: both}", "}", {"missing-key 22:3"}},
        {"    join: 1\n", "    join: inclusive\n", {"inclusive-not-here 25:11"}},
        {"    join: 1\n", "    join: 3\n", {"join-count-too-high 23:3"}},
        {"    join: 1\n",
         "    join: \"branches.f.finished\"\n",
         {"expression-unknown-member 25:21"}},
        {"    others: cancel\n", "", {"others-missing 25:11"}},
        {"    others: cancel\n", "    others: drop\n", {"not-others 26:13"}},
        {"    join: 1\n", "", {"others-without-join 25:13"}},
        {"d: {task: officer}", "d: {join: any}", {"join-as-branch 24:16"}},
        {"  a: {task: officer, to: meet}",
         "  a: {task: officer, join: all, to: meet}",
         {"two-kinds 14:3", "expression-unknown-member 22:46"}},
        {"states:\n  split", "start: meet\nstates:\n  split", {"join-not-started 9:8"}},
        {"states:\n  split",
         "actions: {jump: {role: officer, to: meet}}\nstates:\n  split",
         {"join-not-started 9:17"}},
    });
}

TEST_CASE("a fault in an each or a name held by one is found at its place [R37]") {
    check({
        {"grows: true", "grows: maybe", {"not-a-boolean 29:40"}},
        {"at_once: 2", "at_once: 0", {"not-an-integer 29:55"}},
        {"at_once: 2", "at_once: all", {"not-an-integer 29:55"}},
        {"at_once: 2", "atonce: 2", {"unknown-key 29:46"}},
        {"one_at_a_time: desk", "one_at_a_time: Desk", {"not-an-id 17:20"}},
        {"one_at_a_time: desk", "one_at_a_time: [desk]", {"not-an-id 17:20"}},
        {"set: {x: arrived > 1}", "one_at_a_time: desk", {"unknown-key-among 22:55"}},
    });
}

TEST_CASE("a join that cannot tell its rounds apart is refused, with the mend [R34a]") {
    const std::string in_a_circle = R"(procedure: p
version: 1
title: P
calendar: vn-state
roles: {officer: Officer}
data: {x: {type: boolean, default: true}}
outcomes: {done: Done}
states:
  split: {fork: [a, {when: x, to: b}]}
  a: {task: officer, to: meet}
  b: {task: officer, to: meet}
  meet: {join: any, to: check}
  check: {task: officer, actions: {again: split, close: {end: done}}}
)";
    CHECK(findings_of(in_a_circle) == std::vector<std::string>{"join-cannot-reset 12:3"});
    CHECK(load_procedure(in_a_circle, "p.yaml").diagnostics.front().mend() ==
          "use `parallel` with `when` on its branches: it knows what it has opened");
    // Without guards, with all sources or without the circle it is none.
    CHECK(findings_of(replaced(in_a_circle, "{when: x, to: b}", "b")).empty());
    CHECK(findings_of(replaced(in_a_circle, "join: any", "join: 2")).empty());
    CHECK(findings_of(replaced(in_a_circle, "again: split, ", "")).empty());
}

TEST_CASE("two tokens of one fork that can stand on one state are a warning [R3]") {
    const std::string twice = R"(procedure: p
version: 1
title: P
calendar: vn-state
roles: {officer: Officer}
outcomes: {done: Done}
states:
  split: {fork: [a, b]}
  a: {task: officer, to: c}
  b: {task: officer, to: c}
  c: {task: officer, to: {end: done}}
)";
    CHECK(findings_of(twice) == std::vector<std::string>{"active-twice 8:3", "end-leaves-tokens 8:3"});
    CHECK(load_procedure(twice, "p.yaml").procedure != nullptr);
    const std::string once = replaced(twice, "  c: {task: officer, to: {end: done}}",
                                      "  c: {join: all, to: {end: done}}");
    CHECK(findings_of(once).empty());
}
