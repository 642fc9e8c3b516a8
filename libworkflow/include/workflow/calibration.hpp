// What a real event log says about a procedure: who came when, how long things took, what was chosen, who was
// there. Plain values; thread-safe functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflow/assumptions.hpp"
#include "workflow/event_log.hpp"
#include "workflow/simulation_results.hpp"
#include "workflow/visibility.hpp"

namespace workflow {
namespace simulation WORKFLOW_PUBLIC {

/// Where an activity of a log belongs in a procedure.
struct MappedActivity {
    std::string state;
    std::string action;  ///< empty: the log does not say what was chosen
    friend bool operator==(const MappedActivity&, const MappedActivity&) = default;
};
struct LogMap {
    CsvColumns columns;
    std::map<std::string, MappedActivity> activities;  ///< by their names in the log
    std::vector<std::string> ignored;                  ///< activities that belong nowhere
    std::string finish;  ///< in a replay: the action that ends a dossier behind its last event; empty: none
};
struct LoadedLogMap {
    std::optional<LogMap> map;
    Diagnostics diagnostics;
};
/// `activities: {"Check it": check/approve}`: state and action; also `ignored`, `finish`, `columns` and `zone` of a
/// CSV file. Never throws on bad input: names that the procedure does not have are findings.
[[nodiscard]] LoadedLogMap load_log_map(std::string_view yaml, const std::string& file,
                                        const Procedure& procedure);
/// Of logs whose activities are called `STATE/ACTION`, as logged() calls them.
[[nodiscard]] LogMap own_log_map(const Procedure& procedure);

/// How well something was fitted.
struct FittedAmount {
    std::string what;  ///< a state's id: the effort on it; `waiting for` it; `arrivals`
    Distribution distribution = Constant{0};
    std::size_t count = 0;
    double distance = 0;     ///< of Kolmogorov and Smirnov, 0 to 1
    double probability = 1;  ///< of one as large, were it true; too kind, for it was fitted to the same values
};
struct Calibration {
    Assumptions assumptions;  ///< nothing is supposed of what the log says nothing about
    std::vector<FittedAmount> fits;
    std::size_t cases = 0;
    std::size_t events = 0;
    std::size_t mapped = 0;                                    ///< events that found their place
    std::vector<std::pair<std::string, std::size_t>> unmapped;  ///< activities that have none, and how often
    bool begins_are_known = false;  ///< the log has `start` events: else a piece of work is taken to begin when the
                                    ///< event before it in the case, and whoever does it, was done
};
/// Arrivals, efforts (hours of the procedure's calendar), what was waited for although somebody who could do it was
/// free, shares of the actions, and people with the roles of what
/// they did; whoever does what the log does not show has no limit. Error{misuse}: no event of the log finds a place.
[[nodiscard]] Calibration calibrate(std::shared_ptr<const Procedure> procedure,
                                    const Calendars& calendars, const EventLog& log,
                                    const LogMap& map);
/// As a scenario file with the figures of the fits as comments, which load_assumptions() reads.
[[nodiscard]] std::string to_yaml(const Calibration& calibration);

/// The log once more: every case comes when it came, and each of its events follows the one before it as fast as it
/// did, by the clock. Cases without an event that has a place are left out. Error{misuse} as above.
[[nodiscard]] Assumptions replay_of(Assumptions assumptions, const EventLog& log, const LogMap& map);

/// A simulated dossier as a case: an event `start`, then begin and end of each piece of work, called STATE/ACTION.
[[nodiscard]] LoggedCase logged(const Assumptions& assumptions, const FinishedDossier& dossier);

}  // namespace simulation
}  // namespace workflow
