// Faults in messages: each key wrongly typed, misplaced, missing or unknown.
#include <catch2/catch.hpp>

#include "unit/definition/procedure_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

// Line 4 declares the messages; `wait` takes one, `tell` sends one.
const std::string good = R"(procedure: test
version: 1
title: {en: Test, vi: Thử}
messages: {paid: {key: code, keep: true, fields: {amount: integer, by: optional text}}, news: {broadcast: true}}
calendar: vn-state
roles: {officer: {en: Officer, vi: Chuyên viên}}
data: {code: text, phone: {type: text, sensitive: true}}
input: [code, phone]
outcomes: {done: {en: Done, vi: Xong}}
states:
  wait:
    receive: {paid: {when: message.amount > 0, to: tell}, news: {to: tell}}
  tell:
    task: officer
    actions:
      go: {end: done, send: {message: paid, key: code, with: {amount: 3}}}
)";

struct Fault {
    const char* from;
    const char* to;
    const char* finding;
};

}  // namespace

TEST_CASE("a procedure that takes and sends messages loads without findings [R60]") {
    CHECK(findings_of(good).empty());
    for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
             {"key: code, with", "instance: code, with"},
             {"key: code, with", "key: code, instance: code, with"},
             {"send: {message: paid, key: code, with: {amount: 3}}", "send: {message: news}"},
             {"send: {message: paid, key: code, with: {amount: 3}}",
              "send: [{message: news}, {message: paid, key: code, with: {amount: 3, by: code}}]"},
             {"news: {to: tell}", "news: {set: {code: code}}"},
             {"news: {broadcast: true}", "news: {broadcast: true, title: {en: News, vi: Tin}}"},
         }) {
        CAPTURE(to);
        CHECK(findings_of(replaced(good, from, to)).empty());
    }
}

TEST_CASE("each fault in a message is found at its place, with its mend [R60] [R61]") {
    for (const Fault& fault : std::vector<Fault>{
             {"    task: officer\n",
              "    task: officer\n    sla: {limit: 2 days, starts: {message: payd}}\n",
              "unknown-message 15:44"},
             {"news: {to: tell}}", "}\n    sla: {limit: 2 days, stops: {message: news}}",
              "occasion-not-received 13:43"},
             {"messages: {paid: {key: code, keep: true, ", "messages: {paid: {keys: code, ",
              "unknown-key 4:19"},
             {"key: code, keep: true", "key: 1", "wrong-result-type 4:24"},
             {"key: code, keep: true", "key: codes", "expression-unknown-name 4:24"},
             {"key: code, keep: true", "key: phone", "sensitive-copied 4:24"},
             {"keep: true", "keep: often", "not-a-boolean 4:36"},
             {"broadcast: true", "broadcast: 1", "not-a-boolean 4:107"},
             {"keep: true", "keep: true, broadcast: true", "keep-and-broadcast 4:53"},
             {"amount: integer", "amount: integr", "not-a-type 4:59"},
             {"amount: integer", "amount: integer, phone: text", "sensitive-in-message 4:50"},
             {"amount: integer", "amount: integer, code: integer", "field-type-differs 4:68"},
             {"{paid: {when", "{payd: {when", "unknown-message 12:15"},
             {"message.amount > 0", "message.amont > 0", "expression-unknown-member 12:36"},
             {"message.amount > 0", "fields.amount > 0", "expression-unknown-name 12:28"},
             {"{to: tell}}", "[to, tell]}", "not-a-mapping 12:66"},
             {"news: {to: tell}}", "news: {to: tel}}", "unknown-target 12:70"},
             {"message: paid, key", "messag: paid, key", "unknown-key 16:30"},
             {"message: paid, key", "message: pad, key", "unknown-message 16:39"},
             {"key: code, with", "with", "send-to-nobody 16:29"},
             {"key: code, with", "key: 5, with", "wrong-result-type 16:50"},
             {"key: code, with", "instance: phone, with", "sensitive-copied 16:55"},
             {"{amount: 3}", "{amout: 3}", "message-field-missing 16:29"},
             {"{amount: 3}", "{amount: code}", "expression-result 16:71"},
             {", with: {amount: 3}", "", "message-field-missing 16:29"},
             {"{amount: 3}", "[3]", "not-a-mapping 16:62"},
             {"{message: paid, key: code, with: {amount: 3}}", "paid", "not-a-mapping 16:29"},
         }) {
        CAPTURE(fault.from, fault.to);
        const std::string yaml = replaced(good, fault.from, fault.to);
        REQUIRE_FALSE(yaml.empty());
        const LoadedProcedure loaded = load_procedure(yaml, "p.yaml");
        CHECK(loaded.procedure == nullptr);
        const auto found = findings_of(yaml);
        REQUIRE_FALSE(found.empty());
        CHECK(found.front() == fault.finding);
        for (const Diagnostic& finding : loaded.diagnostics) {
            CHECK(finding.message("en") != finding.message("vi"));
            CHECK_FALSE(finding.mend("en").empty());
            CHECK(finding.message("en").find("{0}") == std::string::npos);
        }
    }
}

TEST_CASE("waiting for a message or a time is said without wait, and the mend says how [R60]") {
    for (const auto& [wait, place] :
         {std::pair("{message: paid}", "13:21"), std::pair("{for: 2 days}", "13:17")}) {
        CAPTURE(wait);
        const std::string yaml =
            replaced(good_procedure, "task: officer\n", "wait: " + std::string(wait) + "\n");
        CHECK(findings_of(yaml).front() == "wait-said-otherwise " + std::string(place));
    }
    CHECK(findings_of(replaced(good_procedure, "    task: officer\n", "    receive: {a: decide}\n"))
              .front() == "no-messages 13:15");
    CHECK(findings_of(replaced(good_procedure, "input: [days, units]",
                               "input: [days, units]\nmessages: [a]"))
              .front() == "not-a-mapping 10:11");
}
