#include "definition/reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

#include "workflow/definition.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::definition;

namespace {

constexpr std::array<std::string_view, 5> known{"title", "limit", "day", "count", "flag"};
constexpr std::array<std::string_view, 1> planned{"service"};

/// Reads one file of the keys above and gives its findings as `code line:column`.
std::vector<std::string> findings_of(std::string_view yaml) {
    Diagnostics diagnostics;
    const auto document = Document::parse(yaml, "p.yaml", diagnostics);
    if (document == nullptr) return {diagnostics.front().code};
    Findings findings(*document, diagnostics);
    try {
        const MappingReader reader(findings, document->root(), known, planned);
        if (const Node* node = reader.find("title")) (void)read_text(findings, *node);
        if (const Node* node = reader.find("limit")) (void)read_limit(findings, *node);
        if (const Node* node = reader.find("day")) (void)read_date(findings, *node);
        if (const Node* node = reader.find("count")) (void)read_integer(findings, *node, 0, 9);
        if (const Node* node = reader.find("flag")) (void)read_boolean(findings, *node);
    } catch (const TooManyFindings&) {  // the last of them says so
    }
    std::vector<std::string> result;
    for (const Diagnostic& diagnostic : diagnostics) {
        result.push_back(diagnostic.code + " " + std::to_string(diagnostic.place.line) + ":" +
                         std::to_string(diagnostic.place.column));
    }
    return result;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("each wrong key or value has its own finding at its place") {
    struct Case {
        const char* yaml;
        const char* finding;
    };
    for (const Case& line : std::vector<Case>{
             {"[a]", "not-a-mapping 1:1"},
             {"titel: a", "unknown-key 1:1"},
             {"zzzzzz: a", "unknown-key-among 1:1"},
             {"service: a", "not-available-yet 1:1"},
             {"on: a", "reserved-word 1:1"},
             {"Yes: a", "reserved-word 1:1"},
             {"<<: {title: a}", "merge-key 1:1"},
             {"title: {en: Set up, vi: Thiết lập, cài đặt}", "text-split-by-comma 1:36"},
             {"title: {en: Set up, vi: }", "not-a-text 1:21"},
             {"title: {english: Set up}", "not-a-language 1:9"},
             {"title: {no: Set up}", "reserved-word 1:9"},
             {"title: [a]", "not-a-text 1:8"},
             {"title: ''", "not-a-text 1:8"},
             {"limit: 30 workdays", "not-a-limit 1:8"},
             {"limit: -1 day", "not-a-limit 1:8"},
             {"limit: P5D", "not-a-limit 1:8"},
             {"limit: [1 day]", "not-a-limit 1:8"},
             {"day: 2017-02-29", "not-a-date 1:6"},
             {"count: 10", "not-an-integer 1:8"},
             {"count: '1'", "not-an-integer 1:8"},
             {"count: 1.0", "not-an-integer 1:8"},
             {"flag: yes", "not-a-boolean 1:7"},
             {"flag: 'true'", "not-a-boolean 1:7"},
         }) {
        CAPTURE(line.yaml);
        CHECK(findings_of(line.yaml) == Found{line.finding});
    }
    CHECK(findings_of("title: {en: a, vi: \"b, c\"}\nlimit: 1 day\nday: 2017-06-08\ncount: 9\n"
                      "flag: true\n") == Found{});
}

TEST_CASE("a misspelt key is mended by the nearest, a wrong limit by advice") {
    Diagnostics diagnostics;
    const auto document = Document::parse("titel: a\nlimit: 30 workdays\n", "p.yaml", diagnostics);
    Findings findings(*document, diagnostics);
    const MappingReader reader(findings, document->root(), known);
    CHECK_FALSE(read_limit(findings, *reader.require("limit")));
    CHECK(reader.require("day") == nullptr);
    REQUIRE(diagnostics.size() == 3);
    CHECK(diagnostics[0].mend() == "did you mean 'title'?");
    CHECK(diagnostics[1].mend() == "write a number and a unit, for example '30 working days'");
    CHECK(diagnostics[2].message() == "the key 'day' is missing");
}

TEST_CASE("a file full of faults gives a bounded number of findings") {
    std::string yaml;
    for (std::size_t i = 0; i < limits::diagnostics_max * 2; ++i) {
        yaml += "key" + std::to_string(i) + ": 1\n";
    }
    const Found found = findings_of(yaml);
    CHECK(found.size() == limits::diagnostics_max);
    CHECK(found.back().substr(0, 17) == "too-many-findings");
}

TEST_CASE("a name has small letters, digits and _, and 63 of them at most") {
    CHECK(is_id("it_setup2"));
    CHECK(is_id(std::string(63, 'a')));
    CHECK_FALSE(is_id(std::string(64, 'a')));
    for (const char* text : {"", "_a", "1a", "A", "a-b", "đ"}) CHECK_FALSE(is_id(text));
}

TEST_CASE("reading stops at as many findings as may be: names by the thousand cost no minutes") {
    // Each misspelt target is compared with each state.
    std::string yaml =
        "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\nroles: {officer: "
        "Officer}\noutcomes: {done: Done}\nstates:\n";
    for (std::size_t i = 0; i < limits::states_max - 1; ++i) {
        const std::string number = std::to_string(i);
        yaml += "  state_" + number + ": {task: officer, to: stat_" + number + "}\n";
    }
    const LoadedProcedure loaded = load_procedure(yaml, "test.yaml");
    CHECK(loaded.procedure == nullptr);
    REQUIRE(loaded.diagnostics.size() == limits::diagnostics_max);
    const auto last = std::find_if(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                                   [](const auto& one) { return one.code == "too-many-findings"; });
    REQUIRE(last != loaded.diagnostics.end());
    CHECK(last->place.line < 7 + limits::diagnostics_max + 1);
}
