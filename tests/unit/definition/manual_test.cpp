#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "unit/definition/procedure_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream stream(WORKFLOW_SOURCE_DIR "/procedures/" + path);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the manual's first example loads without findings") {
    const std::string manual = content_of("README.md");
    const std::size_t begin = manual.find("```yaml\n") + 8;
    const std::string example = manual.substr(begin, manual.find("```", begin) - begin);
    CHECK(example.substr(0, 10) == "procedure:");
    CHECK(findings_of(example).empty());
}

TEST_CASE("faults of the onboarding procedure are found where an analyst would make them") {
    struct Fault {
        const char* from;
        const char* to;
        const char* code;
    };
    const std::string good = content_of("service_onboarding/procedure.yaml");
    for (const Fault& fault : std::vector<Fault>{
             {"i.outcome == 'objected'", "i.outcome == 'objectd'", "expression-no-option"},
             {"to: submit_to_leaders", "to: confirm", "target-out-of-reach"},
             {"to: legal_appraisal", "to: submit_to_leaders", "target-out-of-reach"},
             {"to: leaders_decision", "to: leader_decision", "unknown-target"},
             {"role: confirming_unit, for", "role: confirming_units, for", "unknown-role"},
             {"appraisal_limit\n", "appraisal_limits\n", "expression-unknown-name"},
             {"    end: published\n", "    end: publishd\n", "unknown-outcome"},
         }) {
        CAPTURE(fault.to);
        const std::string yaml = replaced(good, fault.from, fault.to);
        REQUIRE_FALSE(yaml.empty());
        const LoadedProcedure loaded = load_procedure(yaml, "p.yaml");
        REQUIRE_FALSE(loaded.diagnostics.empty());
        CHECK(loaded.diagnostics.front().code == fault.code);
        CHECK(loaded.procedure == nullptr);
    }
}

TEST_CASE("a file damaged at random is loaded or refused with a place, and never more") {
    const std::string good = content_of("service_onboarding/procedure.yaml");
    constexpr std::uint32_t seed = 20170425;
    std::uint32_t state = seed;
    const auto random = [&](std::size_t below) {  // xorshift32 (Marsaglia 2003)
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state % below;
    };
    const std::string_view pieces[] = {"[",  "{",  "}",    "]",    ":",  "- ",   "\n", "  ",
                                       "'",  "\"", "*a",   "&a ",  "!",  "|",    ">",  "#",
                                       "\t", "? ", "null", "\xc3", ", ", "---\n"};
    for (int round = 0; round < 200; ++round) {
        INFO("seed " << seed << ", round " << round);
        std::string yaml = good;
        for (std::size_t i = 0; i <= random(3); ++i) {
            const std::size_t at = random(yaml.size());
            if (random(2) == 0) {
                yaml.erase(at, random(20));
            } else {
                yaml.insert(at, pieces[random(std::size(pieces))]);
            }
        }
        const LoadedProcedure loaded = load_procedure(yaml, "p.yaml");
        CHECK((loaded.procedure == nullptr) == has_errors(loaded.diagnostics));
        const auto lines = static_cast<std::uint32_t>(std::count(yaml.begin(), yaml.end(), '\n'));
        for (const Diagnostic& finding : loaded.diagnostics) {
            CHECK(finding.place.line <= lines + 1);
            CHECK_FALSE(finding.mend().empty());
        }
    }
}
