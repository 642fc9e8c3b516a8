#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "unit/analysis/findings.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

namespace {

/// A procedure without fault, to spoil.
struct Sound : ModelBuilder {
    RoleIndex officer = role("officer");
    OutcomeIndex done = outcome("done");
    StateIndex work = task("work", officer);
    Sound() { action(work, "finish", way_end(done)); }
};

bool has(const Findings& found, const std::string& wanted) {
    return std::find(found.begin(), found.end(), wanted) != found.end();
}

}  // namespace

TEST_CASE("the procedure and each group say where they begin") {
    Sound sound;
    Model model = sound.build();
    model.states[root_state].start.reset();
    CHECK(findings(model) == Findings{at("missing-start", model.states[0].place)});
}

TEST_CASE("a start that does not lie directly inside is no start") {
    Sound sound;
    const StateIndex group = sound.state(Kind::group, "phase");
    const StateIndex inside = sound.task("inside", sound.officer, group);
    sound.action(inside, "leave", way_end(sound.done));
    Model model = sound.build();
    for (const Way& wrong : {way_to(inside), way_to(root_state), way_stay(), way_end(0)}) {
        model.states[root_state].start = wrong;
        model.states[root_state].start->place = {"test.yaml", 99, 1};
        CHECK(findings(model) == Findings{"missing-start@99"});
    }
}

TEST_CASE("a group, parallel or each without states inside is refused") {
    for (const Kind kind : {Kind::group, Kind::parallel, Kind::each}) {
        Sound sound;
        const StateIndex hollow = sound.state(kind, "hollow");
        sound.action(sound.work, "go", way_to(hollow));
        sound.at(hollow).to = way_end(sound.done);
        sound.model().local_slots = 1;
        CHECK(has(findings(sound.build()), at("branches-missing", sound.at(hollow).place)));
    }
}

TEST_CASE("an each that names no list is refused") {
    Sound sound;
    const StateIndex each = sound.state(Kind::each, "each_unit");
    sound.model().local_slots = 1;
    sound.action(sound.work, "go", way_to(each));
    sound.action(sound.task("confirm", sound.officer, each), "confirmed", way_end(none));
    sound.at(each).to = way_end(sound.done);
    CHECK(findings(sound.build()) == Findings{at("each-without-list", sound.at(each).place)});
}

TEST_CASE("a parallel that says nothing about what follows is refused, but not as a branch") {
    Sound sound;
    const StateIndex outer = sound.state(Kind::parallel, "outer");
    const StateIndex inner = sound.state(Kind::parallel, "inner", outer);
    sound.action(sound.task("deep", sound.officer, inner), "deep_done", way_end(none));
    sound.action(sound.work, "go", way_to(outer));
    CHECK(findings(sound.build()) == Findings{at("missing-target", sound.at(outer).place)});
    sound.at(outer).to = way_end(sound.done);
    CHECK(findings(sound.build()).empty());
}

TEST_CASE("what moves on by itself must not be told to stay") {
    Sound sound;
    const StateIndex decide = sound.choice("decide", {way_end(sound.done), way_stay()});
    sound.action(sound.work, "go", way_to(decide));
    CHECK(findings(sound.build()) ==
          Findings{at("missing-target", sound.at(decide).choices[1].place)});
}

TEST_CASE("a choice without ways is refused") {
    Sound sound;
    const StateIndex decide = sound.choice("decide", {});
    sound.action(sound.work, "go", way_to(decide));
    CHECK(findings(sound.build()) == Findings{at("choice-empty", sound.at(decide).place)});
}

