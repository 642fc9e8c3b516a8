#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "unit/analysis/findings.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

namespace {

/// One role and one outcome `done`: enough for most graphs.
struct Small : ModelBuilder {
    RoleIndex officer = role("officer");
    OutcomeIndex done = outcome("done");
};

}  // namespace

TEST_CASE("a task that leads to an end is sealed") {
    Small small;
    const StateIndex ask = small.task("ask", small.officer);
    small.action(ask, "finish", way_end(small.done));
    const SealResult sealed = try_seal(small.build());
    REQUIRE(sealed.procedure != nullptr);
    CHECK(sealed.diagnostics.empty());
    CHECK(sealed.procedure->state_ids() == std::vector<std::string>{"ask"});
}

TEST_CASE("a model with an earlier error is not sealed") {
    Small small;
    small.action(small.task("ask", small.officer), "finish", way_end(small.done));
    Diagnostics diagnostics{{Severity::error, "unknown-key", {}, {}}};
    CHECK(analysis::seal(small.build(), diagnostics) == nullptr);
    CHECK(diagnostics.size() == 1);
}

TEST_CASE("an earlier warning does not keep a model from being sealed") {
    Small small;
    small.action(small.task("ask", small.officer), "finish", way_end(small.done));
    Diagnostics diagnostics{{Severity::warning, "unused", {}, {}}};
    CHECK(analysis::seal(small.build(), diagnostics) != nullptr);
}

TEST_CASE("a state that no way leads to is found, and of a group only the group") {
    Small small;
    small.action(small.task("ask", small.officer), "finish", way_end(small.done));
    const StateIndex lonely = small.task("lonely", small.officer);
    small.action(lonely, "finish_lonely", way_end(small.done));
    const StateIndex group = small.state(Kind::group, "island");
    small.action(small.task("inside", small.officer, group), "leave", way_end(small.done));
    CHECK(findings(small.build()) == Findings{at("unreachable-state", small.at(lonely).place),
                                              at("unreachable-state", small.at(group).place)});
}

TEST_CASE("each kind of trigger makes its target reachable") {
    struct Case {
        const char* what;
        void (*connect)(Small&, StateIndex from, StateIndex to);
    };
    const Case cases[] = {
        {"action", [](Small& s, StateIndex a, StateIndex b) { s.action(a, "go", way_to(b)); }},
        {"list in an action",
         [](Small& s, StateIndex a, StateIndex b) {
             s.action(a, "go", way_list({way_stay(), way_to(b)}));
         }},
        {"timer",
         [](Small& s, StateIndex a, StateIndex b) {
             s.timer(a, {5, Unit::days}, way_to(b));
         }},
        {"moment of a clock",
         [](Small& s, StateIndex a, StateIndex b) {
             s.moment(s.clock(a, {5, Unit::working_days}), "due", way_to(b));
         }},
        {"action of the procedure",
         [](Small& s, StateIndex, StateIndex b) { s.action(root_state, "go", way_to(b)); }},
        {"finishing", [](Small& s, StateIndex a, StateIndex b) { s.at(a).to = way_to(b); }},
    };
    for (const Case& test : cases) {
        INFO(test.what);
        Small small;
        const StateIndex first = small.task("first", small.officer);
        const StateIndex second = small.task("second", small.officer);
        small.action(second, "finish", way_end(small.done));
        CHECK(findings(small.build()).size() >= 2);  // second unreachable, first a trap
        test.connect(small, first, second);
        CHECK(findings(small.build()).empty());
    }
}

TEST_CASE("a task without a way on is a trap, and the states before it are not blamed") {
    Small small;
    const StateIndex first = small.task("first", small.officer);
    const StateIndex second = small.task("second", small.officer);
    const StateIndex trap = small.task("trap", small.officer);
    small.action(first, "finish", way_end(small.done));
    small.action(first, "on", way_to(second));
    small.action(second, "next", way_to(trap));
    small.action(trap, "note", way_stay());
    CHECK(findings(small.build()) == Findings{at("no-way-to-end", small.at(trap).place)});
}

