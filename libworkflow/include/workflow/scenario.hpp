// Examples that must hold of a procedure: who does what and when, and what is then so (tests.yaml).
// Each is played on an engine of its own over a memory store. Thread-safe functions over immutable
// values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/definition.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

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
/// The procedures that it calls, and those that these call, each looked for as ID/procedure.yaml in
/// the folder of the tests and in the one around it; one that is not there is left out.
[[nodiscard]] std::vector<LoadedProcedure> called_procedures(const std::filesystem::path& tests,
                                                             const LoadedProcedure& procedure);
/// With the procedures that `called_procedures` finds.
[[nodiscard]] LoadedScenarios load_scenarios_file(const std::filesystem::path& path,
                                                  LoadedProcedure procedure,
                                                  std::vector<LoadedCalendar> calendars);

/// How one case came out. What follows the first step that does not hold is not played.
struct ScenarioResult {
    std::string id;
    std::string title;
    std::size_t steps = 0;                ///< played, what is given included
    Diagnostics failures;                 ///< of one step: what was expected and what was found
    std::vector<std::string> timeline;    ///< what happened up to it, one line a step
    std::vector<std::string> objections;  ///< why actions are not open that should be
    std::vector<std::string> reasoning;   ///< day by day, of a due date that is another

    [[nodiscard]] bool holds() const { return failures.empty(); }
};

/// Every case in the order of the file; one that goes on from another begins where that ended.
/// Titles, timelines and reasoning are in `language`. Error{not_found} when a calendar by which a
/// part of the procedure counts was not given.
[[nodiscard]] std::vector<ScenarioResult> play(const scenario::Script& scenarios,
                                               std::string_view language = "en");

/// A part of a procedure, and whether some case has come by it.
struct CoveredPart {
    enum class Kind : std::uint8_t {
        state,   ///< seen: entered
        way,     ///< of an action, a message, an outcome, an error, a choice ...: taken
        moment,  ///< of a clock, or a timer: its way was taken
        guard,   ///< seen: it held; seen_false: it did not hold
    };
    Kind kind{};
    std::string name;  ///< `check: pass, choice 2 (to opinions)`
    Place place;
    bool seen = false;
    bool seen_false = false;

    [[nodiscard]] bool is_covered() const;
};

/// What the cases have seen of one procedure.
struct Coverage {
    std::shared_ptr<const Procedure> procedure;
    std::vector<CoveredPart> parts;  ///< in the order of its states

    struct Count {
        std::size_t covered = 0;
        std::size_t all = 0;
    };
    [[nodiscard]] Count count(CoveredPart::Kind kind) const;
    enum class Wanted : std::uint8_t { all, without_guards };
    [[nodiscard]] bool is_full(Wanted wanted) const;
    /// What other cases have seen of the same version.
    void add(const Coverage& other);
};

/// Plays every case, whatever holds of it. First the procedure's own coverage, then that of those
/// that it calls. Messages that were refused and actions that were not allowed count for the guards
/// that they were asked. Errors as of `play`.
[[nodiscard]] std::vector<Coverage> cover(const scenario::Script& scenarios);

/// The failures in full, with timeline and reasoning; empty when the case holds.
[[nodiscard]] std::string failure_text(const ScenarioResult& result,
                                       std::string_view language = "en");

}  // namespace workflow
