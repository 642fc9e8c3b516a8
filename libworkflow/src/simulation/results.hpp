// What one replication came to: of the dossiers behind the warm-up and, where it is added up over time,
// of the time since the first of them came. Plain values; hours are those of the procedure's calendar while
// offices are open.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "simulation/summary.hpp"

namespace workflow::simulation {

struct StateResult {
    Summary waiting;          ///< hours of a work item until somebody begins on it
    Summary effort;           ///< hours that somebody worked on it
    double queue_hours = 0;   ///< length of the queue over time, added up: by the hours it is the mean
    std::uint64_t queue_most = 0;
};
struct PersonResult {
    double busy_hours = 0;  ///< of work that has ended
};
/// Of the ends of one clock.
struct ClockResultCounts {
    std::uint64_t early = 0;
    std::uint64_t on_time = 0;
    std::uint64_t late = 0;
};
struct Replication {
    std::uint64_t arrived = 0;
    std::uint64_t ended = 0;
    std::uint64_t incidents = 0;  ///< tokens that stood still
    std::uint64_t unable = 0;     ///< work done for nothing: no action was open, or it was refused
    std::string first_unable;     ///< why, of the first
    double hours = 0;             ///< from the beginning until the last happening
    double under_way_hours = 0;   ///< number under way over time, added up
    Summary lead;                 ///< hours from start to end
    std::map<std::string, std::uint64_t> outcomes;
    std::vector<StateResult> states;  ///< by number
    std::vector<PersonResult> people;  ///< as the assumptions name them
    std::map<std::string, ClockResultCounts> clocks;  ///< by id
};

}  // namespace workflow::simulation
