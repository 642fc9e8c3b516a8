// Every "no" that a person can get: its code, its words, and that nothing was changed.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");
const Actor head = actor("chi", "head");

const char* const procedure_text = R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer, head: Head}
started_by: [officer]
input: [amount, day]
data: {amount: integer, day: optional date, reason: optional text}
variants: {}
states:
  work:
    task: officer
    actions:
      large: {when: amount > 100, end: done}
      refuse: {fields: [reason], end: done}
      detail: {fields: {count: integer, note: optional text}}
      review: {role: head, to: review}
  review: {task: head, to: {end: done}}
outcomes: {done: Done}
)";

Dossier started() {
    std::string text = procedure_text;
    text.erase(text.find("variants: {}\n"), 13);
    Dossier dossier(procedure_of(text));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"amount", 5}}) == "");
    return dossier;
}

}  // namespace

TEST_CASE("each refusal has its code, says the mend, and leaves the instance as it was") {
    Dossier dossier = started();
    const Instance before = dossier.instance;
    const auto when = "2017-06-05 10:00";
    struct Case {
        Actor who;
        const char* action;
        FieldValues fields;
        const char* code;
        const char* words;
    };
    const std::vector<Case> cases{
        {officer, "large", {}, "guard-false", "amount > 100"},
        {officer, "refuse", {}, "missing-field", "'reason'"},
        {officer, "refuse", {{"reason", ""}}, "missing-field", "'reason'"},
        {officer, "refuse", {{"reason", 3}}, "wrong-type", "text"},
        {officer,
         "refuse",
         {{"reazon", "x"}, {"reason", "x"}},
         "unknown-field",
         "the nearest is 'reason'"},
        {officer, "detail", {{"count", "three"}}, "wrong-type", "integer"},
        {officer, "review", {}, "not-your-role", "'head'"},
        {head, "refuse", {{"reason", "x"}}, "not-your-role", "'officer'"},
        {officer, "refus", {}, "unknown-action", "the nearest is 'refuse'"},
        {head, "done", {}, "not-possible-now", "'review'"},
        {officer,
         "refuse",
         {{"reason", std::string(limits::text_bytes_max + 1, 'x')}},
         "too-large",
         "'reason'"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.action, c.code);
        CHECK(dossier.perform(when, c.who, c.action, c.fields) == c.code);
        CHECK(dossier.refusal.reason().find(c.words) != std::string::npos);
        CHECK(!dossier.refusal.reason("vi").empty());
        CHECK(dossier.refusal.reason("vi") != dossier.refusal.reason("en"));
        CHECK(dossier.instance == before);
    }
    CHECK(dossier.perform(when, officer, "refuse", {}, 77U) == "no-such-work-item");
    CHECK(dossier.perform(when, officer, "refuse",
                          {{"reason", std::string(limits::text_bytes_max, 'x')}}) == "");
}

TEST_CASE(
    "a start is refused for the wrong role, missing, extra and mistyped data, an unknown variant") {
    std::string text = procedure_text;
    text.erase(text.find("variants: {}\n"), 13);
    Dossier dossier(procedure_of(text));
    const auto when = "2017-06-05 09:00";
    CHECK(dossier.start(when, head, {{"amount", 5}}) == "not-your-role");
    CHECK(dossier.start(when, officer, {}) == "missing-field");
    CHECK(dossier.start(when, officer, {{"amount", "five"}}) == "wrong-type");
    CHECK(dossier.start(when, officer, {{"amount", 5}, {"day", "2017-02-30"}}) == "wrong-type");
    CHECK(dossier.start(when, officer, {{"amount", 5}, {"extra", 1}}) == "unknown-field");
    CHECK(dossier.start(when, officer, {{"amount", 5}}, "moit") == "unknown-variant");
    CHECK(dossier.perform(when, officer, "refuse") == "not-started");
    CHECK(dossier.instance.status == Instance::Status::created);
    CHECK(dossier.start(when, officer, {{"amount", 5}, {"day", "2017-06-01"}}) == "");
    CHECK(to_string(dossier.data("day"), {}) == "2017-06-01");
    CHECK(dossier.start(when, officer, {{"amount", 5}}) == "already-started");
}

TEST_CASE("an action that matches several work items is refused as ambiguous and names them") {
    Dossier dossier(procedure_of(R"(
procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
states:
  both:
    each: {of: "[1, 2]", as: n}
    states:
      sign: {task: officer, to: {end: none}}
    to: {end: done}
outcomes: {done: Done}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.perform("2017-06-05 10:00", officer, "done") == "ambiguous");
    const std::string second = std::to_string(dossier.token_on("sign"));
    CHECK(dossier.refusal.reason().find(second) != std::string::npos);
    CHECK(dossier.perform("2017-06-05 10:00", officer, "done", {}, dossier.token_on("sign")) == "");
    CHECK(dossier.perform("2017-06-05 10:00", officer, "done") == "");  // only one is left
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("R69: permitted lists what the actor's roles reach, open or with the reason") {
    Dossier dossier = started();
    const auto list = permitted(*dossier.procedure, dossier.calendars, dossier.instance, officer,
                                at("2017-06-05 10:00"));
    REQUIRE(list.size() == 3);  // large, refuse, detail; review belongs to the head
    CHECK(list[0].refused == RefusalCode::guard_false);
    CHECK_FALSE(list[1].refused);
    CHECK_FALSE(list[2].refused);
    CHECK(permitted(*dossier.procedure, dossier.calendars, dossier.instance, actor("x", "nobody"),
                    at("2017-06-05 10:00"))
              .empty());
}

TEST_CASE("time never goes back within an instance") {
    Dossier dossier = started();
    REQUIRE(dossier.perform("2017-06-07 10:00", head, "review") == "");
    REQUIRE(dossier.perform("2017-06-06 10:00", head, "done") == "");
    CHECK(dossier.instance.last_now == at("2017-06-07 10:00"));
}

TEST_CASE(
    "a time that the calendar does not cover is refused, with its range, and nothing begins") {
    std::string text = procedure_text;
    text.erase(text.find("variants: {}\n"), 13);
    Dossier dossier(procedure_of(text));
    CHECK(dossier.start("1990-01-01 09:00", officer, {{"amount", 5}}) == "outside-calendar");
    CHECK(dossier.refusal.reason().find("vn-state") != std::string::npos);
    CHECK(dossier.instance.status == Instance::Status::created);
}
