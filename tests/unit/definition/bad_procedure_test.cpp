#include <catch2/catch.hpp>

#include "unit/definition/procedure_fixture.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

struct Fault {
    const char* from;  ///< of good_procedure
    const char* to;
    const char* finding;
};

void check(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) {
        CAPTURE(fault.from, fault.to);
        const std::string yaml = replaced(good_procedure, fault.from, fault.to);
        REQUIRE_FALSE(yaml.empty());
        const LoadedProcedure loaded = load_procedure(yaml, "p.yaml");
        CHECK(loaded.procedure == nullptr);
        CHECK(findings_of(yaml) == std::vector<std::string>{fault.finding});
        for (const Diagnostic& finding : loaded.diagnostics) {
            CHECK(finding.message("en") != finding.message("vi"));
            CHECK_FALSE(finding.mend("en").empty());
            CHECK(finding.message("en").find("{0}") == std::string::npos);
        }
    }
}

}  // namespace

TEST_CASE("the procedure of these tests has no fault of its own") {
    CHECK(findings_of(good_procedure).empty());
}

TEST_CASE("a fault in the head of a file is found at its place") {
    check({
        {"procedure: leave_request", "procedure: LeaveRequest", "not-an-id 1:12"},
        {"procedure: leave_request\n", "", "missing-key 1:1"},
        {"version: 1", "version: one", "not-an-integer 2:10"},
        {"version: 1", "version: 0", "not-an-integer 2:10"},
        {"version: 1", "verison: 1\nversion: 1", "unknown-key 2:1"},
        {"version: 1", "version: 1\nversion: 2", "duplicate-key 3:1"},
        {"version: 1", "version: 1\nvalid: {from: 2017-02-30}", "not-a-date 3:15"},
        {"version: 1", "version: 1\nvalid: {from: 2017-02-03, until: 2017-02-01}",
         "valid-backwards 3:34"},
        {"version: 1", "version: 1\nvalid: {form: 2017-02-03}", "unknown-key 3:9"},
        {"version: 1", "version: 1\nstatuses: {1: x, \"1\": y}", "duplicate-key 3:18"},
        {"approved: {en: Approved, vi: Đồng ý}",
         "approved: {title: {en: Approved, vi: Đồng ý}, status: 3}", "unknown-status 10:66"},
        {"vi: Xin nghỉ phép", "vi: Xin nghỉ, phép", "text-split-by-comma 3:46"},
        {"outcomes: {", "outcomes: {cancelled: x, ", "name-not-free 10:12"},
        {"input: [days", "input: [day", "unknown-field 9:9"},
        {"input: [days", "input: [days, days", "word-twice 9:15"},
        {"input: [days, units]", "input: days", "not-a-list 9:8"},
        {"type: optional limit, default: 2 working days", "type: limit, default: 2 workdays",
         "not-a-limit 6:51"},
        {"type: optional limit, default: 2 working days", "type: optional limit",
         "missing-key 6:28"},
        {"{decide_limit: 1 working day}", "{decide_limit: 1}", "not-a-limit 7:69"},
        {"{decide_limit: 1 working day}", "{decide: 1 day}", "unknown-parameter 7:55"},
        {"days: integer", "days: integr", "not-a-type 8:14"},
        {"days: integer", "days: list of optional list", "not-a-type 8:14"},
        {"days: integer", "days: {type: integer, default: x}", "not-an-integer 8:39"},
        {"days: integer", "days: {type: [a, b], default: c}", "not-one-of 8:38"},
        {"days: integer", "days: {type: date, default: 2017-02-30}", "not-a-date 8:36"},
        {"days: integer", "days: {type: instant, default: 2017-06-08 17:00}",
         "not-an-instant 8:39"},
        {"days: integer", "days: integer, decide_limit: text", "name-not-free 8:23"},
        {"days: integer", "days: integer, now: text", "name-not-free 8:23"},
        {"days: integer", "days: integer, on: text", "reserved-word 8:23"},
        {"days: integer", "days: integer, in: text", "name-not-free 8:23"},
    });
}

