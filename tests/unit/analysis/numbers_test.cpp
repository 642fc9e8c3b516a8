#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "unit/analysis/findings.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

namespace {

Model sound_model() {
    ModelBuilder builder;
    const RoleIndex officer = builder.role("officer");
    const OutcomeIndex done = builder.outcome("done");
    const StateIndex group = builder.state(Kind::group, "phase");
    const StateIndex work = builder.task("work", officer, group);
    builder.action(work, "finish", way_end(done));
    builder.action(work, "again", way_list({way_to(work), way_to(work)}));
    builder.timer(work, {5, Unit::days}, way_stay());
    builder.moment(builder.clock(work, {9, Unit::working_days}), "due", way_stay());
    builder.model().data.push_back({"reason", Type::of(Type::Kind::text), {}, {}, false, {}});
    builder.model().parameters.push_back({"limit", {}, {}, {}, {}});
    builder.model().variants.push_back({"other", {}, {}, {{0, Value(1)}}, {}});
    builder.model().reasons = {"supplement"};
    return builder.build();
}
constexpr StateIndex phase = 1;
constexpr StateIndex work = 2;

}  // namespace

TEST_CASE("the model that the next test spoils is sound") {
    CHECK(findings(sound_model()).empty());
}

TEST_CASE("a number that names nothing is found and never followed") {
    struct Case {
        const char* code;
        void (*spoil)(Model&);
    };
    const Case cases[] = {
        {"target-out-of-range", [](Model& m) { m.states[work].actions[0].way.target = Move{3}; }},
        {"target-out-of-range",
         [](Model& m) { m.states[work].actions[1].way.choices[1].target = Move{none}; }},
        {"target-out-of-range", [](Model& m) { m.states[work].timers[0].way.target = Move{77}; }},
        {"target-out-of-range", [](Model& m) { m.clocks[0].moments[0].way.target = Move{3}; }},
        {"target-out-of-range", [](Model& m) { m.states[phase].start->target = Move{3}; }},
        {"target-out-of-range", [](Model& m) { m.states[work].to = way_to(3); }},
        {"target-out-of-range",
         [](Model& m) {
             m.states[phase].outcomes = {{0, way_to(3)}};
         }},
        {"target-out-of-range", [](Model& m) { m.states[work].choices = {way_to(3)}; }},
        {"target-out-of-range", [](Model& m) { m.clocks[0].owner = 3; }},
        {"role-out-of-range", [](Model& m) { m.states[work].role = 1; }},
        {"role-out-of-range", [](Model& m) { m.states[work].actions[0].role = 1; }},
        {"role-out-of-range",
         [](Model& m) {
             m.states[work].timers[0].way.notify = {0, 1};
         }},
        {"role-out-of-range", [](Model& m) { m.clocks[0].moments[0].way.may_also_act = 1; }},
        {"role-out-of-range", [](Model& m) { m.started_by = {4}; }},
        {"outcome-out-of-range", [](Model& m) { m.states[work].outcome = 1; }},
        {"outcome-out-of-range",
         [](Model& m) { m.states[work].actions[0].way.target = Finish{1}; }},
        {"outcome-out-of-range",
         [](Model& m) {
             m.states[phase].outcomes = {{1, way_to(work)}};
         }},
        {"field-out-of-range", [](Model& m) { m.input = {1}; }},
        {"field-out-of-range",
         [](Model& m) {
             m.states[work].actions[0].fields = {{"x", {}, {}, true, 1, false}};
         }},
        {"parameter-out-of-range", [](Model& m) { m.variants[0].values[0].first = 1; }},
        {"reason-out-of-range", [](Model& m) { m.states[work].waiting_for = 1; }},
        {"reason-out-of-range",
         [](Model& m) {
             m.clocks[0].while_waiting = {Policy::pause, Policy::pause};
         }},
        {"clock-out-of-range",
         [](Model& m) {
             m.states[work].clocks = {0, 1};
         }},
        {"clock-out-of-range", [](Model& m) { m.states[work].clocks = {}; }},
        {"clock-out-of-range",
         [](Model& m) {
             m.states[work].clocks = {0, 0};
         }},
        {"clock-out-of-range", [](Model& m) { m.clocks[0].owner = phase; }},
        {"local-out-of-range", [](Model& m) { m.states[work].kind = Kind::each; }},
        {"state-tree-broken", [](Model& m) { m.states.clear(); }},
        {"state-tree-broken", [](Model& m) { m.states[0].kind = Kind::task; }},
        {"state-tree-broken", [](Model& m) { m.states[0].parent = 1; }},
        {"state-tree-broken", [](Model& m) { m.states[0].children = {0}; }},
        {"state-tree-broken", [](Model& m) { m.states[0].children = {9}; }},
        {"state-tree-broken",
         [](Model& m) {
             m.states[0].children = {1, 1};
         }},
        {"state-tree-broken", [](Model& m) { m.states[0].children.assign(1'000'000, 1); }},
        {"state-tree-broken", [](Model& m) { m.states[phase].children = {}; }},
        {"state-tree-broken", [](Model& m) { m.states[work].children = {phase}; }},
        {"state-tree-broken", [](Model& m) { m.states[work].parent = 0; }},
        {"state-tree-broken", [](Model& m) { m.states[work].depth = 1; }},
        {"state-tree-broken", [](Model& m) { m.states[work].parent = none; }},
    };
    for (const Case& test : cases) {
        Model model = sound_model();
        test.spoil(model);
        const SealResult sealed = try_seal(model);
        INFO(test.code << " in case " << &test - cases);
        CHECK(sealed.procedure == nullptr);
        REQUIRE_FALSE(sealed.diagnostics.empty());
        CHECK(sealed.diagnostics[0].code == test.code);
    }
}
