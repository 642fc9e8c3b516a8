#include <catch2/catch.hpp>

#include "unit/exchange/walk.hpp"
#include "workflow/definition.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The line that begins with `start`, blanks in front aside; empty when there is none or two.
std::string line_of(const std::string& dot, const std::string& start) {
    std::string found;
    std::size_t begin = 0;
    while (begin < dot.size()) {
        const std::size_t end = std::min(dot.find('\n', begin), dot.size());
        const std::string line = dot.substr(begin, end - begin);
        const std::size_t text_begin = std::min(line.find_first_not_of(' '), line.size());
        if (line.compare(text_begin, start.size(), start) == 0 && !has(line, "style=invis")) {
            if (!found.empty()) return {};
            found = line;
        }
        begin = end + 1;
    }
    return found;
}

std::string node(StateIndex state) {
    return "s" + std::to_string(state);
}

}  // namespace

TEST_CASE("a picture is the same each time it is made") {
    const Procedure procedure = procedure_of(onboarding_model().model);
    CHECK(to_dot(procedure) == to_dot(procedure));
    CHECK(to_mermaid(procedure) == to_mermaid(procedure));
}

TEST_CASE("each kind of state has a shape of its own") {
    ModelBuilder builder;
    const RoleIndex officer = builder.role("officer", text("Officer"));
    const OutcomeIndex done = builder.outcome("done");
    const StateIndex work = builder.task("work", officer);
    const StateIndex end = builder.end("finished", done);
    const StateIndex decide = builder.choice("decide", {way_to(work), way_to(end)});
    const StateIndex pause = builder.state(Kind::idle, "pause");
    const StateIndex both = builder.state(Kind::parallel, "both");
    builder.action(builder.task("left", officer, both), "left_done", way_end(none));
    builder.at(both).to = way_to(decide);
    builder.action(work, "go", way_to(pause));
    builder.timer(pause, {5, Unit::days}, way_to(both));
    const std::string dot = to_dot(procedure_of(builder.build()));
    CHECK(has(line_of(dot, node(work) + " [label"), "style=\"rounded,filled\""));
    CHECK(has(line_of(dot, node(decide) + " [label"), "shape=diamond"));
    CHECK(has(line_of(dot, "e0o0 [label"), "peripheries=2"));
    CHECK(has(line_of(dot, node(pause) + " [label"), "dashed"));
    CHECK(has(dot, "subgraph cluster_" + std::to_string(both) + " {"));
    CHECK(has(dot, "side by side"));
    const std::string by_time = line_of(dot, node(pause) + " -> ");
    CHECK(has(by_time, "style=dashed"));
    CHECK(has(by_time, "after 5 days"));
    CHECK(has(by_time, "lhead=cluster_" + std::to_string(both)));
}

TEST_CASE("an action that is possible everywhere is drawn once, from the border") {
    const Onboarding o = onboarding_model();
    const std::string dot = to_dot(procedure_of(o.model));
    const std::string arrow = line_of(dot, "a0 -> e0o2");
    CHECK(has(arrow, "ltail=cluster_0"));
    CHECK(has(arrow, "Withdraw the"));
    CHECK(has(arrow, "Proposing unit"));  // who, because no box says it
    CHECK(dot.find("Withdraw the") == dot.rfind("Withdraw the"));
}

TEST_CASE("who is told when a limit is reached stands in the box, the own office as a reminder") {
    const Onboarding o = onboarding_model();
    const std::string box = line_of(to_dot(procedure_of(o.model)), node(o.setup) + " [label");
    CHECK(has(box, "reminder 5 working days before"));
    CHECK(has(box, "when due: tells"));
}

TEST_CASE("a token that ends without an outcome ends on a dot in its own scope") {
    ModelBuilder builder;
    const RoleIndex officer = builder.role("officer");
    const OutcomeIndex done = builder.outcome("done");
    const StateIndex phase = builder.state(Kind::group, "phase");
    const StateIndex inside = builder.task("inside", officer, phase);
    builder.action(inside, "drop", way_end(none));
    const StateIndex outside = builder.task("outside", officer);
    builder.action(outside, "drop_too", way_end(none));
    builder.action(outside, "finish", way_end(done));
    const std::string dot = to_dot(procedure_of(builder.build()));
    CHECK(has(line_of(dot, node(inside) + " -> e" + std::to_string(phase) + "on"), "drop"));
    CHECK(has(line_of(dot, node(outside) + " -> e0on"), "drop too"));
    CHECK(has(line_of(dot, "e0on [label"), "shape=circle"));
    CHECK(has(line_of(dot, "e0o0 [label"), "shape=box"));
    // Dots stand before the frame of the procedure closes, outcomes behind it.
    CHECK(dot.find("e0on [label") < dot.find("\n    }\n"));
    CHECK(dot.find("e0o0 [label") > dot.find("\n    }\n"));
}

