#include <catch2/catch.hpp>

#include "analysis/ways.hpp"
#include "support/model_builder.hpp"
#include "unit/analysis/findings.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

namespace {

/// A line of tasks, each of which leads to the next.
Model line_of_tasks(std::size_t states_with_root) {
    ModelBuilder builder;
    const RoleIndex officer = builder.role("officer");
    const OutcomeIndex done = builder.outcome("done");
    const auto last = static_cast<StateIndex>(states_with_root - 1);
    for (StateIndex i = 1; i <= last; ++i) {
        builder.task("s" + std::to_string(i), officer);
        builder.action(i, "go", i == last ? way_end(done) : way_to(i + 1));
    }
    return builder.build();
}

/// A task inside groups, `depth` states deep.
Model nested_groups(std::uint32_t depth) {
    ModelBuilder builder;
    const RoleIndex officer = builder.role("officer");
    const OutcomeIndex done = builder.outcome("done");
    StateIndex around = root_state;
    for (std::uint32_t i = 1; i < depth; ++i) {
        around = builder.state(Kind::group, "g" + std::to_string(i), around);
    }
    builder.action(builder.task("work", officer, around), "finish", way_end(done));
    return builder.build();
}

Model nested_lists(std::size_t depth) {
    ModelBuilder builder;
    const RoleIndex officer = builder.role("officer");
    Way way = way_end(builder.outcome("done"));
    for (std::size_t i = 0; i < depth; ++i) way = way_list({way});
    builder.action(builder.task("work", officer), "finish", way);
    return builder.build();
}

}  // namespace

TEST_CASE("a procedure may have ten thousand states and not one more") {
    CHECK(findings(line_of_tasks(limits::states_max)).empty());
    CHECK(findings(line_of_tasks(limits::states_max + 1)) == Findings{"too-many-states@0"});
}

TEST_CASE("states may lie as deep as the limit and no deeper") {
    CHECK(findings(nested_groups(limits::state_depth_max)).empty());
    const SealResult sealed = try_seal(nested_groups(limits::state_depth_max + 1));
    REQUIRE(sealed.diagnostics.size() == 1);
    CHECK(sealed.diagnostics[0].code == "states-too-deep");
}

TEST_CASE("lists of ways may nest as deep as the limit and no deeper") {
    CHECK(findings(nested_lists(analysis::way_depth_max)).empty());
    const SealResult sealed = try_seal(nested_lists(analysis::way_depth_max + 1));
    REQUIRE(sealed.diagnostics.size() == 1);
    CHECK(sealed.diagnostics[0].code == "ways-too-deep");
}

TEST_CASE("thousands of faults give a bounded list of findings") {
    Model model = line_of_tasks(1'000);
    for (State& state : model.states) state.actions.clear();
    CHECK(try_seal(model).diagnostics.size() <= limits::diagnostics_max);
}
