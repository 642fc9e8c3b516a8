#include <algorithm>
#include <catch2/catch.hpp>

#include "unit/analysis/analysis_fixture.hpp"
#include "unit/definition/procedure_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

using Sentences = std::vector<std::string>;

Sentences errors_of(const std::string& lines, const std::string& language = "en") {
    Sentences found;
    for (const Diagnostic& finding : load_procedure(analysed_file(lines), "p.yaml").diagnostics) {
        if (finding.severity == Severity::error) {
            found.push_back(finding.code + ": " + finding.message(language));
        }
    }
    return found;
}

const std::string two_limits = R"(
states:
  one: {task: a, sla: 30 working days, to: two}
  two: {task: b, sla: 15 working days, actions: {yea: {end: x}, nay: {end: y}}}
)";

}  // namespace

TEST_CASE(
    "a path whose limits come to the total is fine, and one day more is an error with the path") {
    CHECK(errors_of("total: 45 working days" + two_limits).empty());
    CHECK(errors_of("total: 44 working days" + two_limits) ==
          Sentences{"total-exceeded: one 30 + two 15 come to 45 working days, and the total is "
                    "44 working days"});
    CHECK(
        errors_of("total: 44 working days" + two_limits, "vi") ==
        Sentences{"total-exceeded: one 30 + two 15 cộng lại là 45 working days, trong khi tổng là "
                  "44 working days"});
}

TEST_CASE("the finding stands where the total does") {
    const auto loaded_file = load_procedure(
        analysed_file("total: {limit: 1 working day, source: Law 1}" + two_limits), "p.yaml");
    REQUIRE(loaded_file.diagnostics.size() == 1);
    CHECK(loaded_file.diagnostics.front().place == Place{"p.yaml", 7, 16});
    CHECK(loaded_file.procedure == nullptr);
}

TEST_CASE("limits of another unit are no part of the total") {
    CHECK(errors_of("total: 44 days" + two_limits).empty());
    CHECK(errors_of(R"(total: 2 weeks
states:
  one: {task: a, sla: 2 weeks, to: two}
  two: {task: b, sla: 1 day, actions: {yea: {end: x}, nay: {end: y}}}
)") == Sentences{"total-exceeded: one 14 + two 1 come to 15 days, and the total is 2 weeks"});
}

TEST_CASE("a loop counts once against the total") {
    CHECK(errors_of(R"(total: 5 days
states:
  one: {task: a, sla: 2 days, to: two}
  two: {task: b, sla: 3 days, actions: {yea: {end: x}, nay: {end: y}, back: one}}
)")
              .empty());
}

TEST_CASE("where there are more paths than can be followed a total is not sure") {
    const auto found = [](const std::string& total, const std::string& at_most) {
        return load_procedure(analysed_file(total + R"(
states:
  ask: {task: a, sla: 1 day, actions: {send: decide}}
  decide: {task: b, actions: {yea: {end: x}, nay: {end: y}, again: {to: ask, at_most: )" +
                                            at_most + "}}}\n"),
                              "p.yaml")
            .diagnostics;
    };
    CHECK(found("total: 5 working days", "2000").empty());
    const Diagnostics warned = found("total: 5 working days", "2000000");
    REQUIRE(warned.size() == 1);
    CHECK(warned.front().code == "total-not-sure");
    CHECK(warned.front().severity == Severity::warning);
    const Diagnostics exceeded = found("total: 5 days", "2000000");
    REQUIRE(exceeded.size() == 1);
    CHECK(exceeded.front().code == "total-exceeded");
    const std::string path = exceeded.front().arguments.front();
    CHECK(path.starts_with("ask 1 + ask 1 + "));
    CHECK(path.find(" + ... + ") != std::string::npos);
    CHECK(path.size() < 200);
}

TEST_CASE("each variant has its limits, and may have its total") {
    const std::string states = R"(
states:
  one: {task: a, sla: time, actions: {yea: {end: x}, nay: {end: y}}}
)";
    const std::string variants = R"(
parameters: {time: {type: limit, default: 5 days}, whole: {type: limit, default: 5 days}}
variants: {slow: {title: Slow, set: {time: 6 days}}})";
    CHECK(
        errors_of("total: 5 days" + variants + states) ==
        Sentences{"total-exceeded-in-variant: in the variant 'slow' one 6 come to 6 days, and the "
                  "total is 5 days"});
    const std::string both = replaced(variants, "set: {", "set: {whole: 6 days, ");
    CHECK(errors_of("total: whole" + both + states).empty());
}

TEST_CASE("a total that depends on data is refused") {
    CHECK(errors_of(R"(total: time
data: {time: limit}
input: [time]
states:
  one: {task: a, actions: {yea: {end: x}, nay: {end: y}}}
)") == Sentences{"total-not-fixed: the total depends on more than parameters"});
}

TEST_CASE("a key of a total that is none is refused") {
    const auto findings =
        load_procedure(analysed_file("total: {limits: 1 day}" + two_limits), "p.yaml").diagnostics;
    CHECK(std::any_of(findings.begin(), findings.end(),
                      [](const Diagnostic& one) { return one.code == "unknown-key"; }));
}