TEST_CASE("boxes of one office have one colour, those of another office another") {
    const Onboarding o = onboarding_model();
    const std::string dot = to_dot(procedure_of(o.model));
    const auto colour = [&dot](StateIndex state) {
        const std::string line = line_of(dot, node(state) + " [label");
        return line.substr(line.find("BGCOLOR="), 17);
    };
    CHECK(colour(o.setup) == colour(o.fix));
    CHECK(colour(o.setup) != colour(o.appraisal));
}

TEST_CASE("the dossier's way is thick and numbered, and the state where it stands is marked") {
    const Onboarding o = onboarding_model();
    const Procedure procedure = procedure_of(o.model);
    const Trail trail = trail_of(procedure, walk_to_pilot(o));
    GraphOptions options;
    options.trail = &trail;
    const std::string dot = to_dot(procedure, options);
    const std::string taken = line_of(dot, node(o.draft) + " -> " + node(o.appraisal) + " [color");
    CHECK(has(dot, "> 2, 4 <"));
    CHECK(has(dot, "<B> 2, 4 </B>"));
    CHECK(has(line_of(dot, node(o.submit) + " -> " + node(o.decide)), "penwidth=2.8") == false);
    CHECK(has(line_of(dot, node(o.appraisal) + " -> " + node(o.setup)), "penwidth=2.8"));
    CHECK(has(line_of(dot, node(o.try_out) + " [label"), "now here"));
    CHECK(has(line_of(dot, node(o.setup) + " [label"), "late"));
    CHECK(has(line_of(dot, node(o.draft) + " [label"), "×2"));
    CHECK_FALSE(has(line_of(dot, node(o.decide) + " [label"), "now here"));
    CHECK_FALSE(has(to_dot(procedure), "penwidth=2.8"));
}

TEST_CASE("an outcome that a group hands up is drawn as one arrow to the end") {
    ModelBuilder builder;
    const RoleIndex officer = builder.role("officer");
    const OutcomeIndex done = builder.outcome("done");
    const StateIndex group = builder.state(Kind::group, "phase");
    const StateIndex work = builder.task("work", officer, group);
    builder.action(work, "finish", way_end(done));
    const std::string dot = to_dot(procedure_of(builder.build()));
    CHECK(has(line_of(dot, node(work) + " -> e0o0"), "finish"));
}

TEST_CASE("a title of the caller stands above the picture") {
    GraphOptions options;
    options.title = "Dossier 17";
    CHECK(has(to_dot(procedure_of(onboarding_model().model), options), "Dossier 17"));
}

TEST_CASE("what was missed is dashed and red, and nothing else is") {
    const auto loaded = load_procedure(R"(procedure: p
version: 1
title: P
calendar: vn-state
roles: {officer: Officer, leader: Leader}
states:
  a:
    task: officer
    sla: {limit: 2 days, moments: {due: {notify: leader}, 1 day after: {notify: leader}}}
    actions: {go: b, skip: {end: done}}
  b: {task: officer, to: {end: done}}
outcomes: {done: Done}
)",
                                       "p.yaml");
    REQUIRE(loaded.procedure != nullptr);
    const Model& model = loaded.procedure->model();
    const std::string red = "#dc2626";
    CHECK_FALSE(has(to_dot(*loaded.procedure), red));

    const auto& moments = model.clocks[0].moments;
    MissedParts missed{{2}, {model.states[1].actions[1].way.place, moments[0].way.place}};
    const std::string dot = to_dot(*loaded.procedure, {.missed = &missed});
    CHECK(has(line_of(dot, node(2) + " ["), "style=\"filled,dashed\", color=\"" + red));
    CHECK_FALSE(has(line_of(dot, node(1) + " ["), "style=\"filled,dashed\""));
    CHECK(has(line_of(dot, node(1) + " -> e0o0"), red));
    CHECK(has(line_of(dot, node(1) + " -> e0o0"), "style=dashed"));
    CHECK_FALSE(has(line_of(dot, node(1) + " -> " + node(2)), red));
    // A moment that leads nowhere is a line of its state.
    CHECK(has(dot, red + "\" POINT-SIZE=\"9\"><I>when due: tells Leader"));
    CHECK_FALSE(has(dot, red + "\" POINT-SIZE=\"9\"><I>1 day after"));
}

