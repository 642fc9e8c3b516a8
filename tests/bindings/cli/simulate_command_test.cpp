// simulate, compare and calibrate, as a manager would run them.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "bindings/cli/tool.hpp"
#include "support/xml.hpp"
#include "workflow/digest.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

using Json = nlohmann::json;

constexpr const char* onboarding = "simulate procedures/service_onboarding/procedure.yaml ";

constexpr const char* permit = R"(procedure: permit
version: 1
title: "Permit <script>alert(1)</script>"
calendar: vn-state
roles: {officer: Officer, head: Head}
states:
  check: {task: officer, sla: 2 working days, actions: {agree: {to: sign}, refuse: {end: refused}}}
  sign: {task: head, actions: {sign: {end: granted}}}
outcomes: {granted: Granted, refused: Refused}
)";
constexpr const char* scenario = R"(simulation: permit
title: "=As it is"
begins: 2026-01-05 07:30
arrivals: {per_day: 4}
staff: {officer: 1, head: 1}
states:
  check: {effort: {gamma: {mean: 1.5 hours, deviation: 1 hour}}, choose: {agree: 80%, refuse: 20%}}
  sign: {effort: {exponential: {mean: 20 minutes}}}
)";

std::string replaced(std::string text, const std::string& part, const std::string& by) {
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), by);
}

/// `simulate` of the permit with these options.
std::string permit_in(const TemporaryFolder& folder, const std::string& yaml = scenario) {
    (void)written(folder, "simulation.yaml", yaml);
    return "simulate " + written(folder, "procedure.yaml", permit) + " ";
}

}  // namespace

TEST_CASE("a simulation says in words how long dossiers take, what is late and who is waited for") {
    const ToolResult result = run_tool(std::string(onboarding) + "--dossiers 100 --replications 4");
    CAPTURE(result.output, result.errors);
    REQUIRE(result.status == 0);
    CHECK(contains(result.output, "A dossier takes "));
    CHECK(contains(result.output, "(95 % sure: "));
    CHECK(contains(result.output, "People work on a dossier for "));
    CHECK(contains(result.output, "4 × 100 dossiers from 2026-01-05 07:30"));
    CHECK(contains(result.output, "IT Centre"));
    CHECK(result.errors.empty());
    const ToolResult vietnamese =
        run_tool(std::string(onboarding) + "--dossiers 100 --replications 4 --lang vi");
    CHECK(contains(vietnamese.output, "Một hồ sơ mất trung bình "));
    CHECK(contains(vietnamese.output, "Trung tâm Công nghệ thông tin"));
}

TEST_CASE("the same seed gives the same bytes of JSON, on any number of threads") {
    const std::string command =
        std::string(onboarding) + "--dossiers 60 --replications 5 --seed 9 --format json --threads ";
    const ToolResult one = run_tool(command + "1");
    REQUIRE(one.status == 0);
    CHECK(run_tool(command + "3").output == one.output);
    CHECK(run_tool(command + "1").output == one.output);
    const Json json = Json::parse(one.output);
    CHECK(json["procedure"] == "service_onboarding");
    CHECK(json["replications"] == 5);
    CHECK(json["dossiers"]["arrived"] == 300);
    CHECK(json["dossiers"]["unable"] == 0);
    CHECK(json["lead_days"]["p50"] < json["lead_days"]["p99"]);
    CHECK(json["clocks"].size() >= 5);
}

TEST_CASE("every procedure of this project can be simulated as its scenario says") {
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(WORKFLOW_SOURCE_DIR) / "procedures")) {
        if (!std::filesystem::exists(entry.path() / "procedure.yaml")) continue;
        ++found;
        const std::string procedure = entry.path().filename().string();
        CAPTURE(procedure);
        const ToolResult result = run_tool("simulate procedures/" + procedure +
                                           "/procedure.yaml --dossiers 40 --replications 2 --format json");
        CAPTURE(result.errors);
        REQUIRE(result.status == 0);
        const Json dossiers = Json::parse(result.output)["dossiers"];
        CAPTURE(dossiers.dump());
        CHECK(dossiers["ended"] == 80);
        CHECK(dossiers["unable"] == 0);
        CHECK(run_tool("validate procedures/" + procedure + "/simulation.yaml").status == 0);
    }
    CHECK(found == 9);
}

