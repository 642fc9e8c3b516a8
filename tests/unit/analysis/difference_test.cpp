#include "workflow/difference.hpp"

#include <catch2/catch.hpp>

#include "unit/analysis/analysis_fixture.hpp"
#include "unit/definition/procedure_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

using Sentences = std::vector<std::string>;

Sentences changed(const std::string& from, const std::string& to,
                  const std::string& language = "en") {
    const std::string file = replaced(good_procedure, from, to);
    Sentences said;
    for (const Change& change : differences(*loaded(good_procedure), *loaded(file))) {
        said.push_back(change.message(language));
    }
    return said;
}

}  // namespace

TEST_CASE("a version that says the same has no changes") {
    CHECK(changed("version: 1", "version: 2").empty());
}

TEST_CASE("each kind of change is said in words") {
    struct Case {
        const char* from;
        const char* to;
        Sentences said;
    };
    for (const Case& one : std::vector<Case>{
             {"default: 2 working",
              "default: 3 working",
              {"the parameter 'decide_limit' is 3 working days instead of 2 working days"}},
             {"sla: decide_limit",
              "sla: 4 working days",
              {"the limit 'decide' is 4 working days instead of decide_limit"}},
             {"    task: head",
              "    task: {role: head, not_by: ask}",
              {"who may do 'decide' beside its role: not_by ask instead of -"}},
             {"return: {to: ask, fields: [reason]}",
              "return: {to: ask, when: days > 3, fields: [reason]}",
              {"the action 'return' in 'decide' is possible when `days > 3` instead of `-`"}},
             {"refuse: {end: refused}",
              "refuse: {end: refused, fields: [reason]}",
              {"the action 'refuse' in 'decide' asks for reason: text instead of -"}},
             {"approve: {end: approved}",
              "approve: {end: approved}\n      again: ask",
              {"new action 'again' in 'decide': ask"}},
             {"reason: optional text",
              "reason: optional integer",
              {"the field 'reason' is of type optional integer instead of optional text",
               "the action 'return' in 'decide' asks for reason: integer instead of reason: text"}},
             {"    to: decide",
              "    to: check\n  check:\n    task: head\n    to: decide",
              {"the action 'done' in 'ask' leads to check instead of decide",
               "new state 'check' (task)"}},
             {"set: {decide_limit: 1 working day}",
              "set: {decide_limit: 2 days}",
              {"in the variant 'fast', 'decide_limit' is 2 days instead of 1 working day"}},
         }) {
        CAPTURE(one.to);
        CHECK(changed(one.from, one.to) == one.said);
    }
}

TEST_CASE("whatever a file says is told when it changes") {
    const std::string full = R"(procedure: full
version: 1
title: Full
languages: [en, vi]
calendar: vn-state
source: art. 1
roles: {a: {en: A, vi: A}, b: {en: B, vi: B}}
started_by: [a]
parameters: {time: {type: limit, default: 3 days, source: art. 2}}
data: {paid: {type: integer, default: 0}, name: {type: optional text, title: {en: Name, vi: Tên}}, note: optional text}
input: [name]
messages: {fee: {key: name, keep: true, fields: {amount: integer}}}
sla: {limit: 20 working days, while_waiting: {applicant: restart}, stops: {performed: [sign, reject]}, source: art. 3}
states:
  ask:
    title: {en: Ask, vi: Hỏi}
    task: a
    waiting_for: applicant
    actions:
      go: {title: {en: Go, vi: Đi}, fields: {note: text}, to: both}
      remind: {notify: a, text: {en: Hurry, vi: Nhanh lên}}
    receive: {fee: {set: {paid: message.amount}, to: both}}
  both:
    parallel: {one: {task: a}, two: {task: b}}
    to: sign_it
  sign_it:
    task: b
    sla: {limit: time, moments: {due: {notify: a, may_also_act: a}}}
    actions: {sign: {end: x}, reject: {end: y, source: art. 4}}
outcomes: {x: {en: Granted, vi: Đồng ý}, y: {en: Refused, vi: Từ chối}}
)";
    const auto before = loaded(full);
    CHECK(differences(*before, *loaded(full)).empty());
    for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
             {"title: Full", "title: Whole"},
             {"languages: [en, vi]\n", "languages: [vi, en]\n"},
             {"source: art. 1", "source: art. 9"},
             {"a: {en: A, vi: A}", "a: {en: Minister, vi: A}"},
             {"started_by: [a]", "started_by: [a, b]"},
             {"source: art. 2", "source: art. 9"},
             {"default: 0}", "default: 5}"},
             {"note: optional text}\n", "note: {type: optional text, sensitive: true}}\n"},
             {"{en: Name, vi", "{en: Full name, vi"},
             {"input: [name]", "input: [name, note]"},
             {"key: name, keep: true", "key: note, keep: true"},
             {"keep: true, ", ""},
             {"{amount: integer}", "{amount: integer, date: optional date}"},
             {"applicant: restart", "applicant: pause"},
             {"[sign, reject]", "[sign]"},
             {"source: art. 3", "source: art. 9"},
             {"{en: Ask, vi", "{en: Ask again, vi"},
             {"{en: Go, vi", "{en: Go on, vi"},
             {"{note: text}", "{note: optional text}"},
             {"remind: {notify: a,", "remind: {notify: b,"},
             {"{en: Hurry, vi", "{en: Please, vi"},
             {"message.amount", "0"},
             {"two: {task: b}}", "two: {task: b}}\n    join: any\n    others: cancel"},
             {"notify: a, may_also_act: a", "notify: a"},
             {"source: art. 4", "source: art. 9"},
             {"{en: Granted, vi", "{en: Given, vi"},
         }) {
        CAPTURE(from, to);
        const std::string file = replaced(full, from, to);
        REQUIRE_FALSE(file.empty());
        CHECK_FALSE(differences(*before, *loaded(file)).empty());
    }
}

TEST_CASE("what is removed is said, at its place in the old file") {
    const std::string file =
        replaced(good_procedure, "      return: {to: ask, fields: [reason]}\n", "");
    const auto changes = differences(*loaded(good_procedure), *loaded(file));
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].message("en") == "the action 'return' in 'decide' is gone");
    CHECK(changes[0].message("vi") == "bỏ thao tác 'return' tại 'decide'");
    CHECK(changes[0].place.line == 20);
}

TEST_CASE("a text of a file cannot break the sentence that quotes it") {
    const std::string file =
        replaced(good_procedure, "return: {to: ask,", "return: {to: ask, when: \"'\\e' == ''\",");
    const auto changes = differences(*loaded(good_procedure), *loaded(file));
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].message("en").find('\x1b') == std::string::npos);
}
