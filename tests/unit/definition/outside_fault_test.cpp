// Faults in services, calls, several starts and fields of an inside: each key wrongly typed,
// misplaced, missing or unknown.
#include <catch2/catch.hpp>

#include "unit/definition/procedure_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

const std::string good = R"(procedure: test
version: 1
title: {en: Test, vi: Thử}
calendar: vn-state
roles: {officer: {en: Officer, vi: Chuyên viên}}
data: {code: text, phone: {type: text, sensitive: true}, debt: {type: integer, default: 0}}
output: [debt]
start:
  web: {fields: [code, phone], to: look_up}
  desk: {fields: [phone], to: work}
outcomes: {done: {en: Done, vi: Xong}}
states:
  look_up:
    service: register
    input: {number: code}
    result: {debt: integer}
    retry: {times: 3, first: 1 minute, factor: 2, longest: 1 hour}
    timeout: 2 hours
    errors: {not_found: work, otherwise: {set: {code: error.code}, to: work}}
    to: appraise
  appraise:
    call: other
    entry: web
    variant: large
    version: 2
    input: {number: code}
    result: [debt]
    outcomes: {fine: work, otherwise: {end: done}}
  work:
    data: {tries: {type: integer, default: 0}}
    states: {inner: {task: officer, actions: {try: {set: {tries: tries + 1}}, go: {end: done}}}}
)";

struct Fault {
    const char* from;
    const char* to;
    const char* finding;
};

}  // namespace

TEST_CASE("services, calls, several starts and local fields load without findings [R51] [R65]") {
    CHECK(findings_of(good).empty());
    for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
             {"    outcomes: {fine: work, otherwise: {end: done}}\n", ""},
             {"    outcomes: {fine: work, otherwise: {end: done}}\n", "    to: work\n"},
             {"otherwise: {end: done}}\n", "cancelled: work}\n    to: work\n"},
             {"    result: [debt]\n    outcomes: {fine: work, otherwise: {end: done}}\n",
              "    detached: true\n    to: work\n"},
             {"    errors: {not_found: work, otherwise: {set: {code: error.code}, to: work}}\n", ""},
         }) {
        CAPTURE(to);
        CHECK(findings_of(replaced(good, from, to)).empty());
    }
}

TEST_CASE("each fault in what is done outside is found at its place, with its mend [R65] [R67]") {
    for (const Fault& fault : std::vector<Fault>{
             {"service: register", "service: [register]", "not-an-id 14:14"},
             {"input: {number: code}\n    result: {debt", "input: [code]\n    result: {debt",
              "not-a-mapping 15:12"},
             {"{number: code}\n    result: {debt", "{number: cod}\n    result: {debt",
              "expression-unknown-name 15:21"},
             {"{number: code}\n    result: {debt", "{number: phone}\n    result: {debt",
              "sensitive-copied 15:21"},
             {"result: {debt: integer}", "result: {debt: text}", "field-type-differs 16:14"},
             {"result: {debt: integer}", "result: [phone]", "sensitive-result 16:13"},
             {"times: 3", "times: 0", "not-an-integer 17:20"},
             {"first: 1 minute", "first: 1 working hour", "limit-not-exact 17:30"},
             {"longest: 1 hour", "longst: 1 hour", "unknown-key 17:51"},
             {"timeout: 2 hours", "timeout: soon", "not-a-limit 18:14"},
             {"not_found: work", "not_found: wrk", "unknown-target 19:25"},
             {"not_found: work", "not_found: {notify: officer}", "way-leads-nowhere 19:25"},
             {"error.code", "error.cod", "expression-unknown-member 19:61"},
             {"error.code", "result.debt", "expression-unknown-name 19:55"},
             {"    to: appraise\n", "", "missing-key 13:3"},
             {"    service: register\n", "    service: register\n    task: officer\n",
              "two-kinds 13:3"},
             {"call: other", "call: Other", "not-an-id 22:11"},
             {"version: 2", "version: two", "not-an-integer 25:14"},
             {"otherwise: {end: done}}\n  work", "bad: {end: done}}\n  work",
              "call-outcomes-open 28:15"},
             {"version: 2", "detached: 3", "not-a-boolean 25:15"},
             {"version: 2", "detached: true\n    to: work", "detached-goes-on 28:13"},
             {"output: [debt]", "output: [phone]", "sensitive-result 7:9"},
             {"output: [debt]", "output: [dbt]", "unknown-field 7:10"},
             {"output: [debt]", "input: [debt]", "input-beside-entries 7:8"},
             {"fields: [phone], to: work", "fields: [phon], to: work", "unknown-field 10:19"},
             {"fields: [phone], to: work", "fields: [phone], end: done", "start-ends 10:32"},
             {"fields: [phone], to: work", "field: [phone], to: work", "unknown-key 10:10"},
             {"tries: {type: integer, default: 0}", "debt: integer", "name-not-free 30:12"},
             {"tries: {type: integer, default: 0}", "tries: {type: text, sensitive: true}",
              "sensitive-local 30:12"},
             {"set: {code: error.code}", "set: {tries: 1}", "field-of-inside 19:49"},
             {"code: error.code", "code: string(tries)", "expression-unknown-name 19:62"},
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
