#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <set>

#include "patterns/pattern.hpp"

using namespace workflow::test;

namespace {

const std::vector<Pattern>& patterns() {
    static const std::vector<Pattern> played = play_patterns();
    return played;
}

constexpr const char* table_begins = "<!-- written by the test `patterns` -->\n";

}  // namespace

TEST_CASE("every pattern runs as its definition says") {
    for (const Pattern& pattern : patterns()) {
        INFO(pattern.folder << "\n" << pattern.failures);
        CHECK(pattern.failures.empty());
        CHECK(pattern.cases >= 2);
    }
}

TEST_CASE("all 43 control-flow and 10 time patterns are there, each with its rating") {
    std::set<std::string> numbers;
    std::set<std::string> direct;
    for (const Pattern& pattern : patterns()) {
        INFO(pattern.folder);
        numbers.insert(pattern.number);
        if (pattern.rating == "direct") direct.insert(pattern.number);
        CHECK((pattern.rating == "direct" || pattern.rating == "with help"));
        CHECK_FALSE(pattern.title.empty());
        CHECK_FALSE(pattern.construct.empty());
        CHECK(pattern.construct.rfind("rating:", 0) != 0);
    }
    for (int number = 1; number <= 43; ++number) CHECK(numbers.count(std::to_string(number)) == 1);
    for (int number = 1; number <= 10; ++number) {
        CHECK(numbers.count("TP" + std::to_string(number)) == 1);
    }
    std::erase_if(direct, [](const std::string& number) { return number.rfind("TP", 0) == 0; });
    CHECK(direct.size() >= 42);
}

// WORKFLOW_WRITE_TABLE=1 writes the table anew.
TEST_CASE("the table of README.md is what was run") {
    const auto path = patterns_folder() / "README.md";
    const std::string readme = content_of(path);
    const std::size_t begin = readme.find(table_begins);
    REQUIRE(begin != std::string::npos);
    const std::string wanted =
        readme.substr(0, begin) + table_begins + "\n" + table_of(patterns());
    if (std::getenv("WORKFLOW_WRITE_TABLE") != nullptr) {
        std::ofstream(path, std::ios::binary) << wanted;
    } else {
        CHECK(readme == wanted);
    }
}
