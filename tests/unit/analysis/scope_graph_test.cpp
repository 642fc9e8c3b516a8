#include "analysis/scope_graph.hpp"

#include <catch2/catch.hpp>

#include "support/model_builder.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

namespace {

Way also(StateIndex state) {
    Way way;
    way.also_start = {state};
    return way;
}

}  // namespace

TEST_CASE("what can still arrive at a join is told by the ways of its scope [R34]") {
    ModelBuilder builder;
    builder.role("officer");
    builder.outcome("done");
    const StateIndex a = builder.task("a", 0);
    const StateIndex b = builder.task("b", 0);
    const StateIndex far = builder.task("far", 0);
    const StateIndex starts = builder.task("starts", 0);
    const StateIndex gone = builder.task("gone", 0);
    const StateIndex group = builder.state(Kind::group, "group");
    const StateIndex deep = builder.task("deep", 0, group);
    const StateIndex first = builder.state(Kind::join, "first");
    const StateIndex second = builder.state(Kind::join, "second");
    for (const StateIndex join : {first, second}) builder.at(join).join.emplace();
    builder.action(a, "a", way_to(first));
    builder.action(b, "b", way_to(second));
    builder.action(far, "far", way_to(a));
    builder.action(starts, "starts", also(far));
    builder.action(gone, "gone", way_end(0));
    builder.action(deep, "deep", way_to(first));  // from inside the group: the group is the source
    builder.action(group, "inside", way_to(deep));  // the group's own inside: no way of this scope
    builder.at(first).to = way_to(b);
    builder.at(second).to = way_to(second);
    builder.action(root_state, "root", way_to(a));  // what the procedure could start does not count
    Model model = builder.build();
    analysis::prepare_joins(model);

    const auto reaches = [&](StateIndex from, StateIndex join) {
        return model.states[root_state].arrivals.at(model.states[from].row,
                                                    model.states[join].column);
    };
    struct Row {
        StateIndex from;
        bool first;
        bool second;
    };
    for (const Row& row : {Row{a, true, true}, Row{b, false, true}, Row{far, true, true},
                           Row{starts, true, true}, Row{gone, false, false}, Row{group, true, true},
                           Row{first, false, true}, Row{second, false, true}}) {
        CAPTURE(model.states[row.from].id);
        CHECK(reaches(row.from, first) == row.first);
        CHECK(reaches(row.from, second) == row.second);
    }
    CHECK(model.states[first].sources == std::vector<StateIndex>{a, group});
    CHECK(model.states[second].sources == std::vector<StateIndex>{b, second});
}
