// What the loader refuses, so that a sensitive value can always be erased.
#include <catch2/catch.hpp>

#include "workflow/definition.hpp"

using namespace workflow;

namespace {

std::string codes(const std::string& actions, const std::string& task = "task: officer") {
    const LoadedProcedure loaded = load_procedure(
        "procedure: test\nversion: 1\ntitle: Test\n"
        "calendar: vn-state\nroles: {officer: Officer}\n"
        "data:\n"
        "  phone: {type: text, sensitive: true}\n"
        "  phones: {type: list of text, sensitive: true}\n"
        "  known: {type: boolean, default: false}\n"
        "  copy: optional text\n"
        "states:\n  work:\n    " +
            task + "\n    actions:\n      " + actions +
            "\n      finish: {end: done}\n"
            "outcomes: {done: Done}\n",
        "test.yaml");
    std::string found;
    for (const Diagnostic& diagnostic : loaded.diagnostics) found += diagnostic.code + " ";
    return found;
}

}  // namespace

TEST_CASE("people may give a sensitive value, and a guard or a boolean may look at it") {
    CHECK(codes("give: {fields: [phone]}") == "");
    CHECK(codes("check: {when: phone != '', set: {known: \"phone == '113'\"}}") == "");
}

TEST_CASE("a sensitive value is neither computed nor copied") {
    CHECK(codes("take: {set: {phone: \"'113'\"}}") == "sensitive-set ");
    CHECK(codes("take: {set: {copy: phone}}") == "sensitive-copied ");
    CHECK(codes("take: {set: {copy: \"phone + '!'\"}}") == "sensitive-copied ");
    CHECK(codes("take: {fields: {pin: {type: text, sensitive: true}}, set: {copy: fields.pin}}") ==
          "sensitive-copied ");
    CHECK(codes("give: {fields: [phone]}", "task: {role: officer, for: phone}") ==
          "sensitive-copied ");
}