TEST_CASE("people who cannot do what comes are told before anything runs, with the figure") {
    const TemporaryFolder folder;
    const std::string command =
        permit_in(folder, replaced(scenario, "per_day: 4", "per_day: 12"));
    const ToolResult refused = run_tool(command);
    CHECK(refused.status == 1);
    CHECK(contains(refused.errors, "hours of work an hour, and 1.0 people; the queue grows without end"));
    CHECK(contains(refused.errors, "yaml:"));  // line and column of what comes
    CHECK(refused.output.empty());
    const ToolResult run = run_tool(command + "--allow-overload --dossiers 50 --replications 2");
    CHECK(run.status == 0);
    CHECK(contains(run.output, "Most time is lost waiting for Officer"));
}

TEST_CASE("a place that cannot be written is told before the run") {
    const TemporaryFolder folder;
    const std::string command = permit_in(folder);
    for (const char* option : {"--json", "--csv", "--html", "--xes"}) {
        CAPTURE(option);
        const ToolResult result =
            run_tool(command + "--dossiers 100000000 " + option + " /nowhere/at/all.file");
        CHECK(result.status == 1);
        CHECK(contains(result.errors, "/nowhere/at/all.file"));
    }
}

TEST_CASE("what is missing or wrong is told with its place and the mend") {
    const TemporaryFolder folder;
    const std::string procedure = written(folder, "procedure.yaml", permit);
    ToolResult result = run_tool("simulate " + procedure);
    CHECK(result.status == 1);
    CHECK(contains(result.errors, "there is no scenario"));
    CHECK(contains(result.errors, "--scenario"));
    (void)written(folder, "simulation.yaml", replaced(scenario, "80%", "70%"));
    result = run_tool("simulate " + procedure);
    CHECK(result.status == 1);
    CHECK(contains(result.errors, "simulation.yaml:7:74: error[shares-not-one]: these shares add up to 0.9000"));
    result = run_tool(permit_in(folder) + "--until 2025-01-01");
    CHECK(result.status == 2);
    CHECK(contains(result.errors, "lies before the scenario begins"));
    CHECK(run_tool(permit_in(folder) + "--until tomorrow").status == 2);
}

