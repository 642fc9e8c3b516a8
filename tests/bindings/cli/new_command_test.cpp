#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

}  // namespace

TEST_CASE("new writes a folder that validates, tests and draws without a change") {
    for (const std::string language : {"en", "vi"}) {
        CAPTURE(language);
        const TemporaryFolder folder;
        const std::string into = folder.file("");
        const auto written = run_tool("new leave_request --into " + into + " --lang " + language);
        CHECK(written.status == 0);
        const std::string made = folder.file("leave_request");
        const auto valid = run_tool("validate " + made + "/procedure.yaml");
        CHECK(valid.status == 0);
        CHECK_FALSE(contains(valid.output, "warning"));
        const auto tested = run_tool("test " + made);
        CHECK(tested.status == 0);
        CHECK(contains(tested.output, "4 cases, 0 failed\n"));
        const auto drawn = run_tool("graph --format svg " + made + "/procedure.yaml");
        CHECK(drawn.status == 0);
        CHECK(contains(drawn.output, "</svg>"));
        CHECK(contains(content(made + "/README.md"), "# leave_request\n"));
    }
}

TEST_CASE("new speaks Vietnamese in its comments, and the files are otherwise the same") {
    const TemporaryFolder folder;
    REQUIRE(run_tool("new leave --lang vi --into " + folder.file("")).status == 0);
    const std::string made = folder.file("leave");
    CHECK(contains(content(made + "/procedure.yaml"), "# Các vai trò tham gia."));
    CHECK(contains(content(made + "/tests.yaml"), "Các trường hợp phải đúng"));
    CHECK(contains(content(made + "/README.md"), "Căn cứ pháp lý"));
}

TEST_CASE("new touches nothing that is there, and refuses a name that no procedure can have") {
    const TemporaryFolder folder;
    const std::string into = " --into " + folder.file("");
    REQUIRE(run_tool("new leave" + into).status == 0);
    std::ofstream(folder.file("leave/procedure.yaml")) << "mine";
    const auto again = run_tool("new leave" + into);
    CHECK(again.status == 1);
    CHECK(contains(again.errors, "is there already"));
    CHECK(content(folder.file("leave/procedure.yaml")) == "mine");
    for (const std::string id : {"Leave", "../leave", "on", "check"}) {
        CAPTURE(id);
        const auto refused = run_tool("new " + id + into);
        CHECK(refused.status == 1);
        CHECK(contains(refused.errors, "'" + id + "'"));
        if (id != "../leave") CHECK_FALSE(std::filesystem::exists(folder.file(id)));
    }
}
