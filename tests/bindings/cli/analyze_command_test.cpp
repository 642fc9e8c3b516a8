#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;
using Json = nlohmann::json;

namespace {

const std::string onboarding = "procedures/service_onboarding/procedure.yaml";

const std::string faulty = R"(procedure: faulty
version: 1
title: Faulty
calendar: vn-state
roles: {a: A}
outcomes: {x: X, y: Y}
states:
  work: {task: a, actions: {yea: {end: x}, nay: {end: y}, more: {when: false, to: work}}}
)";

}  // namespace

TEST_CASE("the nine procedures of this project analyze clean") {
    const auto result = run_tool("analyze procedures/*/procedure.yaml");
    CHECK(result.status == 0);
    CHECK(contains(result.output, "files: 9, errors: 0, warnings: 0"));
    CHECK(result.errors.empty());
}

TEST_CASE("analyze tells what is passed, how long it takes and where it goes back, by titles") {
    const auto result = run_tool("analyze " + onboarding);
    CHECK(result.status == 0);
    CHECK(contains(result.output,
                   "Set up and install 30 + Confirm accuracy 5 + Pilot and "
                   "submission 10 = 45"));
    CHECK(contains(result.output, "Every dossier passes\n  Draft the process\n"));
    CHECK(contains(result.output,
                   "Return to the unit: from Legal appraisal back to Draft the process"));
    CHECK(contains(result.output, "The same in the variant \"moit\""));
    const auto vietnamese = run_tool("analyze --lang vi " + onboarding);
    CHECK(contains(vietnamese.output, "Mọi hồ sơ đều qua\n  Xây dựng quy trình\n"));
    CHECK(contains(vietnamese.output, "ngày làm việc"));
}

TEST_CASE("analyze prints findings like validate, and a warning alone is status 0") {
    const TemporaryFolder folder;
    const auto result = run_tool("analyze " + written(folder, "p.yaml", faulty));
    CHECK(result.status == 0);
    CHECK(
        contains(result.output, "p.yaml:8:72: warning[guard-never-true]: the condition `false` "));
    CHECK(contains(result.output, "files: 1, errors: 0, warnings: 1"));
    std::string worse = faulty;
    worse.replace(worse.find("to: work"), 8, "to: wrok");
    const auto refused = run_tool("analyze " + written(folder, "q.yaml", worse));
    CHECK(refused.status == 1);
    CHECK(contains(refused.output, "q.yaml:8:"));
}

TEST_CASE("analyze as JSON names ids, sums and loops") {
    const auto result = run_tool("analyze --format json " + onboarding);
    REQUIRE(result.status == 0);
    const Json json = Json::parse(result.output);
    const Json& report = json["files"][0]["report"];
    CHECK(report["must_pass"] == Json::array({"draft_process"}));
    CHECK(report["courses"][0]["outcomes"][0]["outcome"] == "published");
    CHECK(report["courses"][0]["outcomes"][0]["latest"]["by_law"] == Json::array({"45 working days"}));
    CHECK(report["courses"][0]["outcomes"][0]["latest"]["sum"] == Json::array({"60 working days"}));
    CHECK(report["courses"][1]["variant"] == "moit");
    CHECK(report["loops"][0] == Json({{"from", "legal_appraisal"},
                                      {"to", "draft_process"},
                                      {"bounded", false},
                                      {"action", "return"}}));
}

TEST_CASE("analyze tells the ends of a given start and of all starts of a year") {
    const TemporaryFolder folder;
    const std::string file = written(folder, "p.yaml", R"(procedure: p
version: 1
title: P
calendar: vn-state
roles: {a: A}
outcomes: {x: Done, y: Refused}
states:
  setup: {task: a, sla: 30 working days, actions: {yea: {end: x}, nay: {end: y}}}
)");
    const auto result = run_tool("analyze " + file + " --from '2017-04-25 08:00' --year 2026");
    CHECK(result.status == 0);
    CHECK(contains(result.output, "2017-06-08 17:00"));
    CHECK(contains(result.output, "Started on any working day of 2026"));
    const auto json = run_tool("analyze --format json " + file + " --from '2017-04-25 08:00'");
    const Json finishes =
        Json::parse(json.output)["files"][0]["report"]["by_calendar"][0]["finishes"];
    CHECK(finishes[0]["latest"] == "2017-06-08T17:00:00+07:00");
    CHECK(finishes[0]["working_days"] == 30);
    const auto unannounced = run_tool("analyze " + file + " --year 2030");
    CHECK(unannounced.status == 1);
    CHECK(contains(unannounced.errors, "2030"));
    CHECK(run_tool("analyze " + file + " --from tomorrow").status == 2);
}

