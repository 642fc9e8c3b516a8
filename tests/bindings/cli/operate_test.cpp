// What an operator, another system and a service do with a dossier, from the command line.
#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

class Desk {
public:
    Desk() {
        const auto loaded = run_tool("load procedures/calendars/vn-state.yaml " +
                                     fixture("outside.yaml") + " --store " + store_);
        INFO(loaded.output << loaded.errors);
        REQUIRE(loaded.status == 0);
    }
    ToolResult run(const std::string& arguments) const {
        return run_tool(arguments + " --store " + store_ + " --at 2017-06-05T09:00");
    }
    /// What needs no time.
    ToolResult ask(const std::string& arguments) const {
        return run_tool(arguments + " --store " + store_);
    }
    void start(const std::string& entry) const {
        const auto started = run("start outside 1 --as an --data '{\"number\": \"7\"}' --entry " + entry);
        INFO(started.output << started.errors);
        REQUIRE(started.status == 0);
    }

private:
    TemporaryFolder folder_;
    std::string store_ = "sqlite:" + folder_.file("dossiers.db");
};

}  // namespace

TEST_CASE("a service that failed is answered by the operator, then a message is taken") {
    const Desk desk;
    desk.start("web");
    const auto failed = desk.run("operate answer outside/1 --item 1 --failed 'no line'");
    CHECK(failed.status == 0);
    const auto shown = desk.run("show outside/1");
    CHECK(contains(shown.output, "tax_register"));
    CHECK(desk.run("operate resolve outside/1 --item 1 --error strange --as root").status == 1);
    const auto resolved =
        desk.run("operate resolve outside/1 --item 1 --fields '{\"debt\": 3}' --as root "
                 "--reason 'by phone'");
    INFO(resolved.output << resolved.errors);
    CHECK(resolved.status == 0);
    const auto sent = desk.run("send fee_paid --key 7 --fields '{\"amount\": 300}' --from bank");
    CHECK(sent.status == 0);
    CHECK(contains(sent.output, "fee_paid was taken by"));
    CHECK(contains(desk.run("show outside/1").output, "check"));
    const auto history = desk.ask("history outside/1");
    CHECK(contains(history.output, "attempt 1 failed"));
    CHECK(contains(history.output, "message received"));
    CHECK(desk.ask("replay outside/1").status == 0);
}

TEST_CASE("a work item is handed on, and what an option lacks is named") {
    const Desk desk;
    desk.start("desk");
    CHECK(desk.run("operate claim outside/1 --item 1 --as an --role officer").status == 0);
    const auto taken = desk.run("operate claim outside/1 --item 1 --as binh --role officer");
    CHECK(taken.status == 1);
    CHECK(desk.run("operate delegate outside/1 --item 1 --to binh --as an --role officer").status == 0);
    const auto unnamed = desk.run("operate delegate outside/1 --item 1 --as an --role officer");
    CHECK(unnamed.status == 2);
    CHECK(contains(unnamed.errors, "delegate needs --to"));
    CHECK(contains(desk.run("operate retry outside/1 --as root").errors, "retry needs --item"));
    const auto unknown = desk.run("operate clam outside/1 --item 1 --as an");
    CHECK(unknown.status == 2);
    CHECK(contains(unknown.errors, "claim"));
}

TEST_CASE("a procedure with several starts asks for one of them") {
    const Desk desk;
    const auto none = desk.run("start outside 1 --as an --data '{\"number\": \"7\"}'");
    CHECK(none.status == 1);
    CHECK(contains(none.output + none.errors, "does not begin at ''"));
}
