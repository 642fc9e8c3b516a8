#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

void write(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder.file(name);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

const char* const procedure =
    "procedure: ask\nversion: 1\ntitle: Ask\ncalendar: vn-state\nroles: {officer: Officer}\n"
    "states:\n  a: {task: officer, to: {end: done}}\noutcomes: {done: Done}\n";

std::string tests(const std::string& then) {
    return "tests: ask\npeople: {an: {role: officer}}\ncases:\n  one:\n    title: Once asked\n"
           "    given: {at: 2017-06-05 09:00, by: an, then: {" +
           then + "}}\n";
}

}  // namespace

TEST_CASE("test plays every tests.yaml below a folder, one line a case") {
    const auto result = run_tool("test procedures tests/patterns/01_sequence");
    CHECK(result.status == 0);
    CHECK(contains(result.output, "holds  service_onboarding/set_up: "));
    CHECK(contains(result.output, "holds  01_sequence/in_order: "));
    CHECK(contains(result.output, " cases, 0 failed\n"));
}

TEST_CASE("test tells a failure in full, plays the rest, and ends with status 1") {
    const TemporaryFolder folder;
    write(folder, "first/procedure.yaml", procedure);
    write(folder, "first/tests.yaml", tests("states: []"));
    write(folder, "second/procedure.yaml", procedure);
    write(folder, "second/tests.yaml", tests("states: [b]"));
    write(folder, "third/procedure.yaml", procedure);
    write(folder, "third/tests.yaml", tests("states: [a]"));
    const auto result = run_tool("test '" + folder.file("") + "'");
    CHECK(result.status == 1);
    CHECK(contains(result.output, "FAILS  first/one: Once asked\n"));
    CHECK(contains(result.output, "tests.yaml:6:50: error[not-as-expected]: "));
    CHECK(contains(result.output, "should be -, and is a\n"));
    CHECK(contains(result.output, "2017-06-05 09:00  an: given  -> entered a\n"));
    CHECK(contains(result.output, "error[unknown-state]: the procedure has no state 'b'"));
    CHECK(contains(result.output, "holds  third/one: Once asked\n"));
    CHECK(contains(result.output, "3 cases, 2 failed\n"));
    CHECK(contains(run_tool("test --lang vi '" + folder.file("") + "'").output,
                   "3 trường hợp, 2 sai\n"));
    const auto json = run_tool("test --format json '" + folder.file("") + "'");
    CHECK(json.status == 1);
    CHECK(contains(json.output, "\"failed\": 2"));
    CHECK(contains(json.output, "\"code\": \"not-as-expected\""));
    CHECK(contains(json.output, "\"holds\": true"));
}

TEST_CASE("test of a folder without a tests.yaml says so") {
    const TemporaryFolder folder;
    const auto result = run_tool("test '" + folder.file("") + "'");
    CHECK(result.status == 1);
    CHECK(contains(result.errors, "there is no tests.yaml below "));
}