TEST_CASE("the findings are written as SARIF 2.1.0, with paths as addresses") {
    const TemporaryFolder folder;
    const std::string file = written(folder, "a b.yaml", faulty);
    const std::string log = folder.file("log.sarif");
    CHECK(run_tool("analyze " + file + " --sarif '" + log + "'").status == 0);
    const Json json = Json::parse(content(log));
    CHECK(json["version"] == "2.1.0");
    const Json& run = json["runs"][0];
    CHECK(run["tool"]["driver"]["name"] == "workflow");
    CHECK(run["tool"]["driver"]["rules"][0]["id"] == "guard-never-true");
    REQUIRE(run["results"].size() == 1);
    const Json& result = run["results"][0];
    CHECK(result["ruleId"] == "guard-never-true");
    CHECK(result["ruleIndex"] == 0);
    CHECK(result["level"] == "warning");
    const Json& physical = result["locations"][0]["physicalLocation"];
    CHECK(physical["region"] == Json({{"startLine", 8}, {"startColumn", 72}}));
    const std::string uri = physical["artifactLocation"]["uri"];
    CHECK(uri.substr(0, 8) == "file:///");
    CHECK(contains(uri, "a%20b.yaml"));
}

TEST_CASE("a SARIF file that cannot be written is refused") {
    const auto result = run_tool("analyze " + onboarding + " --sarif /nowhere/log.sarif");
    CHECK(result.status == 1);
    CHECK(contains(result.errors, "/nowhere/log.sarif"));
}

TEST_CASE("a calendar is nothing to analyze") {
    const auto result = run_tool("analyze procedures/calendars/vn-state.yaml");
    CHECK(result.status == 1);
    CHECK(contains(result.errors, "is a calendar"));
}

TEST_CASE("diff says in words what changed, in both languages and as JSON") {
    const TemporaryFolder folder;
    std::string changed = content(WORKFLOW_SOURCE_DIR "/" + onboarding);
    REQUIRE_FALSE(changed.empty());
    const std::string limit = "default: 30 working days";
    changed.replace(changed.find(limit), limit.size(), "default: 25 working days");
    const std::string file = written(folder, "new.yaml", changed);
    const auto result = run_tool("diff " + onboarding + " " + file);
    CHECK(result.status == 0);
    CHECK(contains(result.output,
                   "the parameter 'setup_limit' is 25 working days instead of 30 "
                   "working days"));
    const auto vietnamese = run_tool("diff --lang vi " + onboarding + " " + file);
    CHECK(contains(vietnamese.output, "tham số 'setup_limit' là 25 working days thay cho 30"));
    const auto json = run_tool("diff --format json " + onboarding + " " + file);
    CHECK(Json::parse(json.output)["changes"][0]["code"] == "parameter-changed");
    const auto same = run_tool("diff " + onboarding + " " + onboarding);
    CHECK(contains(same.output, "Nothing changed"));
}

TEST_CASE("diff tells which open dossiers of a store could move") {
    const TemporaryFolder folder;
    const std::string store = "--store 'sqlite:" + folder.file("dossiers.db") + "'";
    REQUIRE(run_tool("load procedures " + store).status == 0);
    REQUIRE(run_tool("start service_onboarding 1 " + store +
                     " --as lan --role proposing_unit --data '{\"service_name\": \"s\", "
                     "\"units\": [\"u\"]}'")
                .status == 0);
    std::string changed = content(WORKFLOW_SOURCE_DIR "/" + onboarding);
    const std::string name = "draft_process";
    for (std::size_t at = changed.find(name); at != std::string::npos;
         at = changed.find(name, at)) {
        changed.replace(at, name.size(), "write_process");
    }
    const std::string file = written(folder, "new.yaml", changed);
    const auto renamed = run_tool("diff " + onboarding + " " + file + " " + store);
    CHECK(contains(renamed.output, "0 of 1 open dossiers"));
    CHECK(contains(renamed.output, "service_onboarding/1 cannot be moved:"));
    CHECK(contains(renamed.output, "- the dossier stands on 'draft_process', which version 1 does"));
    const std::string commented = written(
        folder, "same.yaml", "# as it was\n" + content(WORKFLOW_SOURCE_DIR "/" + onboarding));
    const auto kept = run_tool("diff " + onboarding + " " + commented + " " + store);
    CHECK(contains(kept.output, "1 of 1 open dossiers"));
}

TEST_CASE("analyze draws each procedure with its longest way into a folder") {
    const TemporaryFolder folder;
    const std::string pictures = folder.file("pictures");
    const auto result = run_tool("analyze procedures/result_delivery/procedure.yaml --svg '" +
                                 pictures + "'");
    CHECK(result.status == 0);
    const std::string svg = content(pictures + "/result_delivery.svg");
    CHECK(contains(svg, "longest"));
    CHECK(contains(svg, "</svg>"));
    CHECK(contains(run_tool("analyze procedures/result_delivery/procedure.yaml --svg /dev/null/x").errors,
                   "/dev/null/x"));
}
