// The smallest file for each finding of the analysis, and its nearest neighbour without one.
#include <catch2/catch.hpp>
#include <filesystem>

#include "unit/analysis/analysis_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

using Findings = std::vector<std::string>;

const std::string by_kind = R"(data: {kind: [plain, hard]}
input: [kind]
states:
)";

}  // namespace

TEST_CASE("a condition that holds in no case is found") {
    const auto guarded = [](const std::string& guard) {
        return analysis_findings(by_kind +
                                 "  work: {task: a, actions: {yea: {end: x}, nay: {end: y}, "
                                 "more: {when: \"" +
                                 guard + "\", to: work}}}\n");
    };
    const Findings found{"guard-never-true 4:72"};
    CHECK(guarded("false") == found);
    CHECK(guarded("kind == 'plain' && kind == 'hard'") == found);
    CHECK(guarded("kind != 'plain' && kind != 'hard'") == found);
    CHECK(guarded("kind == 'plain'").empty());
    CHECK(guarded("kind == 'plain' || kind == 'hard'").empty());
}

TEST_CASE("a condition that one variant makes true is none of them") {
    const std::string file = R"(parameters: {strict: {type: boolean, default: false}}
variants: {hard: {title: Hard, set: {strict: true}}}
states:
  work: {task: a, actions: {yea: {end: x}, nay: {end: y}, more: {when: strict, to: work}}}
)";
    CHECK(analysis_findings(file).empty());
    CHECK(analysis_findings(file.substr(0, file.find("variants")) +
                            file.substr(file.find("states"))) == Findings{"guard-never-true 3:72"});
}

TEST_CASE("a state that nobody can leave in some case is found, with the case") {
    const std::string file =
        by_kind +
        "  work: {task: a, actions: {yea: {when: \"kind == 'plain'\", end: x}, "
        "nay: {when: \"kind == 'plain'\", end: y}}}\n";
    CHECK(analysis_findings(file) == Findings{"guard-gap 4:3"});
    CHECK(analyze(*of_lines(file)).findings.front().message("en") ==
          "with kind = 'hard' nobody can leave 'work': no condition of its ways holds");
}

TEST_CASE("a state has no gap where a way has no condition, or the case does not come there") {
    CHECK(analysis_findings(by_kind +
                            "  work: {task: a, actions: {yea: {when: \"kind == 'plain'\", "
                            "end: x}, nay: {when: \"kind == 'hard'\", end: y}}}\n")
              .empty());
    CHECK(analysis_findings(by_kind + "  work: {task: a, after: {9 days: {end: y}}, "
                                      "actions: {yea: {when: \"kind == 'plain'\", end: x}}}\n")
              .empty());
    CHECK(
        analysis_findings(
            by_kind + R"(  sort: {choice: [{when: "kind == 'hard'", to: other}, {otherwise: work}]}
  work: {task: a, actions: {yea: {when: "kind == 'plain'", end: x}}}
  other: {task: a, to: {end: y}}
)")
            .empty());
}

TEST_CASE("who must be the same person and another one is nobody") {
    const auto second = [](const std::string& task, const std::string& first) {
        return analysis_findings("states:\n  one: {task: a, to: two}\n  two: {task: {role: a, " +
                                 task + "}, actions: {yea: {" + first +
                                 "end: x}, nay: {end: y}}}\n");
    };
    CHECK(second("same_as: one, not_by: one", "") == Findings{"four-eyes-impossible 3:3"});
    CHECK(second("same_as: one", "not_by: one, ").size() == 1);
    CHECK(second("same_as: one", "").empty());
    CHECK(second("not_by: one", "").empty());
}

TEST_CASE("a limit that is longer than the one around it is found") {
    const auto phase = [](const std::string& outer, const std::string& inner) {
        return analysis_findings("states:\n  phase:\n    sla: " + outer +
                                 "\n    states:\n      work: {task: a, sla: " + inner +
                                 ", actions: {yea: {end: x}, nay: {end: y}}}\n");
    };
    CHECK(phase("10 days", "11 days") == Findings{"limit-longer-than-outer 5:28"});
    CHECK(phase("10 days", "10 days").empty());
    CHECK(phase("1 week", "8 days").size() == 1);
    CHECK(phase("1 week", "7 days").empty());
    CHECK(phase("10 working days", "11 days").empty());  // nobody can say
}

TEST_CASE("a limit may be longer than the one around it that waits for it") {
    CHECK(analysis_findings(R"(states:
  phase:
    sla: {limit: 1 day, while_waiting: pause}
    states:
      work: {task: a, waiting_for: papers, sla: 5 days, actions: {yea: {end: x}, nay: {end: y}}}
)")
              .empty());
}

