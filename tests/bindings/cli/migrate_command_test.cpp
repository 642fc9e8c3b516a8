// `workflow migrate`: which dossiers could move to another version of their procedure, and moving them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "bindings/cli/tool.hpp"

using namespace workflow::test;
using Json = nlohmann::json;

namespace {

const std::string onboarding = "procedures/service_onboarding/procedure.yaml";

/// A store with one dossier of onboarding, and a second version in which its first state has
/// another name.
struct Store {
    TemporaryFolder folder;
    std::string store = "--store 'sqlite:" + folder.file("dossiers.db") + "'";
    std::string file;
    std::string mapping;

    Store() {
        REQUIRE(run_tool("load procedures " + store).status == 0);
        REQUIRE(run_tool("start service_onboarding 1 " + store +
                         " --as lan --role proposing_unit --at '2026-03-02 09:00' "
                         "--data '{\"service_name\": \"s\", \"units\": [\"u\"]}'")
                    .status == 0);
        std::string changed = content(WORKFLOW_SOURCE_DIR "/" + onboarding);
        replace(changed, "version: 1", "version: 2");
        const std::string name = "draft_process";
        for (std::size_t at = changed.find(name); at != std::string::npos;
             at = changed.find(name, at)) {
            changed.replace(at, name.size(), "write_process");
        }
        file = written(folder, "new.yaml", changed);
        mapping = " --mapping " +
                  written(folder, "names.json",
                          "{\"states\": {\"draft_process\": \"write_process\"}}");
    }
    static void replace(std::string& text, const std::string& from, const std::string& to) {
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
    }
};

}  // namespace

TEST_CASE("migrate plan names what has no place, and with a mapping that all has one") {
    const Store store;
    const auto refused = run_tool("migrate plan " + store.file + " " + store.store);
    CHECK(refused.status == 1);
    CHECK(contains(refused.output,
                   "0 of 1 open dossiers of other versions of service_onboarding could move to "
                   "version 2."));
    CHECK(contains(refused.output, "service_onboarding/1 cannot be moved:"));
    CHECK(contains(refused.output, "- the dossier stands on 'draft_process', which version 2"));
    const auto planned = run_tool("migrate plan " + store.file + store.mapping + " " + store.store);
    CHECK(planned.status == 0);
    CHECK(contains(planned.output, "1 of 1 open dossiers"));
    const auto json = Json::parse(
        run_tool("migrate plan " + store.file + " --format json " + store.store).output);
    CHECK(json["dossiers"][0]["moves"] == false);
    CHECK(json["dossiers"][0]["because"][0]["code"] == "state-gone");
}

TEST_CASE("migrate apply moves the dossiers, and their history is told by each version") {
    const Store store;
    const std::string apply = "migrate apply " + store.file + store.mapping +
                              " --as lan --role operator --reason 'Decision 12' " + store.store;
    const auto moved = run_tool(apply);
    CHECK(moved.status == 0);
    CHECK(contains(moved.output, "1 of 1 open dossiers of other versions"));
    CHECK(contains(run_tool(apply).output, "0 of 0 open dossiers"));
    const auto history = run_tool("history service_onboarding/1 " + store.store);
    CHECK(history.status == 0);
    CHECK(contains(history.output, "moved from version 1 to version 2 of the procedure: Decision 12"));
    CHECK(run_tool("explain service_onboarding/1 " + store.store).status == 0);
    CHECK(run_tool("replay service_onboarding/1 " + store.store).status == 0);
    CHECK(run_tool("verify " + store.store).status == 0);
    CHECK(run_tool("changes " + store.store).status == 0);
    const auto shown = run_tool("show service_onboarding/1 " + store.store);
    CHECK(contains(shown.output, "(version 2)"));
}

TEST_CASE("a mapping that cannot be read says what is wrong with it") {
    const Store store;
    const auto with = [&](const std::string& json) {
        return run_tool("migrate plan " + store.file + " --mapping " +
                        written(store.folder, "bad.json", json) + " " + store.store);
    };
    CHECK(contains(with("{\"state\": {}}").errors, "the mapping has no member 'state'; it may have"));
    CHECK(contains(with("{\"restart\": \"x\"}").errors,
                   "'restart' of the mapping must be a list of ids"));
    CHECK(contains(with("{\"states\": {\"a\": null}}").errors,
                   "'states.a' of the mapping must be an id in quotes"));
    CHECK(contains(with("{").errors, "no JSON"));
    CHECK(with("[]").status == 1);
    CHECK(contains(run_tool("migrate plan " + store.file + " --instance service_onboarding/9 " +
                            store.store)
                       .errors,
                   "there is no instance 'service_onboarding/9'"));
}
