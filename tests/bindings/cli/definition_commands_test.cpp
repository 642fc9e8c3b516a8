#include <catch2/catch.hpp>
#include <fstream>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

}  // namespace

TEST_CASE("validate tells procedures and calendars apart by their first key") {
    const auto result =
        run_tool("validate " + fixture("licence.yaml") + " procedures/calendars/vn-state.yaml");
    CHECK(result.status == 0);
    CHECK(contains(result.output, "procedure licence, version 1: valid"));
    CHECK(contains(result.output, "calendar vn-state, version 1: valid"));
    CHECK(contains(result.output, "files: 2, errors: 0"));
}

TEST_CASE("validate prints every finding with its place, and ends with status 1") {
    const TemporaryFolder folder;
    const std::string file =
        written(folder, "bad.yaml", "procedure: bad\nversion: 1\ntitel: Bad\nstates: {}\n");
    const auto english = run_tool("validate " + file);
    CHECK(english.status == 1);
    CHECK(contains(english.output, "bad.yaml:3:1: error[unknown-key]: "));
    CHECK(contains(english.output, "'title'"));
    const auto vietnamese = run_tool("validate --lang vi " + file);
    CHECK(contains(vietnamese.output, "bad.yaml:3:1: lỗi[unknown-key]: "));
    CHECK(contains(vietnamese.output, "không hợp lệ"));
    const auto json = run_tool("validate --format json " + file);
    CHECK(json.status == 1);
    CHECK(contains(json.output, "\"valid\": false"));
    CHECK(contains(json.output, "\"code\": \"unknown-key\""));
    CHECK(contains(json.output, "\"line\": 3"));
}

TEST_CASE("a file that is neither a procedure nor a calendar is said to be so") {
    const TemporaryFolder folder;
    const auto result = run_tool("validate " + written(folder, "x.yaml", "# x\n\nnodes: a\n"));
    CHECK(result.status == 1);
    CHECK(contains(result.output, "x.yaml:3:1: error[unknown-definition]: "));
    const auto cases = run_tool("validate " + written(folder, "tests.yaml", "# x\n\ntests: a\n"));
    CHECK(cases.status == 1);
    CHECK(contains(cases.output, "workflow test "));
    const auto inside = run_tool("validate " + folder.file(""));
    CHECK(inside.status == 1);
    CHECK(contains(inside.output, "this is a folder; give its files"));
    const auto absent = run_tool("test " + folder.file("nothing"));
    CHECK(contains(absent.errors, "there is no '"));
}

TEST_CASE("a command that is misspelt, or behind its options, is said to be so") {
    const auto misspelt = run_tool("validat x.yaml");
    CHECK(misspelt.status == 2);
    CHECK(contains(misspelt.errors, "'validat' is no command; did you mean 'validate'"));
    CHECK(contains(run_tool("--lang vi validate x.yaml").errors, "options stand behind the command"));
    CHECK(contains(run_tool("validate --language vi x.yaml").errors, "it is called --lang"));
}

TEST_CASE("a calendar that is found nowhere is a warning, and one of the tool serves anywhere") {
    const TemporaryFolder folder;
    const std::string yaml =
        "procedure: p\nversion: 1\ntitle: P\ncalendar: vn-sate\nroles: {a: A}\n"
        "states: {ask: {task: a, to: {end: x}}}\noutcomes: {x: X}\n";
    const auto misspelt = run_tool("validate " + written(folder, "p.yaml", yaml));
    CHECK(misspelt.status == 0);
    CHECK(contains(misspelt.output, "p.yaml:4:1: warning[calendar-not-found]"));
    CHECK(contains(misspelt.output, "did you mean: vn-state"));
    std::string sound = yaml;
    sound.replace(sound.find("vn-sate"), 7, "vn-state");
    const std::string file = written(folder, "q.yaml", sound);
    const auto loaded = run_tool("load " + file + " --store sqlite:" + folder.file("d.db"));
    CHECK(loaded.status == 0);
    CHECK(contains(loaded.output, "vn-state"));
}

TEST_CASE("a file that cannot be read is a finding") {
    const auto result = run_tool("validate /nowhere/x.yaml");
    CHECK(result.status == 1);
    CHECK(contains(result.output, "/nowhere/x.yaml: error[unreadable-file]"));
}

TEST_CASE("graph draws DOT, Mermaid and SVG, and nothing of a hostile title is markup") {
    const std::string file = fixture("licence.yaml");
    const auto dot = run_tool("graph " + file + " --format dot");
    CHECK(dot.status == 0);
    CHECK(contains(dot.output, "digraph"));
    const auto mermaid = run_tool("graph " + file + " --format mermaid");
    CHECK(contains(mermaid.output, "flowchart"));
    const TemporaryFolder folder;
    const auto svg =
        run_tool("graph " + file + " --format svg -o '" + folder.file("graph.svg") + "'");
    CHECK(svg.status == 0);
    std::ifstream picture(folder.file("graph.svg"));
    const std::string text{std::istreambuf_iterator<char>(picture), {}};
    CHECK(contains(text, "</svg>"));
    CHECK_FALSE(contains(text, "<script>"));
    CHECK_FALSE(contains(dot.output + mermaid.output + text, "\x1b"));
}

TEST_CASE("svg without Graphviz says what to install") {
    const auto svg =
        run_tool("graph " + fixture("licence.yaml") + " --format svg", "PATH=/nowhere");
    CHECK(svg.status == 1);
    CHECK(svg.output.empty());
    CHECK(contains(svg.errors, "apt-get install graphviz"));
}
