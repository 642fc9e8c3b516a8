// Finding and counting dossiers, delegations, suspension and plans, from the command line.
#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"

using namespace workflow::test;

namespace {

const char* const permit = R"(procedure: permit
version: 1
title: Permit
calendar: vn-state
roles: {officer: Officer}
data: {office: text, code: {type: optional text, indexed: true}}
unit: office
input: [office, code]
sla: 5 working days
states:
  check: {task: officer, sla: 3 working days, actions: {agree: {end: agreed}}}
outcomes: {agreed: Agreed}
)";

struct Desk {
    TemporaryFolder folder;
    std::string store = " --store 'sqlite:" + folder.file("dossiers.db") + "'";

    Desk() {
        REQUIRE(run_tool("load procedures/calendars/vn-state.yaml " +
                         written(folder, "permit.yaml", permit) + store)
                    .status == 0);
        start("1", "north");
        start("2", "north");
        start("3", "south");
        REQUIRE(run("perform permit/1 agree --as an --role officer", "2017-06-06T09:00").status == 0);
        REQUIRE(run("perform permit/3 agree --as an --role officer", "2017-06-20T09:00").status == 0);
    }
    void start(const std::string& key, const std::string& office) const {
        REQUIRE(run("start permit " + key + " --as mai --data '{\"office\": \"" + office +
                        "\", \"code\": \"H" + key + "\"}'",
                    "2017-06-05T09:00")
                    .status == 0);
    }
    [[nodiscard]] ToolResult run(const std::string& arguments, const std::string& at) const {
        return run_tool(arguments + store + " --at " + at);
    }
};

}  // namespace

TEST_CASE("statistics are shown by unit, and by month where that is asked for") {
    const Desk desk;
    const auto june = desk.run("statistics permit --from 2017-06-01 --until 2017-06-30",
                               "2017-06-21T09:00");
    CHECK(june.status == 0);
    CHECK(contains(june.output, "north"));
    CHECK(contains(june.output, "Carried over"));
    const auto json = desk.run(
        "statistics permit --from 2017-06-01 --until 2017-07-31 --by-month --format json",
        "2017-08-01T09:00");
    CHECK(contains(json.output, "\"from\": \"2017-06-01\""));
    CHECK(contains(json.output, "\"until\": \"2017-06-30\""));
    CHECK(contains(json.output, "\"from\": \"2017-07-01\""));
    CHECK(contains(json.output, "\"late\": 1"));
    CHECK(contains(json.output, "\"average_working_days\": 1.0"));
    CHECK(contains(desk.run("statistics permit --from 2017-06-01 --lang vi", "2017-06-21T09:00")
                       .output,
                   "Trước hạn"));
    CHECK(contains(desk.run("statistics permit --from 2016-06-01 --until 2016-06-30",
                            "2017-06-21T09:00")
                       .output,
                   "No dossiers."));
    const auto bad = desk.run("statistics permit --from june", "2017-06-21T09:00");
    CHECK(bad.status == 2);
    CHECK(contains(bad.errors, "--from 'june' is no date; write YYYY-MM-DD"));
    CHECK(desk.run("statistics permit --from 2017-06-30 --until 2017-06-01", "2017-06-21T09:00")
              .status == 2);
}

TEST_CASE("dossiers are found by state, outcome, field, and counted") {
    const Desk desk;
    const auto find = [&](const std::string& arguments) {
        return desk.run("find permit " + arguments, "2017-06-21T09:00");
    };
    CHECK(contains(find("").output, "permit/2"));
    CHECK_FALSE(contains(find("").output, "permit/1"));
    CHECK(contains(find("--state check").output, "permit/2"));
    CHECK(contains(find("--outcome agreed").output, "Late"));
    CHECK(contains(find("--outcome agreed").output, "permit/1"));
    CHECK(contains(find("--field code --value H3").output, "permit/3"));
    CHECK(contains(find("--counts --format json").output, "\"late\": 1"));
    CHECK(contains(find("--outcome agreed --limit 1").output, "Go on with --after "));
    CHECK(find("--state check --counts").status == 2);
    CHECK(find("--field code").status == 2);
    CHECK(contains(find("--field office --value x").errors, "is not marked `indexed`"));
    CHECK(contains(find("--state chek").errors, "the nearest is 'check'"));
    CHECK(contains(find("--outcome cancelled").output, "No dossiers."));
}