TEST_CASE("a fault in the states is found at its place [R4]") {
    check({
        {"  decide:\n", "  ask:\n", "duplicate-key 15:3"},
        {"    task: officer\n    to: decide\n",
         "    states:\n      decide: {task: officer, to: {end: none}}\n    to: decide\n",
         "state-twice 16:3"},
        {"  decide:\n", "  leave_request: {task: head, to: decide}\n  decide:\n",
         "name-not-free 15:3"},
        {"    task: officer\n", "    task: offcer\n", "unknown-role 13:11"},
        {"    task: officer\n", "    task: officer\n    wait: {}\n", "two-kinds 12:3"},
        {"    task: officer\n", "    service: officer\n    retry: {times: 0}\n", "not-an-integer 14:20"},
        {"    task: officer\n", "", "no-kind 12:3"},
        {"    to: decide\n", "", "task-without-way 12:3"},
        {"    to: decide\n", "    to: decid\n", "unknown-target 14:9"},
        {"    to: decide\n", "    to: {notify: head}\n", "way-leads-nowhere 14:9"},
        {"    to: decide\n", "    to: {to: decide, end: approved}\n", "to-and-end 14:27"},
        {"    to: decide\n", "    to: decide\n    set: {days: 1}\n", "unknown-key-among 15:5"},
        {"    to: decide\n", "    to: decide\n    when: true\n", "unknown-key-among 15:5"},
        {"    sla: decide_limit", "    sla: 30 workdays", "not-a-limit 17:10"},
        {"    sla: decide_limit", "    sla: -1 day", "not-a-limit 17:10"},
        {"    sla: decide_limit", "    sla: P5D", "not-a-limit 17:10"},
        {"    sla: decide_limit", "    sla: 3", "not-a-limit 17:10"},
        {"    sla: decide_limit", "    sla: {limt: 2 days}", "unknown-key 17:11"},
        {"    sla: decide_limit", "    sla: {moments: {due: {notify: head}}}", "missing-key 17:10"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, moments: {at noon: {notify: head}}}",
         "not-a-moment 17:36"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, moments: {0%: {notify: head}}}",
         "not-a-moment 17:36"},
        {"    sla: decide_limit", "    sla: {limit: 2 months, moments: {80%: {notify: head}}}",
         "share-of-months 17:38"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, moments: {due: {notify: haed}}}",
         "unknown-role 17:50"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, while_waiting: stop}",
         "not-a-policy 17:41"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, while_waiting: {paper: pause}}",
         "unknown-wait-reason 17:42"},
        {"    sla: decide_limit", "    after: {2 workdays: ask}", "not-a-limit 17:13"},
        {"    sla: decide_limit", "    after: {2 days: {to: ask, times: 3}}",
         "times-not-here 17:38"},
        {"    sla: decide_limit", "    receive: {paper: ask}", "no-messages 17:15"},
        {"    task: head", "    task: {role: head, not_by: aks}", "unknown-target 16:32"},
        {"    task: head", "    task: {role: head, not_by: [ask, 5]}", "unknown-task 16:38"},
        {"    task: head", "    task: {role: head, same_as: [ask]}", "unknown-task 16:33"},
        {"    to: decide\n", "    to: decide\n  pause: {wait: {when: days > 1}, to: decide}\n",
         "unreachable-state 15:3"},
        {"approve: {end: approved}", "approve: {end: approved, at_most: many}",
         "expression-unknown-name 19:41"},
        {"approve: {end: approved}", "approve: {end: approved, at_most: 0}",
         "uses-not-positive 19:41"},
        {"approve: {end: approved}", "approve: {end: approved, not_by: leave_request}",
         "unknown-target 19:40"},
        {"approve: {end: approved}", "approve: {end: approved, when: \"active('aks')\"}",
         "expression-unknown-subject 19:46"},
        {"approve: {end: approved}", "approve: {end: approved, when: \"times('decide_it') > 1\"}",
         "expression-unknown-subject 19:45"},
        {"return: {to: ask,", "ask: {to: ask, when: \"times('ask') < 3\",", "times-of-two 20:28"},
        {"approve: {end: approved}", "approve: {end: approved, when: \"late('ask')\"}",
         "expression-unknown-subject 19:44"},
        {"    task: head", "    task: head\n    status: x", "unknown-status 17:13"},
        {"approve: {end: approved}", "approve: {end: aproved}", "unknown-outcome 19:22"},
        {"approve: {end: approved}", "approve: {role: boss, end: approved}", "unknown-role 19:23"},
        {"approve: {end: approved}", "approve: {end: approved, fields: [dys]}",
         "unknown-field 19:41"},
        {"approve: {end: approved}", "approve: {end: approved, fields: {days: text}}",
         "field-type-differs 19:41"},
        {"approve: {end: approved}", "approve: {end: approved, may_also_act: head}",
         "escalation-not-here 19:46"},
        {"approve: {end: approved}", "approve: {end: approved, text: Hello}",
         "text-without-notify 19:38"},
        {"approve: {end: approved}", "approve: {end: approved, notify: head, text: 'Of {dayz}'}",
         "unknown-field 19:52"},
        {"approve: {end: approved}", "approve: {end: approved, set: {dais: 1}}",
         "unknown-field 19:38"},
        {"approve: {end: approved}", "approve: {end: approved, set: {units: []}}",
         "not-an-expression 19:45"},
        {"approve: {end: approved}", "approve: {end: approved, send: ask}", "not-a-mapping 19:38"},
        {"approve: {end: approved}", "approve: [{end: approved}]", "action-as-list 19:16"},
        {"approve: {end: approved}", "approve: {to: [{when: days < 3, end: approved}]}",
         "no-otherwise 19:22"},
        {"approve: {end: approved}", "approve: {to: [{otherwise: ask}, {otherwise: ask}]}",
         "otherwise-not-last 19:22"},
    });
}

