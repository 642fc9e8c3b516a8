// What a simulation came to. Plain values; hours are those of the procedure's calendar while offices are
// open.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workflow/instance.hpp"
#include "workflow/summary.hpp"
#include "workflow/visibility.hpp"

namespace workflow {
namespace simulation WORKFLOW_PUBLIC {

struct StateResult {
    Summary waiting;  ///< hours of a work item until somebody begins on it
    Summary effort;   ///< hours that somebody worked on it
    Summary stay;     ///< hours from when the work item came until it was done or withdrawn
    double queue_hours = 0;  ///< length of the queue over time, added up: by the hours it is the mean
    std::uint64_t queue_most = 0;
    std::uint64_t entered = 0;  ///< how often, by any dossier
};
struct RoleResult {
    Summary waiting;  ///< as of the states whose work is its own
    Summary effort;
    OverTime queue;  ///< work items that wait
    OverTime busy;   ///< people at work on its items
};
struct PersonResult {
    double busy_hours = 0;     ///< of work that has ended
    double present_hours = 0;  ///< that he was there
};
struct OutcomeResult {
    std::uint64_t count = 0;
    Summary lead;  ///< hours from start to end
    friend bool operator==(const OutcomeResult&, const OutcomeResult&) = default;
};
/// Of the ends of one clock.
struct ClockResultCounts {
    std::uint64_t early = 0;
    std::uint64_t on_time = 0;
    std::uint64_t late = 0;
    Summary used;  ///< hours from when it began to when it ended; what it waited is in them
};
/// Of one dossier that was under way before.
struct OpenResult {
    std::uint64_t ended = 0;
    std::uint64_t late = 0;  ///< of them those in which some clock ended late from now on
    Summary left;            ///< hours from the beginning of the simulation to its end
};
/// Of the dossiers behind the warm-up and, where it is added up over time, of the time since the first of
/// them came; what has the type OverTime is of all.
struct Replication {
    std::uint64_t arrived = 0;
    std::uint64_t ended = 0;
    std::uint64_t incidents = 0;  ///< tokens that stood still
    std::uint64_t unable = 0;     ///< work done for nothing: no action was open, or it was refused
    std::string first_unable;     ///< why, of the first
    std::uint64_t left = 0;       ///< dossiers that wait for something that never comes
    std::string first_left;       ///< where, of the first: a state's id
    bool given_up = false;        ///< it was stopped before its end: `left` are those under way then
    double hours = 0;             ///< from the beginning until the last happening
    double under_way_hours = 0;   ///< number under way over time, added up
    OverTime under_way;
    Summary lead;  ///< hours from start to end
    Summary worked;  ///< hours that people worked on a dossier, all together
    std::map<std::string, OutcomeResult> outcomes;  ///< by id; `cancelled`; empty: none
    std::vector<StateResult> states;                ///< by number
    std::vector<RoleResult> roles;                  ///< by number
    std::vector<PersonResult> people;               ///< as the assumptions name them
    std::map<std::string, ClockResultCounts> clocks;  ///< by id
    std::vector<OpenResult> open;                     ///< as Run::open
};

/// What happened to one work item of a dossier.
struct Stage {
    std::uint32_t state = 0;
    std::size_t person = SIZE_MAX;  ///< SIZE_MAX: it was withdrawn before anybody began
    std::string action;             ///< that ended it; empty: none
    Instant came;
    Instant begun;  ///< of one that nobody began: as `ended`
    Instant ended;
};
/// One dossier from start to end.
struct FinishedDossier {
    std::uint64_t dossier = 0;  ///< its number within the replication, from 0
    Instant started;
    Instant ended;
    double lead = 0;  ///< hours
    std::string outcome;
    bool late = false;  ///< some clock ended late
    std::vector<Stage> stages;  ///< in the order in which they ended
};

}  // namespace simulation
}  // namespace workflow