TEST_CASE("two tasks that only lead to each other are one finding that names both") {
    Small small;
    const StateIndex first = small.task("first", small.officer);
    const StateIndex ping = small.task("ping", small.officer);
    const StateIndex pong = small.task("pong", small.officer);
    small.action(first, "finish", way_end(small.done));
    small.action(first, "on", way_to(ping));
    small.action(ping, "hit", way_to(pong));
    small.action(pong, "back", way_to(ping));
    const SealResult sealed = try_seal(small.build());
    REQUIRE(sealed.diagnostics.size() == 1);
    CHECK(sealed.diagnostics[0].code == "no-way-to-end");
    CHECK(sealed.diagnostics[0].arguments == std::vector<std::string>{"'ping', 'pong'"});
}

TEST_CASE("an action of the group around is a way out for everything inside") {
    Small small;
    const StateIndex group = small.state(Kind::group, "phase");
    small.task("stuck", small.officer, group);
    CHECK(findings(small.build()).size() == 2);  // no way to end, `done` never reached
    small.action(group, "withdraw", way_end(small.done));
    CHECK(findings(small.build()).empty());
}

TEST_CASE("a group goes on by its own way only when its inside can end") {
    Small small;
    const StateIndex group = small.state(Kind::group, "phase");
    const StateIndex inside = small.task("inside", small.officer, group);
    const StateIndex after = small.task("after", small.officer);
    small.action(after, "finish", way_end(small.done));
    small.at(group).to = way_to(after);
    CHECK(findings(small.build()) ==
          Findings{at("no-way-to-end", small.at(inside).place),
                   at("outcome-unreachable", small.model().outcomes[small.done].place),
                   at("unreachable-state", small.at(after).place)});
    small.action(inside, "end_phase", way_end(none));
    CHECK(findings(small.build()).empty());
}

TEST_CASE("the outcome of a group decides which of its ways is reached") {
    Small small;
    const OutcomeIndex good = small.inner_outcome("good");
    const OutcomeIndex bad = small.inner_outcome("bad");
    const StateIndex group = small.state(Kind::group, "phase");
    small.action(small.task("inside", small.officer, group), "agree", way_end(good));
    const StateIndex mend = small.task("mend", small.officer);
    small.action(mend, "again", way_to(group));
    small.at(group).outcomes = {{good, way_end(small.done)}, {bad, way_to(mend)}};
    CHECK(findings(small.build()) == Findings{at("unreachable-state", small.at(mend).place)});
    small.at(group).outcomes[1].first = none;  // otherwise: `good` still goes its own way
    CHECK(findings(small.build()) == Findings{at("unreachable-state", small.at(mend).place)});
    small.at(group).outcomes[0].first = bad;  // now `good` is otherwise
    CHECK(findings(small.build()) ==
          Findings{at("no-way-to-end", small.at(group).place),
                   at("outcome-unreachable", small.model().outcomes[small.done].place)});
}

TEST_CASE("a group without ways of its own ends as its inside did") {
    Small small;
    const StateIndex outer = small.state(Kind::group, "outer");
    const StateIndex inner = small.state(Kind::group, "inner", outer);
    small.action(small.task("work", small.officer, inner), "finish", way_end(small.done));
    CHECK(findings(small.build()).empty());
}

TEST_CASE("a stuck branch of a parallel is a trap although the other branch ends") {
    Small small;
    const StateIndex both = small.state(Kind::parallel, "both");
    small.action(small.task("left", small.officer, both), "left_done", way_end(none));
    const StateIndex stuck = small.task("right", small.officer, both);
    small.at(both).to = way_end(small.done);
    CHECK(findings(small.build()) == Findings{at("no-way-to-end", small.at(stuck).place)});
    small.action(stuck, "right_done", way_end(none));
    CHECK(findings(small.build()).empty());
}

TEST_CASE("an end of the procedure that is not listed is found where it stands") {
    Small small;
    const OutcomeIndex lost = small.inner_outcome("lost");
    const StateIndex ask = small.task("ask", small.officer);
    small.action(ask, "finish", way_end(small.done));
    small.action(ask, "lose", way_end(lost));
    const StateIndex by_end = small.end("by_end", lost);
    small.action(ask, "go", way_to(by_end));
    CHECK(findings(small.build()) ==
          Findings{at("outcome-unlisted", small.at(ask).actions[1].place),
                   at("outcome-unlisted", small.at(by_end).place)});
}