TEST_CASE("a fault in an expression is found inside it") {
    const auto first = [](const char* from, const char* to) {
        const auto found = findings_of(replaced(good_procedure, from, to));
        return found.empty() ? std::string() : found.front();
    };
    const auto place = [](const std::string& finding) {
        return finding.substr(finding.find(' ') + 1);
    };
    CHECK(place(first("approve: {end: approved}", "approve: {when: dayz < 3, end: approved}")) ==
          "19:23");
    CHECK(place(first("approve: {end: approved}",
                      "approve: {when: 'days < dayz', end: approved}")) == "19:31");
    CHECK(place(first("approve: {end: approved}",
                      "approve:\n        when: >-\n          days < 3\n          && dayz\n"
                      "        end: approved")) == "22:14");
    CHECK(place(first("    sla: decide_limit", "    sla: decide_limt")) == "17:10");
}

TEST_CASE("names that exist only elsewhere are refused where they do not") {
    for (const char* name : {"fields", "items", "branches", "outcome", "actor", "item"}) {
        CAPTURE(name);
        const std::string sla = "    sla: {limit: 2 days, when: " + std::string(name) + " == null}";
        CHECK(findings_of(replaced(good_procedure, "    sla: decide_limit", sla)).size() == 1);
    }
}

TEST_CASE("several faults are found in one reading, in the order of the file") {
    std::string yaml = replaced(good_procedure, "version: 1", "version: x");
    yaml = replaced(yaml, "to: decide", "to: decid");
    yaml = replaced(yaml, "approved}\n      return", "aproved}\n      return");
    CHECK(findings_of(yaml) == std::vector<std::string>{"not-an-integer 2:10",
                                                        "unknown-target 14:9",
                                                        "unknown-outcome 19:22"});
}

TEST_CASE("warnings are told, and the procedure is loaded") {
    const std::string yaml = replaced(good_procedure, "head: {en: Head, vi: Trưởng phòng}",
                                      "head: {en: Head}, clerk: {en: Clerk, vi: Văn thư}");
    CHECK(findings_of(yaml) ==
          std::vector<std::string>{"missing-translation 5:56", "unused-role 5:68"});
    CHECK(load_procedure(yaml, "p.yaml").procedure != nullptr);
}

