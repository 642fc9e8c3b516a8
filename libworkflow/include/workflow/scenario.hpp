// Examples that must hold of a procedure: who does what and when, and what is then so (tests.yaml).
// Each is played on an engine of its own over a memory store. Thread-safe functions over immutable
// values.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/definition.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow {

namespace scenario {
struct Script;
}

/// The cases of one file, every name resolved. Share it freely.
using Scenarios = std::shared_ptr<const scenario::Script>;

/// Nothing when a finding is an error; the findings, warnings included.
struct LoadedScenarios {
    Scenarios scenarios;
    Diagnostics diagnostics;
};

/// Never throws on bad input: what the procedure does not have (a state, action, clock, person or
/// code that is misspelt) is a finding with its place and the nearest name. `calendars` are those
/// that the procedure names; `called` are procedures that it calls;
/// `file` is only named in findings. DefinitionError when they have
/// errors; Error{not_found} when the procedure's own calendar is not given.
[[nodiscard]] LoadedScenarios load_scenarios(std::string_view yaml, const std::string& file,
                                             LoadedProcedure procedure,
                                             std::vector<LoadedCalendar> calendars,
                                             std::vector<LoadedProcedure> called = {});
/// The procedures that it calls are looked for as ID/procedure.yaml in the folder of the file and in
/// the one around it.
[[nodiscard]] LoadedScenarios load_scenarios_file(const std::filesystem::path& path,
                                                  LoadedProcedure procedure,
                                                  std::vector<LoadedCalendar> calendars);

/// How one case came out. What follows the first step that does not hold is not played.
struct ScenarioResult {
    std::string id;
    std::string title;
    std::size_t steps = 0;               ///< played, what is given included
    Diagnostics failures;                ///< of one step: what was expected and what was found
    std::vector<std::string> timeline;   ///< what happened up to it, one line a step
    std::vector<std::string> reasoning;  ///< day by day, of a due date that is another

    [[nodiscard]] bool holds() const { return failures.empty(); }
};

/// Every case in the order of the file; one that goes on from another begins where that ended.
/// Titles, timelines and reasoning are in `language`. Error{not_found} when a calendar by which a
/// part of the procedure counts was not given.
[[nodiscard]] std::vector<ScenarioResult> play(const scenario::Script& scenarios,
                                               std::string_view language = "en");

/// The failures in full, with timeline and reasoning; empty when the case holds.
[[nodiscard]] std::string failure_text(const ScenarioResult& result,
                                       std::string_view language = "en");

}  // namespace workflow
