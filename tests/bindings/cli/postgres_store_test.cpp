// The tool on a store in PostgreSQL, and what it says of a server that is not there.
#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"
#include "support/postgres_cluster.hpp"

using namespace workflow::test;

namespace {

const char* const permit = R"(procedure: permit
version: 1
title: Permit
calendar: vn-state
roles: {officer: Officer}
sla: 5 working days
states:
  check: {task: officer, sla: 3 working days, actions: {agree: {end: agreed}}}
outcomes: {agreed: Agreed}
)";

std::string address_in(const std::string& folder) {
    return " --store 'postgresql://workflow@/postgres?host=" + folder + "'";
}

std::string line_with(const std::string& text, const std::string& part) {
    const auto at = text.find(part);
    if (at == std::string::npos) return "nothing with '" + part + "' in: " + text;
    const auto from = text.rfind('\n', at) + 1;
    return text.substr(from, text.find('\n', at) - from);
}

}  // namespace

TEST_CASE("dossiers are walked, found, counted and verified in PostgreSQL, and carried to a file") {
    const TemporaryFolder folder;
    const std::string server = address_in(PostgresCluster::get().folder());
    const auto run = [&](const std::string& arguments, const std::string& store,
                         const std::string& at = "2017-06-06T09:00") {
        return run_tool(arguments + store + " --at " + at);
    };
    const auto loaded = run_tool("load procedures/calendars/vn-state.yaml " +
                                 written(folder, "permit.yaml", permit) + server);
    INFO(loaded.errors);
    REQUIRE(loaded.status == 0);
    REQUIRE(run("start permit 1 --as mai", server, "2017-06-05T09:00").status == 0);
    REQUIRE(run("start permit 2 --as mai", server, "2017-06-05T09:00").status == 0);
    const auto refused = run("perform permit/1 agree --as ba --role clerk", server);
    CHECK(refused.status != 0);
    CHECK(contains(refused.errors + refused.output, "officer"));
    CHECK(run("perform permit/1 agree --as an --role officer", server).status == 0);
    CHECK(contains(run("show permit/1", server).output, "Agreed"));
    CHECK(contains(run("worklist --role officer --as an", server).output, "permit/2"));
    const auto counted = run("statistics permit --from 2017-06-01 --format json", server);
    CHECK(contains(counted.output, "\"received\": 2"));
    CHECK(contains(counted.output, "\"early\": 1"));
    const auto verified = run_tool("verify" + server);
    CHECK(verified.status == 0);

    const std::string file = " '" + folder.file("all.transfer") + "'";
    const std::string sqlite = " --store 'sqlite:" + folder.file("dossiers.db") + "'";
    REQUIRE(run_tool("export" + file + server).status == 0);
    REQUIRE(run_tool("import" + file + sqlite).status == 0);
    CHECK(run_tool("verify" + sqlite).output == verified.output);
    CHECK(run("history permit/1", sqlite).output == run("history permit/1", server).output);
    CHECK(line_with(run("statistics permit --from 2017-06-01", sqlite).output, "Received") ==
          line_with(run("statistics permit --from 2017-06-01", server).output, "Received"));
}

TEST_CASE("a server that is not there is named, without its password, and nothing is done") {
    const TemporaryFolder folder;
    const auto away = run_tool("worklist --as an --role officer --store 'postgresql://mai:s3cret@/dossiers?host=" +
                               folder.file("nowhere") + "'");
    CHECK(away.status != 0);
    CHECK(contains(away.errors, "nowhere"));
    CHECK_FALSE(contains(away.errors, "s3cret"));
    CHECK(away.output.empty());
}
