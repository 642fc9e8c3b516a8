// A small procedure with all that tests.yaml can speak of, and its tests as text. Pure.
#pragma once

#include <string>
#include <vector>

#include "support/dossier.hpp"
#include "workflow/scenario.hpp"

namespace workflow::test {

inline const char* const licence = R"(procedure: licence
version: 1
title: Licence
calendar: vn-state
roles: {officer: Officer, clerk: Clerk, leader: Leader}
parameters: {limit_of_check: {type: limit, default: 2 working days}}
variants: {slow: {title: Slow, set: {limit_of_check: 4 working days}}}
data:
  name: text
  units: {type: list of text, default: []}
  note: optional text
  divisor: {type: integer, default: 1}
messages:
  remark: {fields: {text: text}}
  answer: {key: name, keep: true, fields: {note: optional text}}
  closed: {broadcast: true}
input: [name]
start: {to: check, when: name != 'nobody'}
actions: {withdraw: {role: clerk, end: withdrawn}}
receive: {closed: {end: withdrawn}}
states:
  check:
    task: officer
    sla:
      limit: limit_of_check
      moments: {due: {notify: leader}, 1 working day before: {notify: officer}}
    actions:
      pass: {to: opinions, fields: [units]}
      count: {fields: {times: integer}, to: computed}
      ask: {send: [{message: answer, key: name, with: {note: "'asked'"}}, {message: closed, instance: "'licence/other'"}], to: asked}
  asked: {receive: {answer: {to: check}}, actions: {back: {role: officer, to: check}}}
  computed: {choice: [{when: 10 / divisor > 1, to: opinions}, {otherwise: check}]}
  opinions:
    each: {of: units, as: unit}
    states:
      opinion: {task: {role: officer, for: unit}, one_at_a_time: seal, to: {end: given}}
    to: {end: done}
outcomes: {done: Done, withdrawn: Withdrawn}
)";

/// The head of a tests.yaml with people; `cases` is indented by two.
inline std::string tests_of(const std::string& cases) {
    return R"(tests: licence
people:
  an:   {role: officer, unit: [culture, sports]}
  binh: {role: officer, unit: sports}
  lan:  {role: [clerk, leader]}
cases:
)" + cases;
}

/// The tests of a procedure that counts by the state's calendar.
inline LoadedScenarios loaded(const std::string& tests, const std::string& procedure = licence) {
    static const LoadedCalendar calendar = load_calendar_file(shipped("calendars/vn-state.yaml"));
    return load_scenarios(tests, "tests.yaml", load_procedure(procedure, "licence.yaml"),
                          {calendar});
}

/// Findings as `line:column code nearest`, in the order of the file.
inline std::vector<std::string> findings(const std::string& tests) {
    std::vector<std::string> lines;
    for (const Diagnostic& one : loaded(tests).diagnostics) {
        std::string line = std::to_string(one.place.line) + ":" + std::to_string(one.place.column) +
                           " " + one.code;
        if (!one.arguments.empty()) line += " " + one.arguments.back();
        lines.push_back(line);
    }
    return lines;
}

}  // namespace workflow::test