TEST_CASE("an unlisted outcome that a group hands up is found at the group") {
    Small small;
    const OutcomeIndex lost = small.inner_outcome("lost");
    const StateIndex group = small.state(Kind::group, "phase");
    const StateIndex work = small.task("work", small.officer, group);
    small.action(work, "finish", way_end(small.done));
    small.action(work, "lose", way_end(lost));
    CHECK(findings(small.build()) == Findings{at("outcome-unlisted", small.at(group).place)});
    small.at(group).outcomes = {{lost, way_end(small.done)}};
    CHECK(findings(small.build()).empty());
}

TEST_CASE("a listed outcome that no way ends with is found") {
    Small small;
    const OutcomeIndex never = small.outcome("never");
    small.action(small.task("ask", small.officer), "finish", way_end(small.done));
    CHECK(findings(small.build()) ==
          Findings{at("outcome-unreachable", small.model().outcomes[never].place)});
}

TEST_CASE("choices that lead to each other are an automatic loop even with a way out") {
    Small small;
    const StateIndex ask = small.task("ask", small.officer);
    const StateIndex first = small.choice("first", {});
    const StateIndex second = small.choice("second", {way_to(first)});
    small.at(first).choices = {way_to(second), way_end(small.done)};
    small.action(ask, "go", way_to(first));
    const SealResult sealed = try_seal(small.build());
    REQUIRE(sealed.diagnostics.size() == 1);
    CHECK(sealed.diagnostics[0].code == "automatic-loop");
    CHECK(sealed.diagnostics[0].place == small.at(first).place);
    CHECK(sealed.diagnostics[0].arguments == std::vector<std::string>{"'first', 'second'"});
}

TEST_CASE("a choice that leads to itself is an automatic loop") {
    Small small;
    const StateIndex again = small.choice("again", {});
    small.at(again).choices = {way_to(again), way_end(small.done)};
    CHECK(findings(small.build()) == Findings{at("automatic-loop", small.at(again).place)});
}

TEST_CASE("a task in the loop makes it a loop of people, which is allowed") {
    Small small;
    const StateIndex work = small.task("work", small.officer);
    const StateIndex decide = small.choice("decide", {way_to(work), way_end(small.done)});
    small.action(work, "hand_in", way_to(decide));
    CHECK(findings(small.build()).empty());
}

TEST_CASE("a group that nobody has to do anything in does not break an automatic loop") {
    Small small;
    const StateIndex group = small.state(Kind::group, "phase");
    const StateIndex inside = small.end("inside", none, group);
    const StateIndex decide = small.choice("decide", {way_to(group), way_end(small.done)});
    small.at(group).to = way_to(decide);
    CHECK(findings(small.build()) == Findings{at("automatic-loop", small.at(group).place)});
    small.at(inside).kind = Kind::task;  // now somebody has to
    small.at(inside).role = small.officer;
    small.action(inside, "finish", way_end(none));
    CHECK(findings(small.build()).empty());
}

TEST_CASE("a parallel loops by itself only when every branch does") {
    Small small;
    const StateIndex both = small.state(Kind::parallel, "both");
    small.end("left", none, both);
    const StateIndex right = small.end("right", none, both);
    const StateIndex decide = small.choice("decide", {way_to(both), way_end(small.done)});
    small.at(both).to = way_to(decide);
    CHECK(findings(small.build()) == Findings{at("automatic-loop", small.at(both).place)});
    small.at(right).kind = Kind::task;
    small.at(right).role = small.officer;
    small.action(right, "right_done", way_end(none));
    CHECK(findings(small.build()).empty());
}

TEST_CASE("a parallel inside a parallel finishes by itself when all inside does") {
    Small small;
    const StateIndex outer = small.state(Kind::parallel, "outer");
    const StateIndex inner = small.state(Kind::parallel, "inner", outer);
    small.end("deep", none, inner);
    const StateIndex decide = small.choice("decide", {way_to(outer), way_end(small.done)});
    small.at(outer).to = way_to(decide);
    CHECK(findings(small.build()) == Findings{at("automatic-loop", small.at(outer).place)});
}

TEST_CASE("time in a loop is something that has to happen, and so no automatic loop") {
    Small small;
    const StateIndex pause = small.state(Kind::idle, "pause");
    small.timer(pause, {1, Unit::days}, way_to(pause));
    small.action(pause, "stop", way_end(small.done));
    CHECK(findings(small.build()).empty());
}
