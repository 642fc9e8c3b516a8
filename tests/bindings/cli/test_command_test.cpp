#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

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

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What python3 reads in JUnit's XML: suites, cases, failures, errors, then each case's name and
/// the text of what it failed by.
std::string parsed(const TemporaryFolder& folder, const std::string& xml) {
    write(
        folder, "read.py",
        "import sys, xml.etree.ElementTree as tree\n"
        "root = tree.parse(sys.argv[1]).getroot()\n"
        "print(root.tag, [root.get(key) for key in ('tests', 'failures', 'errors')])\n"
        "for suite in root.findall('testsuite'):\n"
        "    print('suite', [suite.get(key) for key in ('tests', 'failures', 'errors', 'time')])\n"
        "    for case in suite.findall('testcase'):\n"
        "        print(case.get('classname'), '|', case.get('name'))\n"
        "        for found in list(case):\n"
        "            print(found.tag, found.get('type'), '|', found.get('message'))\n"
        "            print(found.text)\n");
    const std::string command = "PYTHONIOENCODING=utf-8 python3 '" + folder.file("read.py") +
                                "' '" + xml + "' >'" + folder.file("read.txt") + "' 2>&1";
    return std::system(command.c_str()) == 0 ? read(folder.file("read.txt")) : "";
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

TEST_CASE("test finds the calendar beside the tests or beside their folder") {
    for (const char* place : {"calendars", "one/calendars"}) {
        CAPTURE(place);
        const TemporaryFolder elsewhere;
        std::string calendar = read(fixture("../../../procedures/calendars/vn-state.yaml"));
        calendar.replace(calendar.find("calendar: vn-state"), 18, "calendar: village");
        std::string own = procedure;
        own.replace(own.find("calendar: vn-state"), 18, "calendar: village");
        write(elsewhere, std::string(place) + "/any.yaml", calendar);
        write(elsewhere, "one/procedure.yaml", own);
        write(elsewhere, "one/tests.yaml", tests("states: [a]"));
        const auto result = run_tool("test '" + elsewhere.file("one") + "'");
        CHECK(result.status == 0);
        CHECK(contains(result.output, "holds  one/one: Once asked\n"));
    }
}

TEST_CASE("a start that is refused unexpectedly is a case that fails, and the others are played") {
    const TemporaryFolder folder;
    std::string guarded = procedure;
    guarded.replace(guarded.find("states:"), 7, "start: {to: a, when: 1 > 2}\nstates:");
    write(folder, "procedure.yaml", guarded);
    write(folder, "tests.yaml",
          tests("can: {an: [done]}") +
              "  two: {title: Two, given: {at: 2017-06-05 09:00, by: an, then: {refused: "
              "guard-false}}}\n");
    const auto result = run_tool("test '" + folder.file("") + "'");
    CHECK(result.status == 1);
    CHECK(contains(result.output,
                   "error[step-refused]: one, step 1 (an: given) is refused, "
                   "guard-false: "));
    CHECK(contains(result.output, "/two: Two\n"));
    CHECK(contains(result.output, "2 cases, 1 failed\n"));
    CHECK(result.errors.empty());
}

TEST_CASE("test writes JUnit's XML, a suite per file, that no text can break") {
    const TemporaryFolder folder;
    const std::string title = R"(A <b> & 'c' ]]> \"d\" \u0007 \uFFFE Xin nghỉ phép)";
    write(folder, "first/procedure.yaml", procedure);
    write(folder, "first/tests.yaml",
          "tests: ask\npeople: {an: {role: officer}}\ncases:\n  one:\n    title: \"" + title +
              "\"\n    given: {at: 2017-06-05 09:00, by: an, then: {states: []}}\n"
              "  two: {title: T, given: {at: 2017-06-05 09:00, by: an}}\n");
    write(folder, "second/procedure.yaml", procedure);
    write(folder, "second/tests.yaml", tests("states: [b]"));
    const std::string xml = folder.file("junit.xml");
    const auto result = run_tool("test '" + folder.file("") + "' --junit '" + xml + "'");
    CHECK(result.status == 1);
    CHECK(contains(result.output, "3 cases, 2 failed\n"));
    const std::string found = parsed(folder, xml);
    INFO(read(xml));
    CHECK(contains(found, "testsuites ['3', '1', '1']\nsuite ['2', '1', '0', '0']\n"));
    CHECK(contains(found, "first | one: A <b> & 'c' ]]> \"d\" "));
    CHECK(contains(found,
                   " Xin nghỉ phép\nfailure not-as-expected | one, step 1 (an: given): states "
                   "should be -, and is a\n"));
    CHECK(contains(found, "What happened:\n    2017-06-05 09:00  an: given  -> entered a\n"));
    CHECK(contains(found, "first | two: T\nsuite ['1', '0', '1', '0']\n"));
    CHECK(contains(found,
                   "second | tests.yaml\nerror unknown-state | the procedure has no state "
                   "'b'\n"));
    CHECK(contains(run_tool("test procedures/result_delivery --junit /nowhere/x.xml").errors,
                   "/nowhere/x.xml"));
}

TEST_CASE("test says what no case has seen, with its place, and draws it dashed and red") {
    const TemporaryFolder folder;
    write(folder, "ask/procedure.yaml", procedure);
    write(folder, "ask/tests.yaml", tests("states: [a]"));
    const auto result = run_tool("test '" + folder.file("") + "' --coverage");
    CHECK(result.status == 0);
    CHECK(contains(result.output,
                   "\nask: 1 of 1 states, 1 of 2 ways, 0 of 0 moments, 0 of 0 guards "
                   "both ways\n"));
    CHECK(contains(result.output, "/ask/procedure.yaml:7:26: way never taken: a: done\n"));
    CHECK_FALSE(contains(run_tool("test '" + folder.file("") + "'").output, "ways"));
    const auto vietnamese = run_tool("test '" + folder.file("") + "' --coverage --lang vi");
    CHECK(contains(vietnamese.output, "ask: 1/1 trạng thái, 1/2 hướng đi"));
    const auto json = run_tool("test '" + folder.file("") + "' --coverage --format json");
    CHECK(contains(json.output, "\"kind\": \"way\""));

    const auto drawn =
        run_tool("test '" + folder.file("") + "' --coverage-svg '" + folder.file("out") + "'");
    CHECK(drawn.status == 0);
    const std::string svg = read(folder.file("out/ask.svg"));
    CHECK(contains(svg, "#dc2626"));
    CHECK(contains(svg, "stroke-dasharray"));
    CHECK(contains(svg, "dashed and red"));
}

TEST_CASE("coverage may be required: of states, ways and moments, or of the guards as well") {
    const TemporaryFolder folder;
    std::string guarded = procedure;
    guarded.replace(guarded.find("to: {end: done}"), 15, "to: {when: 1 < 2, end: done}");
    write(folder, "procedure.yaml", guarded);
    write(folder, "tests.yaml", tests("states: [a]"));
    const std::string command = "test '" + folder.file("") + "' --require-coverage ";
    const auto lacking = run_tool(command + "ways");
    CHECK(lacking.status == 1);
    CHECK(
        contains(lacking.output, "1 procedures are not covered as required\n1 cases, 0 failed\n"));
    std::ofstream(folder.file("tests.yaml"), std::ios::app)
        << "    steps: [{by: an, do: done, then: {ended: done}}]\n";
    CHECK(run_tool(command + "ways").status == 0);
    const auto guards = run_tool(command + "all");
    CHECK(guards.status == 1);
    CHECK(contains(guards.output, "guard never false: a: done when 1 < 2\n"));
    CHECK(run_tool(command + "some").status == 2);
}
