#include <catch2/catch.hpp>

#include "workflow/definition.hpp"
#include "workflow/graph.hpp"

using namespace workflow;

namespace {

std::shared_ptr<const Procedure> pictured() {
    return load_procedure(R"(procedure: p
version: 1
title: P
calendar: vn-state
roles: {officer: Officer}
data: {x: {type: boolean, default: true}}
outcomes: {done: Done}
states:
  split: {fork: [a, {when: x, to: b}]}
  a: {task: officer, one_at_a_time: desk, actions: {go: meet, more: {also_start: c}}}
  b: {task: officer, actions: {go_too: {to: meet, cancel: [c]}}}
  c: {task: officer, to: {end: none}}
  meet: {join: inclusive, to: both}
  both:
    parallel: {d: {task: officer}, e: {task: officer}}
    join: any
    others: keep
    one_at_a_time: room
    to: {end: done}
)",
                          "p.yaml")
        .procedure;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "a picture shows forks, what joins wait for, and what ways do beside their course [R30]") {
    REQUIRE(pictured() != nullptr);
    for (const bool dot : {true, false}) {
        CAPTURE(dot);
        const auto draw = [&](const char* language) {
            GraphOptions options;
            options.language = language;
            return dot ? to_dot(*pictured(), options) : to_mermaid(*pictured(), options);
        };
        const std::string english = draw("en");
        CHECK(holds(english, "waits for whoever can still"));
        // Mermaid writes punctuation as entities.
        CHECK(holds(english, "waits for 1"));
        CHECK(holds(english, "one at a time"));
        CHECK(holds(english, "room"));
        CHECK(holds(english, "desk"));
        CHECK(holds(english, "also starts"));
        CHECK(holds(english, "withdraws"));
        CHECK(holds(draw("vi"), "đồng thời mở"));
        CHECK_FALSE(holds(draw("vi"), "one at a time"));
    }
}
