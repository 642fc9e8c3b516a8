#include <catch2/catch.hpp>

#include "unit/scenario/fixture.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

/// It has neither the called one's roles and statuses nor its messages, but `note`.
const char* const caller = R"(procedure: licence
version: 1
title: Licence
calendar: vn-state
roles: {clerk: Clerk}
data: {name: text}
input: [name]
messages: {note: {fields: {text: text}}}
receive: {note: {notify: clerk}}
statuses: {r: Received, x: Examined}
states:
  open: {task: clerk, status: r, to: examination}
  examination: {call: examination, input: {subject: name}, result: {verdict: text}, status: x, to: close}
  close: {task: clerk, to: {end: done}}
outcomes: {done: {title: Done}}
)";

const char* const called = R"(procedure: examination
version: 1
title: Examination
calendar: vn-state
roles: {examiner: Examiner, leader: Leader}
data: {subject: text, verdict: {type: text, default: open}, divisor: {type: integer, default: 1}}
input: [subject]
output: [verdict]
messages:
  evidence: {fields: {text: text}}
  note: {fields: {text: text}}
  opinion: {key: subject, fields: {text: text}}
statuses: {e: Examined}
states:
  examine:
    task: examiner
    status: e
    sla: {limit: 3 working days, moments: {due: {notify: leader}}}
    actions:
      conclude: {fields: [verdict], end: concluded}
      count: computed
    after: {5 working days: computed}
    receive:
      evidence: {set: {verdict: message.text}}
      note: {set: {verdict: message.text}}
      opinion: {set: {verdict: message.text}}
  computed: {choice: [{when: 1 / divisor > 0, to: examine}, {otherwise: examine}]}
outcomes: {concluded: Concluded}
)";

LoadedScenarios loaded_both(const std::string& cases) {
    static const LoadedCalendar calendar = load_calendar_file(shipped("calendars/vn-state.yaml"));
    return load_scenarios(
        "tests: licence\npeople: {lan: {role: clerk}, an: {role: examiner}}\ncases:\n"
        "  one:\n    title: One\n"
        "    given: {at: 2017-06-05 09:00, by: lan, data: {name: x}}\n    steps:\n"
        "      - {by: lan, do: done, then: {states: [examination]}}\n" +
            cases,
        "tests.yaml", load_procedure(caller, "caller.yaml"), {calendar},
        {load_procedure(called, "called.yaml")});
}

/// The failures of that case, first line each.
Strings failures(const std::string& steps) {
    const LoadedScenarios read = loaded_both(steps);
    for (const Diagnostic& one : read.diagnostics) UNSCOPED_INFO(to_string(one));
    REQUIRE(read.scenarios != nullptr);
    Strings sentences;
    for (const ScenarioResult& result : play(*read.scenarios)) {
        for (const Diagnostic& one : result.failures) sentences.push_back(one.message());
    }
    return sentences;
}

Strings findings_of(const std::string& step) {
    Strings codes;
    for (const Diagnostic& one : loaded_both("      - " + step + "\n").diagnostics) {
        codes.push_back(one.code);
    }
    return codes;
}

}  // namespace

TEST_CASE("a message in a call goes to the called dossier, whatever the caller would do with it") {
    for (const char* message : {"evidence", "note"}) {
        CAPTURE(message);
        CHECK(failures(std::string("      - {in_call: examination, message: ") + message +
                       ", with: {text: seen}, then: {message: taken, data: {verdict: seen}}}\n"
                       "      - {then: {notified: []}}\n")
                  .empty());
    }
    CHECK(failures("      - {message: note, with: {text: seen}, then: {notified: [clerk]}}\n"
                   "      - {in_call: examination, then: {data: {verdict: open}}}\n")
              .empty());
    CHECK(failures("      - {in_call: examination, message: opinion, key: x, with: {text: agreed}, "
                   "then: {data: {verdict: agreed}}}\n")
              .empty());
}

TEST_CASE("what a step in a call expects is expected of the called dossier") {
    const std::string step =
        "      - {in_call: examination, by: an, do: conclude, with: {verdict: "
        "good}, then: {";
    for (const char* right : {"ended: concluded", "states: []", "data: {verdict: good, subject: x}",
                              "history: [examine]", "clocks: {examine: early}", "notified: []",
                              "status: e", "can: {an: []}"}) {
        CAPTURE(right);
        CHECK(failures(step + right + "}}\n").empty());
    }
    for (const char* wrong : {"ended: none", "states: [examine]", "data: {verdict: open}",
                              "history: []", "clocks: {examine: late}", "status: none"}) {
        CAPTURE(wrong);
        CHECK(failures(step + wrong + "}}\n").size() == 1);
    }
    CHECK(failures("      - {in_call: examination, then: {states: [examine], due: {examine: "
                   "2017-06-08}, todo: {an: [examine], lan: []}, can: {an: [conclude, count]}}}\n")
              .empty());
}

TEST_CASE("time passes in a call, too, and what ends meanwhile is seen as it ended") {
    CHECK(
        failures("      - {at: 3 working days, in_call: examination, then: {notified: [leader]}}\n"
                 "      - {in_call: examination, by: an, do: conclude, with: {verdict: good}}\n"
                 "      - {then: {states: [close], history: [close], status: x}}\n"
                 "      - {in_call: examination, then: {refused: not-waiting}}\n")
            .empty());
}

TEST_CASE("names in a call are those of the called procedure, and its roles are there for people") {
    CHECK(findings_of("{in_call: examination, then: {states: [open]}}") ==
          Strings{"unknown-state"});
    CHECK(findings_of("{in_call: examination, then: {notified: [clerk]}}") ==
          Strings{"unknown-role"});
    CHECK(findings_of("{in_call: examination, then: {status: x}}") == Strings{"unknown-status"});
    CHECK(findings_of("{then: {states: [examine]}}") == Strings{"unknown-state"});
    CHECK(findings_of("{in_call: examination, message: evidense}") == Strings{"unknown-message"});
    CHECK(findings_of("{in_call: close, then: {states: []}}") == Strings{"not-a-call"});
    CHECK(findings_of("{in_call: examination}") == Strings{"no-event"});
}

TEST_CASE("an incident in a called dossier fails a case that does not name it") {
    const std::string broken =
        "      - {in_call: examination, by: an, correct: {divisor: 0}}\n"
        "      - {in_call: examination, by: an, do: count";
    CHECK(failures(broken + "}\n").size() == 1);
    CHECK(failures(broken + ", then: {incidents: [cannot-evaluate]}}\n").empty());
    CHECK(failures("      - {in_call: examination, by: an, correct: {divisor: 0}}\n"
                   "      - {at: 2017-06-20 09:00, then: {states: [examination]}}\n") ==
          Strings{"one, examination/licence/one#2 opens an incident: cannot-evaluate"});
}

TEST_CASE("the timeline tells what happened in the called dossier, by its name") {
    const LoadedScenarios read = loaded_both(
        "      - {in_call: examination, by: an, do: conclude, with: {verdict: good}, then: {ended: "
        "none}}\n");
    REQUIRE(read.scenarios != nullptr);
    const std::string text = failure_text(play(*read.scenarios).front());
    CHECK(text.find("tests.yaml:9:") == 0);
    CHECK(text.find("one, step 3 (an: do conclude in examination): ended should be none, and is "
                    "concluded") != std::string::npos);
    CHECK(text.find("2017-06-05 09:00  an: do conclude in examination  -> entered close; in "
                    "examination: clock examine ended early; ended: concluded") !=
          std::string::npos);
}
