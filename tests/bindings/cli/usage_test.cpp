#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"

using namespace workflow::test;

TEST_CASE("a command line that says nothing we understand ends with status 2 and one line") {
    const char* commands[] = {
        "",
        "frobnicate",
        "validate",
        "test",
        "calendar",
        "calendar due --calendar vn-state --from 2017-04-25",
        "calendar due --calendar vn-state --from 2017-04-25 \"30 workdays\"",
        "calendar due --calendar vn-state --from 2017-04-25 P5D",
        "calendar due --calendar vn-state --from 25/4/2017 \"1 day\"",
        "calendar due --calendar vn-state --from 2017-04-25 \"1 day\" --lang fr",
        "calendar days --calendar vn-state --year 17",
        "graph procedures/x.yaml --format png",
        "show a/b",
        "show a/b --store postgres:x",
        "perform a/b go --store sqlite:/nowhere/x.db",
        "start p k --data '{' --store sqlite:/nowhere/x.db",
        "start p k --data '[1]' --store sqlite:/nowhere/x.db",
        "eval",
        "eval 1 --batch -",
        "eval --batch - --data '{\"x\": 1}'",
        "eval 1 2",
        "eval -x",
        "eval 1 --lang fr",
        "eval 1 --format xml",
    };
    for (const char* command : commands) {
        CAPTURE(command);
        const auto result = run_tool(command);
        CHECK(result.status == 2);
        CHECK(result.output.empty());
        CHECK(result.errors.find('\n') + 1 == result.errors.size());
    }
}

TEST_CASE("a limit that cannot be read says how to write it") {
    const auto result =
        run_tool("calendar due --calendar vn-state --from 2017-04-25 \"30 workdays\"");
    CHECK(contains(result.errors, "'30 workdays' is not a limit"));
    CHECK(contains(result.errors, "working days"));
}

TEST_CASE("every command has help with examples") {
    for (const char* command :
         {"new", "validate", "test", "graph", "calendar due", "calendar days", "eval", "load", "start", "perform",
          "tick", "show", "history", "worklist", "incidents", "changes", "explain", "replay", "verify", "send", "operate"}) {
        CAPTURE(command);
        const auto help = run_tool(std::string(command) + " --help");
        CHECK(help.status == 0);
        CHECK(help.errors.empty());
        CHECK(contains(help.output, "Example"));
        CHECK(contains(help.output, std::string("  workflow ") + command));
    }
}

TEST_CASE("a store that does not exist is not made by asking it something") {
    const auto result = run_tool("show a/b --store sqlite:/nowhere/dossiers.db");
    CHECK(result.status == 1);
    CHECK(contains(result.errors, "'/nowhere/dossiers.db' does not exist"));
    CHECK(contains(result.errors, "workflow load"));
}

TEST_CASE("control characters in an argument do not reach the terminal") {
    for (const char* command :
         {"$(printf '\\033[31mred')", "validate $(printf 'a\\033[31mred')",
          "calendar due --calendar $(printf 'a\\033b') --from 2017-04-25 '1 day'"}) {
        CAPTURE(command);
        const auto result = run_tool(command);
        CHECK(result.status != 0);
        CHECK_FALSE(contains(result.output + result.errors, "\x1b"));
    }
}