TEST_CASE("a target inside another group is out of reach, its own group's inside is not") {
    Sound sound;
    const StateIndex group = sound.state(Kind::group, "phase");
    const StateIndex inside = sound.task("inside", sound.officer, group);
    sound.action(inside, "leave", way_to(sound.work));
    sound.action(group, "restart", way_to(inside));
    sound.action(sound.work, "go", way_to(group));
    CHECK(findings(sound.build()).empty());
    sound.action(sound.work, "jump", way_to(inside));
    const SealResult sealed = try_seal(sound.build());
    REQUIRE(sealed.diagnostics.size() == 1);
    CHECK(sealed.diagnostics[0].code == "target-out-of-reach");
    CHECK(sealed.diagnostics[0].place == sound.at(sound.work).actions[2].place);
    CHECK(sealed.diagnostics[0].arguments == std::vector<std::string>{"inside", "work", "phase"});
}

TEST_CASE("no way leads from one branch of a parallel into another, nor from outside into one") {
    Sound sound;
    const StateIndex both = sound.state(Kind::parallel, "both");
    const StateIndex left = sound.task("left", sound.officer, both);
    const StateIndex right = sound.task("right", sound.officer, both);
    sound.action(left, "left_done", way_end(none));
    sound.action(right, "right_done", way_end(none));
    sound.action(left, "left_again", way_to(left));
    sound.at(both).to = way_end(sound.done);
    sound.action(sound.work, "go", way_to(both));
    CHECK(findings(sound.build()).empty());
    sound.action(left, "cross", way_to(right));
    sound.action(both, "enter", way_to(left));
    CHECK(findings(sound.build()) ==
          Findings{at("target-out-of-reach", sound.at(left).actions.back().place),
                   at("target-out-of-reach", sound.at(both).actions.back().place)});
}

TEST_CASE("the procedure itself is no target") {
    Sound sound;
    sound.action(sound.work, "go", way_to(root_state));
    CHECK(findings(sound.build()) ==
          Findings{at("target-out-of-reach", sound.at(sound.work).actions[1].place)});
}

TEST_CASE("an action without a role is refused, and a task without one") {
    Sound sound;
    sound.action(root_state, "withdraw", way_end(sound.done), none);
    const StateIndex nobody = sound.task("nobody", none);
    sound.action(nobody, "do_it", way_end(sound.done));
    sound.action(sound.work, "go", way_to(nobody));
    CHECK(findings(sound.build()) == Findings{at("no-role", sound.at(root_state).actions[0].place),
                                              at("task-without-role", sound.at(nobody).place)});
}

TEST_CASE("two actions may not share a name where one state holds the other") {
    Sound sound;
    sound.action(root_state, "finish", way_end(sound.done));
    const SealResult sealed = try_seal(sound.build());
    REQUIRE(sealed.diagnostics.size() == 1);
    CHECK(sealed.diagnostics[0].code == "two-actions-one-name");
    CHECK(sealed.diagnostics[0].place == sound.at(sound.work).actions[0].place);
    CHECK(sealed.diagnostics[0].arguments ==
          std::vector<std::string>{"finish", "work", "test_procedure"});
}

TEST_CASE("two states side by side may have actions of one name") {
    Sound sound;
    const StateIndex group = sound.state(Kind::group, "phase");
    sound.action(sound.task("inside", sound.officer, group), "finish", way_end(sound.done));
    sound.action(sound.work, "go", way_to(group));
    CHECK(findings(sound.build()).empty());
}

TEST_CASE("one state may not have two actions of one name") {
    Sound sound;
    sound.action(sound.work, "finish", way_end(sound.done));
    CHECK(findings(sound.build()) ==
          Findings{at("two-actions-one-name", sound.at(sound.work).actions[1].place)});
}

TEST_CASE("a clock around a state that waits says what the wait does to it") {
    Sound sound;
    sound.model().reasons = {"supplement"};
    sound.at(sound.work).waiting_for = 0;
    const ClockIndex legal = sound.clock(root_state, {30, Unit::working_days});
    sound.clock(sound.work, {5, Unit::working_days});  // its own clock is not touched
    CHECK(findings(sound.build()) ==
          Findings{at("wait-unstated", sound.model().clocks[legal].place)});
    sound.model().clocks[legal].while_waiting = {Policy::pause};
    CHECK(findings(sound.build()).empty());
}