TEST_CASE("the page stands alone, lets nothing else run and only shows hostile titles") {
    const TemporaryFolder folder;
    const std::string page = folder.file("report.html");
    const ToolResult result = run_tool(permit_in(folder) + "--dossiers 60 --replications 3 --html " + page);
    CAPTURE(result.errors);
    REQUIRE(result.status == 0);
    const std::string html = content(page);
    CHECK(contains(html, "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"));
    CHECK_FALSE(contains(html, "<script>alert"));
    CHECK(contains(html, "Permit &lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK_FALSE(contains(html, "src="));
    CHECK_FALSE(contains(html, "<link"));
    CHECK(contains(html, "Chart.js v3"));
    CHECK(contains(html, "Released under the MIT License"));
    CHECK(contains(html, "class=\"gantt\""));
    CHECK(contains(html, "class=\"off\""));
    CHECK(contains(html, "id=\"clock0\""));
    CHECK(contains(html, "A dossier takes "));
    const ToolResult vietnamese =
        run_tool(permit_in(folder) + "--dossiers 60 --replications 3 --lang vi --html " + page);
    REQUIRE(vietnamese.status == 0);
    CHECK(contains(content(page), "<html lang=\"vi\">"));
    CHECK(contains(content(page), "Hồ sơ mất bao lâu"));
}

TEST_CASE("a table for spreadsheets holds no formula") {
    const TemporaryFolder folder;
    const std::string csv = folder.file("figures.csv");
    const std::string command = permit_in(folder, replaced(scenario, "staff: {officer: 1, head: 1}",
                                                           "people: {\"=cmd()\": {role: [officer, head]}}"));
    REQUIRE(run_tool(command + "--dossiers 30 --replications 2 --csv " + csv).status == 0);
    const std::string text = content(csv);
    CHECK(contains(text, "part,id,figure,value\r\n"));
    CHECK(contains(text, "state,check,waiting days mean,"));
    CHECK(contains(text, "person,'=cmd(),utilisation,"));
}

TEST_CASE("two scenarios are compared in words, with the same dossiers") {
    const TemporaryFolder folder;
    (void)permit_in(folder, replaced(scenario, "per_day: 4", "per_day: 4.5"));
    const std::string two = written(
        folder, "two.yaml",
        replaced(replaced(scenario, "per_day: 4", "per_day: 4.5"), "officer: 1", "officer: 2"));
    const std::string one = "'" + folder.file("simulation.yaml") + "'";
    const ToolResult better = run_tool("compare " + one + " " + two + " --dossiers 400 --replications 40");
    CAPTURE(better.output, better.errors);
    REQUIRE(better.status == 0);
    CHECK(contains(better.output, "Dossiers take "));
    CHECK(contains(better.output, " working days less: "));
    CHECK(contains(better.output, "check is late 0 % of the time instead of "));
    const ToolResult same = run_tool("compare " + one + " " + one + " --dossiers 50 --replications 3");
    CHECK(contains(same.output, "Nothing shows that dossiers take longer or shorter"));
    const Json json = Json::parse(
        run_tool("compare " + one + " " + two + " --dossiers 50 --replications 3 --format json").output);
    CHECK(json["differences"][0]["figure"] == "lead_days");
    CHECK(json["differences"][0]["change"] < 0);
}

TEST_CASE("a simulated log is calibrated, and what is not mapped is told") {
    const TemporaryFolder folder;
    const std::string log = folder.file("log.xes");
    REQUIRE(run_tool(permit_in(folder) + "--dossiers 1500 --replications 1 --xes " + log).status == 0);
    const std::string procedure = "'" + folder.file("procedure.yaml") + "'";
    const std::string fitted = folder.file("fitted.yaml");
    const ToolResult result =
        run_tool("calibrate " + procedure + " --log " + log + " -o " + fitted);
    CAPTURE(result.output, result.errors);
    REQUIRE(result.status == 0);
    CHECK(contains(result.output, "1,500 cases"));
    CHECK(contains(result.output, "The log says when work began."));
    const ToolResult again = run_tool("simulate " + procedure + " --scenario " + fitted +
                                      " --dossiers 200 --replications 4");
    CAPTURE(again.errors);
    CHECK(again.status == 0);
    const ToolResult replayed =
        run_tool("simulate " + procedure + " --replay " + log + " --format json");
    REQUIRE(replayed.status == 0);
    CHECK(Json::parse(replayed.output)["dossiers"]["ended"] == 1'500);
    const std::string csv = written(folder, "log.csv",
                                    "case,activity,time\n1,Check it,2026-01-05 09:00\n"
                                    "1,Print,2026-01-05 09:30\n2,Check it,2026-01-05 11:00\n");
    const std::string map = written(
        folder, "map.yaml", "map: permit\nactivities: {Check it: check/agree}\nzone: \"+07:00\"\n");
    const ToolResult mapped = run_tool("calibrate " + procedure + " --log " + csv + " --map " + map);
    REQUIRE(mapped.status == 0);
    CHECK(contains(mapped.errors, "Not mapped: Print (1×)"));
    CHECK(contains(mapped.output, "simulation: permit"));
    const ToolResult hostile = run_tool(
        "calibrate " + procedure + " --log " +
        written(folder, "bad.xes", "<!DOCTYPE log [<!ENTITY a \"b\">]><log>&a;</log>"));
    CHECK(hostile.status == 1);
    CHECK(contains(hostile.errors, "error[log-with-document-type]"));
}

TEST_CASE("the dossiers of a store are where a simulation can begin") {
    const TemporaryFolder folder;
    const std::string simulate = permit_in(folder);
    const std::string store = "--store 'sqlite:" + folder.file("dossiers.db") + "' ";
    REQUIRE(run_tool("load '" + folder.file("procedure.yaml") + "' " + store).status == 0);
    for (const char* key : {"1", "2", "3"}) {
        const ToolResult started = run_tool("start permit " + std::string(key) + " " + store +
                                            "--as an --role officer --at 2026-01-05T08:00:00+07:00");
        CAPTURE(started.errors);
        REQUIRE(started.status == 0);
    }
    const ToolResult result = run_tool(simulate + "--from-store 'sqlite:" + folder.file("dossiers.db") + "' --now 2026-01-08T08:00:00+07:00 --dossiers 0 "
                                       "--replications 3");
    CAPTURE(result.output, result.errors);
    REQUIRE(result.status == 0);
    CHECK(contains(result.output, "permit/1"));
    CHECK(contains(result.output, "100 %"));  // two working days after the fifth are over
}