TEST_CASE("a clock around a wait must say what the wait does to it") {
    const auto with_sla = [](const std::string& sla) {
        return replaced(replaced(good_procedure, "states:\n", "sla: " + sla + "\nstates:\n"),
                        "    task: officer\n", "    task: officer\n    waiting_for: supplement\n");
    };
    CHECK(findings_of(with_sla("5 days")) == std::vector<std::string>{"wait-unstated 11:6"});
    CHECK(findings_of(with_sla("{limit: 5 days, while_waiting: pause}")).empty());
    CHECK(findings_of(with_sla("{limit: 5 days, while_waiting: {supplement: restart}}")).empty());
    CHECK(findings_of(with_sla("{limit: 2 months, while_waiting: pause}")) ==
          std::vector<std::string>{"months-cannot-pause 11:6"});
    CHECK(findings_of(with_sla("{limit: 2 months, while_waiting: continue}")).empty());
}

TEST_CASE("states nest to a limit and no deeper, even where aliases keep the YAML flat") {
    const auto codes_at_depth = [](std::size_t depth) {
        std::string yaml =
            "procedure: deep\nversion: 1\ntitle: x\ncalendar: c\noutcomes: {o: x}\n"
            "roles: {r: x}\nkept_aside:\n"
            "  a0: &a0 {task: r, to: {end: o}}\n";
        for (std::size_t i = 1; i < depth; ++i) {
            const std::string n = std::to_string(i);
            yaml += "  a" + n + ": &a" + n + " {states: {s" + n + ": *a" + std::to_string(i - 1) +
                    "}}\n";
        }
        return findings_of(yaml + "states: {top: *a" + std::to_string(depth - 1) + "}\n");
    };
    CHECK(codes_at_depth(limits::state_depth_max) ==
          std::vector<std::string>{"unknown-key-among 7:1"});
    for (const std::size_t depth : {limits::state_depth_max + 1, std::size_t{250}}) {
        const auto found = codes_at_depth(depth);
        REQUIRE(found.size() == 2);
        CHECK(found[1].substr(0, 15) == "states-too-deep");
    }
}

TEST_CASE("a fault in what starts, stops and moves a clock is found at its place") {
    check({
        {"    sla: decide_limit", "    sla: {limit: 2 days, due: now}", "limit-and-due 17:31"},
        {"    sla: decide_limit", "    sla: {due: now, moments: {50%: {notify: head}}}",
         "share-of-date 17:31"},
        {"    sla: decide_limit", "    sla: {due: 2 days}", "due-is-a-length 17:16"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, starts: {message: m}}",
         "no-messages 17:44"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, starts: {}}", "one-occasion 17:34"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, starts: ask}", "not-a-mapping 17:34"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, starts: {entered: asq}}",
         "unknown-target 17:44"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, starts: {left: decide}}",
         "clock-never-runs 17:41"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, stops: {entered: decide}}",
         "clock-never-runs 17:43"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, stops: {entred: ask}}",
         "unknown-key 17:34"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, stops: {performed: aprove}}",
         "unknown-action 17:45"},
        {"    sla: decide_limit", "    sla: {limit: 2 days, stops: {left: ask, date: now}}",
         "one-occasion 17:33"},
        {"    sla: decide_limit",
         "    sla: {limit: 2 days, moments: {every mondays: {notify: head}}}",
         "not-a-moment 17:36"},
        {"    sla: decide_limit",
         "    sla: {limit: 2 days, moments: {1 month before: {notify: head}}}",
         "months-before 17:36"},
        {"    sla: decide_limit",
         "    sla: {limit: 2 days, moments: {every monday: {notify: head, times: 2}}}",
         "times-not-here 17:72"},
        {"    sla: decide_limit", "    after: {every day: ask}", "not-a-recurring-date 17:13"},
        {"    sla: decide_limit", "    after: {every 0 days: ask}", "not-a-recurring-date 17:13"},
        {"    sla: decide_limit", "    calendar: []\n    sla: decide_limit", "not-a-text 17:15"},
        {"{end: approved}", "{end: approved, extend: {decid: 2 days}}", "unknown-clock 19:41"},
        {"{end: approved}", "{end: approved, extend: {decide: 2 days}}", "unit-mismatch 19:41"},
        {"{end: approved}", "{end: approved, extend: {decide: soon}}",
         "expression-unknown-name 19:49"},
        {"{end: approved}", "{end: approved, extend: {decide: 2 dayz}}", "not-a-limit 19:49"},
        {"{end: approved}", "{end: approved, extend: [decide]}", "not-a-mapping 19:40"},
        {"{end: approved}", "{end: approved, extend: {decide: 'true'}}", "wrong-result-type 19:49"},
        {"states:\n", "start: {to: ask, extend: {decide: 2 working days}}\nstates:\n",
         "extend-not-here 11:26"},
    });
}