TEST_CASE("an analysis is drawn where it belongs: findings in their states, the longest way in order") {
    const auto loaded = load_procedure(R"(procedure: p
version: 1
title: P
calendar: vn-state
roles: {officer: Officer}
data: {kind: {type: [a, b], default: a}}
parameters: {limit_of_first: {type: limit, default: 3 working days}}
variants: {slow: {title: Slow, set: {limit_of_first: 5 working days}}}
states:
  first: {task: officer, sla: limit_of_first, to: second}
  second:
    task: officer
    sla: 2 working days
    actions: {go: {to: [{when: kind == 'a' && kind == 'b', to: first}, {otherwise: {end: done}}]}}
outcomes: {done: {en: Done, vi: Xong}}
)",
                                       "p.yaml");
    REQUIRE(loaded.procedure != nullptr);
    const Analysis analysis = analyze(*loaded.procedure);
    REQUIRE(analysis.findings.size() == 1);
    const std::string purple = "#7e22ce";
    const std::string red = "#b91c1c";
    const std::string plain = to_dot(*loaded.procedure);
    CHECK_FALSE(has(plain, purple));
    CHECK_FALSE(has(plain, red));

    const std::string dot = to_dot(*loaded.procedure, {.analysis = &analysis});
    CHECK(has(line_of(dot, node(1) + " ["), "longest way to &quot;Done&quot;: 1/2"));
    CHECK(has(line_of(dot, node(1) + " ["), "color=\"" + purple));
    CHECK_FALSE(has(line_of(dot, node(1) + " ["), red));
    CHECK(has(line_of(dot, node(2) + " ["), "longest way to &quot;Done&quot;: 2/2"));
    CHECK(has(line_of(dot, node(2) + " ["), "color=\"" + red));
    CHECK(has(to_dot(*loaded.procedure, {.language = "vi", .analysis = &analysis}),
              "đường găng đến &quot;Xong&quot;: 1/2"));
    CHECK(has(to_dot(*loaded.procedure, {.variant = "slow", .analysis = &analysis}), ": 2/2"));
}

TEST_CASE("a way's title stands in place of its condition, an inner end has words only where one gives them") {
    const auto loaded = load_procedure(R"(procedure: p
version: 1
title: P
calendar: vn-state
roles: {officer: Officer}
data: {n: {type: integer, default: 0}, units: {type: list of text, default: []}}
states:
  ask:
    each: {of: units, as: unit}
    states: {say: {task: officer, actions: {agree: {end: agreed_to}}}}
    to: group
  group:
    states: {do: {task: officer, actions: {stop: {end: stopped}, go: {end: went}}}}
    outcomes: {stopped: {title: {en: Halted, vi: Dừng}, to: next}, went: next}
  next: {choice: [{title: {en: many, vi: nhiều}, when: n > 3, end: done}, {otherwise: {title: {en: few, vi: ít}, to: ask}}]}
outcomes: {done: Done}
)",
                                       "p.yaml");
    INFO([&] {
        std::string text;
        for (const Diagnostic& one : loaded.diagnostics) text += to_string(one) + "\n";
        return text;
    }());
    REQUIRE(loaded.procedure != nullptr);
    const std::string dot = to_dot(*loaded.procedure, {.language = "vi"});
    CHECK(has(dot, "nhiều"));
    CHECK(has(dot, ">ít<"));
    CHECK_FALSE(has(dot, "n &gt; 3"));
    CHECK(has(dot, "Dừng"));
    CHECK_FALSE(has(dot, "stopped"));
    CHECK(has(dot, "went"));  // nobody has given it words
    CHECK_FALSE(has(dot, "agreed"));
    CHECK(has(to_dot(*loaded.procedure), ">many<"));
}
