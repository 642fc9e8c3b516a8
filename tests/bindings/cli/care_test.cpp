// Care for a store from the command line: copies, an officer who leaves, data to be forgotten.
#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"

using namespace workflow::test;

namespace {

const char* const permit = R"(procedure: permit
version: 1
title: Permit
calendar: vn-state
roles: {officer: Officer}
data: {phone: {type: text, sensitive: true}}
input: [phone]
states:
  check: {task: officer, sla: 5 working days, actions: {agree: {end: agreed}}}
outcomes: {agreed: Agreed}
)";

/// A store with two dossiers that the officer an has claimed.
struct Desk {
    TemporaryFolder folder;
    std::string path = folder.file("dossiers.db");
    std::string store = " --store 'sqlite:" + path + "'";

    Desk() {
        REQUIRE(run_tool("load procedures/calendars/vn-state.yaml " +
                         written(folder, "permit.yaml", permit) + store)
                    .status == 0);
        for (const std::string key : {"1", "2"}) {
            REQUIRE(run("start permit " + key + " --as mai --data '{\"phone\": \"0912\"}'") == 0);
            REQUIRE(run("operate claim permit/" + key + " --item 1 --as an --role officer") == 0);
        }
    }
    [[nodiscard]] int run(const std::string& arguments) const {
        return run_tool(arguments + store + " --at 2017-06-05T09:00").status;
    }
};

}  // namespace

TEST_CASE("a store is copied while it is there, and put back where it is gone") {
    const Desk desk;
    const std::string backup = "'" + desk.folder.file("backup.db") + "'";
    const auto copied = run_tool("backup -o " + backup + desk.store);
    CHECK(copied.status == 0);
    CHECK(contains(copied.output, "backup.db is written: "));
    const auto again = run_tool("backup -o " + backup + desk.store);
    CHECK(again.status == 1);
    CHECK(contains(again.errors, "is there already; name a file that is not"));
    CHECK(run_tool("restore " + backup + desk.store).status == 1);
    const std::string other = " --store 'sqlite:" + desk.folder.file("other.db") + "'";
    CHECK(run_tool("restore " + backup + other).status == 0);
    CHECK(run_tool("verify" + other).status == 0);
    CHECK(contains(run_tool("show permit/2" + other).output, "permit/2"));
    const auto server = run_tool("backup -o x.db --store postgresql://me:word@localhost/x");
    CHECK(server.status == 2);
    CHECK(contains(server.errors, "pg_dump"));
    CHECK_FALSE(contains(server.errors, "word@"));
    CHECK(run_tool("backup -o x.db --store sqlite:nowhere.db").status == 1);
}

TEST_CASE("what an officer has in hand is shown, then handed to another") {
    const Desk desk;
    const auto plan = run_tool("handover plan an" + desk.store);
    CHECK(plan.status == 0);
    CHECK(contains(plan.output, "Work items in hand: 2"));
    CHECK(contains(plan.output, "2017-06-12"));
    const auto done = run_tool("handover apply an --to binh --reason 'has left' --as lan "
                               "--role operator" +
                               desk.store + " --at 2017-06-06T09:00");
    CHECK(done.status == 0);
    CHECK(contains(done.output, "Work items handed over: 2"));
    CHECK(contains(run_tool("handover plan an" + desk.store).output, "Work items in hand: 0"));
    CHECK(contains(run_tool("history permit/1" + desk.store).output, "binh: has left"));
}

TEST_CASE("a sensitive field is erased for good, and verify says by whom") {
    const Desk desk;
    CHECK(run_tool("operate erase permit/1 --as lan" + desk.store).status == 2);
    CHECK(desk.run("operate erase permit/1 --field check --as lan --reason asked") == 1);
    REQUIRE(desk.run("operate erase permit/1 --field phone --as lan --reason asked") == 0);
    CHECK(contains(run_tool("show permit/1" + desk.store).output, "(erased)"));
    const auto verified = run_tool("verify" + desk.store);
    CHECK(verified.status == 0);
    CHECK(contains(verified.output,
                   "permit/1 revision 3: erased what stood in phone (by lan: asked)"));
    CHECK(contains(run_tool("history permit/1" + desk.store).output,
                   "erased what stood in phone: asked"));
}