TEST_CASE("a clock with a fixed date can neither be paused nor begin anew") {
    const std::string yaml =
        replaced(replaced(good_procedure, "    task: officer\n    to: decide\n",
                          "    task: officer\n    waiting_for: papers\n    to: decide\n"),
                 "states:\n", "sla: {due: now, while_waiting: pause}\nstates:\n");
    CHECK(findings_of(yaml) == std::vector<std::string>{"fixed-date-cannot-wait 11:6"});
}

TEST_CASE("as many fields and parameters as allowed are read, one more is not") {
    for (const char* section : {"data", "parameters"}) {
        const auto findings_with = [&](std::size_t names) {
            std::string yaml = replaced(good_procedure, "data: {days: integer, ", "data: {");
            yaml = replaced(yaml, "[days, units]", "[units]");
            const bool is_data = std::string_view(section) == "data";
            std::string list = is_data ? "data: {" : "parameters: {";
            for (std::size_t i = is_data ? 2 : 1; i < names; ++i) {
                list += "x" + std::to_string(i) +
                        (is_data ? ": text, " : ": {type: integer, default: 1}, ");
            }
            return findings_of(replaced(yaml, std::string(section) + ": {", list));
        };
        CHECK(findings_with(limits::names_max).empty());
        const auto found = findings_with(limits::names_max + 1);
        REQUIRE_FALSE(found.empty());
        CHECK(found.front().substr(0, 14) == "too-many-names");
    }
}

TEST_CASE("as many states as allowed are read, one more is not") {
    const auto procedure_of = [](std::size_t states) {
        std::string yaml =
            "procedure: long\nversion: 1\ntitle: x\ncalendar: c\noutcomes: {o: x}\n"
            "roles: {r: x}\nstates:\n";
        for (std::size_t i = 1; i < states; ++i) {  // the root is a state, too
            yaml += "  s" + std::to_string(i) + ": {task: r, to: " +
                    (i + 1 < states ? "s" + std::to_string(i + 1) : std::string("{end: o}")) +
                    "}\n";
        }
        return load_procedure(yaml, "p.yaml");
    };
    CHECK(procedure_of(limits::states_max).procedure != nullptr);
    const LoadedProcedure one_more = procedure_of(limits::states_max + 1);
    CHECK(one_more.procedure == nullptr);
    REQUIRE_FALSE(one_more.diagnostics.empty());
    CHECK(one_more.diagnostics.front().code == "too-many-states");
}

TEST_CASE("a file that is no procedure is refused") {
    CHECK(findings_of("[a, b]") == std::vector<std::string>{"not-a-mapping 1:1"});
    CHECK(findings_of("just words") == std::vector<std::string>{"not-a-mapping 1:1"});
    CHECK(findings_of("") == std::vector<std::string>{"empty-file 0:0"});
    const auto found = findings_of("a: 1");
    CHECK(found.size() == 7);
    CHECK(std::count(found.begin(), found.end(), "missing-key 1:1") == 6);
    CHECK(std::count(found.begin(), found.end(), "unknown-key-among 1:1") == 1);
    const LoadedProcedure absent = load_procedure_file("no/such/procedure.yaml");
    REQUIRE(absent.diagnostics.size() == 1);
    CHECK(absent.diagnostics[0].code == "unreadable-file");
    CHECK_THROWS_AS(procedure_or_throw(load_procedure("a: 1", "p.yaml")), DefinitionError);
}