TEST_CASE("a field that is read before any way sets it is found") {
    const auto file = [](const std::string& first, const std::string& second) {
        return analysis_findings(
            "data: {days: integer}\nstates:\n  ask: {task: a, actions: {send: {" + first +
            "to: decide}}}\n  decide: {task: b, actions: {yea: {" + second +
            "end: x}, nay: {end: y}}}\n");
    };
    CHECK(file("when: days > 3, ", "fields: [days], ") == Findings{"read-before-set 3:41"});
    CHECK(file("fields: [days], ", "when: days > 3, ").empty());
    CHECK(file("", "when: days > 3, ").size() == 1);
    // The action's own fields are there when its condition is asked.
    CHECK(file("fields: [days], when: days > 3, ", "").empty());
}

TEST_CASE("a join that waits for a branch which may end elsewhere starves") {
    const std::string file = R"(states:
  part: {fork: [one, two]}
  one: {task: a, to: meet}
  two: {task: b, actions: {go: meet, drop: {end: none}}}
  meet: {join: all, to: last}
  last: {task: a, actions: {yea: {end: x}, nay: {end: y}}}
)";
    CHECK(analysis_findings(file) == Findings{"join-starves 5:3"});
    const std::string drop = ", drop: {end: none}";
    const std::string met = std::string(file).erase(file.find(drop), drop.size());
    CHECK(analysis_findings(met).empty());
}

TEST_CASE("a way back that leaves a token more at a join each time is found") {
    CHECK(analysis_findings(R"(states:
  part: {fork: [one, two]}
  one: {task: a, actions: {go: meet, again: part}}
  two: {task: b, to: meet}
  meet: {join: all, to: last}
  last: {task: a, actions: {yea: {end: x}, nay: {end: y}}}
)") == Findings{"tokens-without-end 5:3"});
}

TEST_CASE("work that may be started again and again can still be done, and the search ends") {
    const Analysis analysis = analyze(*of_lines(R"(states:
  work: {task: a, actions: {more: {also_start: aside}, yea: {end: x}, nay: {end: y}}}
  aside: {task: b, to: {end: none}}
)"));
    CHECK(analysis.findings.empty());
    CHECK(analysis.exploration.situations > 0);
    CHECK_FALSE(analysis.exploration.bound_reached);
}

TEST_CASE("more situations than the bound are not looked at, and that is said") {
    // Fourteen tasks side by side, each done or not: 16,384 situations.
    std::string tasks;
    std::string names;
    for (int i = 0; i < 14; ++i) {
        const std::string name = "t" + std::to_string(i);
        names += (i == 0 ? "" : ", ") + name;
        tasks += "  " + name + ": {task: a, to: meet}\n";
    }
    const std::string file = "states:\n  part: {fork: [" + names + "]}\n" + tasks +
                             "  meet: {join: all, to: last}\n"
                             "  last: {task: a, actions: {yea: {end: x}, nay: {end: y}}}\n";
    const Exploration exploration = analyze(*of_lines(file)).exploration;
    CHECK(exploration.bound_reached);
    CHECK(exploration.situations == limits::situations_max);
}

TEST_CASE("guards are tried in as many cases as the bound allows, and no more") {
    // 2^9 = 512 cases, and 2^10 = 1,024.
    const auto never = [](int count) {
        std::string fields;
        std::string guard = "f0 && !f0";
        std::string input;
        for (int i = 0; i < count; ++i) {
            const std::string name = "f" + std::to_string(i);
            fields += (i == 0 ? "" : ", ") + name + ": boolean";
            input += (i == 0 ? "" : ", ") + name;
            guard += " && " + name;
        }
        return analysis_findings(
            "data: {" + fields + "}\ninput: [" + input +
            "]\nstates:\n  work: {task: a, actions: {yea: {end: x}, nay: {end: "
            "y}, more: {when: " +
            guard + ", to: work}}}\n");
    };
    CHECK(never(9).size() == 1);
    CHECK(never(10).empty());
}

TEST_CASE("nothing is found in the nine procedures of this project") {
    const std::filesystem::path folder = WORKFLOW_SOURCE_DIR "/procedures";
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const auto file = entry.path() / "procedure.yaml";
        if (!std::filesystem::exists(file)) continue;
        INFO(file.string());
        const LoadedProcedure read = load_procedure_file(file);
        REQUIRE(read.procedure != nullptr);
        Diagnostics all = read.diagnostics;
        const Analysis analysis = analyze(*read.procedure);
        all.insert(all.end(), analysis.findings.begin(), analysis.findings.end());
        std::string sentences;
        for (const Diagnostic& finding : all) sentences += to_string(finding) + "\n";
        CAPTURE(sentences);
        CHECK(sentences.empty());
        CHECK_FALSE(analysis.exploration.bound_reached);
        ++count;
    }
    CHECK(count == 9);
}