TEST_CASE("a delegate acts for another with what was delegated") {
    const Desk desk;
    const std::string act = "perform permit/2 agree --as binh --for an";
    CHECK(desk.run(act, "2017-06-21T09:00").status == 1);
    const auto entered = run_tool("delegation enter --of an --to binh --role officer --since "
                                  "2017-06-20 --until 2017-06-22T12:00 --as lan --reason 'Decision 12'" +
                                  desk.store);
    INFO(entered.errors);
    CHECK(entered.status == 0);
    CHECK(contains(entered.output, "binh may act for an from 2017-06-20 until 2017-06-22T12:00"));
    const auto listed = run_tool("delegation list" + desk.store);
    CHECK(contains(listed.output, "2017-06-20T00:00:00+07:00"));
    CHECK(contains(listed.output, "Decision 12"));
    const auto late = desk.run(act, "2017-06-22T13:00");
    CHECK(late.status == 1);
    CHECK(contains(late.errors, "'binh' may not act for 'an' now"));
    CHECK(desk.run(act, "2017-06-21T09:00").status == 0);
    CHECK(contains(run_tool("history permit/2" + desk.store).output, "binh for an"));
}

TEST_CASE("an operator plans, suspends and lets go on") {
    const Desk desk;
    const auto plan = desk.run("operate suspend permit/2 --clocks-wait --plan --as lan --reason x",
                               "2017-06-06T09:00");
    CHECK(plan.status == 0);
    CHECK(contains(plan.output, "permit/2 would reach revision 2; nothing is changed"));
    CHECK(contains(plan.output, "clock of check waits while the dossier is suspended"));
    CHECK(desk.run("operate suspend permit/2 --clocks-wait --as lan --reason 'Decision 7'",
                   "2017-06-06T09:00")
              .status == 0);
    const auto refused = desk.run("perform permit/2 agree --as an --role officer",
                                  "2017-06-07T09:00");
    CHECK(refused.status == 1);
    CHECK(contains(refused.errors, "'permit/2' is suspended"));
    CHECK(contains(desk.run("show permit/2", "2017-06-07T09:00").output, "suspended"));
    CHECK(desk.run("operate resume permit/2 --as lan --reason 'Decision 8'", "2017-06-12T09:00")
              .status == 0);
    CHECK(contains(run_tool("history permit/2" + desk.store + " --lang vi").output,
                   "tạm dừng hồ sơ, thời hạn không chạy: Decision 7"));
    CHECK(desk.run("perform permit/2 agree --as an --role officer", "2017-06-13T09:00").status == 0);
}

TEST_CASE("a store goes through a file, and what ended long ago is archived") {
    const Desk desk;
    const std::string file = "'" + desk.folder.file("all.transfer") + "'";
    const std::string other = " --store 'sqlite:" + desk.folder.file("other.db") + "'";
    const auto written = run_tool("export " + file + desk.store);
    CHECK(written.status == 0);
    CHECK(contains(written.output, "3 dossiers with 7 steps"));
    CHECK(run_tool("export " + file + desk.store).status == 1);
    const auto brought = run_tool("import " + file + other);
    INFO(brought.errors);
    CHECK(brought.status == 0);
    CHECK(contains(brought.output, "3 dossiers with 7 steps are brought; 0 were there already"));
    CHECK(contains(run_tool("verify" + other).output, "3 dossiers, 7 rows of history"));
    const auto archived = run_tool("archive '" + desk.folder.file("old.transfer") +
                                   "' --older-than 10" + other + " --at 2017-06-25T09:00");
    CHECK(archived.status == 0);
    CHECK(contains(archived.output, "1 dossiers with 2 steps"));
    CHECK(run_tool("show permit/1" + other).status == 1);
    const auto wrong = run_tool("import '" + desk.folder.file("permit.yaml") + "'" + other);
    CHECK(wrong.status == 1);
    CHECK(contains(wrong.errors, "it is no file that an export or archive wrote"));
}

TEST_CASE("a store of this layout needs no upgrade, and an older one wants its backup first") {
    const Desk desk;
    CHECK(run_tool("store upgrade" + desk.store).status == 2);
    CHECK(contains(run_tool("store upgrade --no-backup" + desk.store).output,
                   "has the layout of this build: number 2"));
    const std::string old = desk.folder.file("old.db");
    REQUIRE(std::filesystem::copy_file(
        std::filesystem::path(WORKFLOW_SOURCE_DIR) / "tests/store/layouts/1.db", old));
    const std::string store = " --store 'sqlite:" + old + "'";
    const auto refused = run_tool("find permit" + store);
    CHECK(refused.status == 1);
    CHECK(contains(refused.errors, "workflow store upgrade"));
    const auto rehearsed = run_tool("store upgrade --dry-run" + store);
    CHECK(rehearsed.status == 0);
    CHECK(contains(rehearsed.output, "layout 1 can become 2; 7 dossiers, 1 open deadlines as before"));
    const auto upgraded =
        run_tool("store upgrade --backup '" + desk.folder.file("before.db") + "'" + store);
    CHECK(upgraded.status == 0);
    CHECK(contains(upgraded.output, "layout 1 is now 2"));
    CHECK(contains(run_tool("find permit --outcome granted" + store).output, "permit/waited"));
}
