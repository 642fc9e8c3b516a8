#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

#include "exchange/plain_text.hpp"
#include "unit/exchange/hostile_text.hpp"
#include "unit/exchange/walk.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

namespace {

/// The whole of what we write, line by line. A label holds no quote, bracket or any other sign that
/// Mermaid reads, but as an entity code.
const std::regex& line_pattern() {
    static const std::string label = R"("(?:[A-Za-z0-9 ,\x80-\xff]|#[0-9]+;|<br/>)+")";
    static const std::regex pattern(
        R"(flowchart (?:TB|LR)|)"
        R"( *subgraph g[0-9]+\[)" +
        label +
        R"(\]| *end|)"
        R"( *[a-z0-9]+(?:\(\()" +
        label + R"(\)\)|\()" + label + R"(\)|\[{1,2})" + label + R"(\]{1,2}|\{)" + label +
        R"(\}|\(\(\()" + label +
        R"(\)\)\))|)"
        R"( *[a-z0-9]+ (?:-->|-\.->|==>)(?:\|)" +
        label +
        R"(\|)? [a-z0-9]+|)"
        R"( *style [a-z0-9]+ [a-z0-9:,#-]+| *linkStyle [0-9,]+ [a-z0-9:,#-]+)");
    return pattern;
}

std::size_t count_lines(const std::string& mermaid) {
    std::istringstream lines(mermaid);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        INFO(line);
        CHECK(std::regex_match(line, line_pattern()));
    }
    return count;
}

}  // namespace

TEST_CASE("whatever a title holds, every line of the Mermaid text is one that we meant") {
    Model model = onboarding_model().model;
    const std::size_t lines = count_lines(to_mermaid(procedure_of(model)));
    for (const HostileText& hostile : hostile_texts()) {
        for (State& state : model.states) {
            state.title = text(hostile.text);
            for (Action& action : state.actions) action.title = text(hostile.text);
        }
        for (Role& role : model.roles) role.title = text(hostile.text);
        for (procedure::Outcome& outcome : model.outcomes) outcome.title = text(hostile.text);
        model.title = text(hostile.text);
        const std::string drawn = to_mermaid(procedure_of(model));
        CHECK(count_lines(drawn) == lines);
        CHECK(drawn.find(exchange::mermaid(hostile.shown)) != std::string::npos);
    }
}

TEST_CASE("signs that Mermaid reads are written as entity codes") {
    CHECK(exchange::mermaid("a \"b\"") == "a #34;b#34;");
    CHECK(exchange::mermaid("#1; <x>") == "#35;1#59; #60;x#62;");
    CHECK(exchange::mermaid("Rút đề xuất") == "Rút đề xuất");
}

TEST_CASE("the Mermaid text has the dossier's way, too") {
    const Onboarding o = onboarding_model();
    const Procedure procedure = procedure_of(o.model);
    const Trail trail = trail_of(procedure, walk_to_pilot(o));
    GraphOptions options;
    options.trail = &trail;
    options.language = "vi";
    const std::string drawn = to_mermaid(procedure, options);
    count_lines(drawn);
    CHECK(drawn.find("linkStyle ") != std::string::npos);
    CHECK(drawn.find("đang ở đây") != std::string::npos);
    CHECK(drawn.find("g0 -->|\"Rút đề xuất<br/>Đơn vị đề xuất\"| e0o2") != std::string::npos);
}
