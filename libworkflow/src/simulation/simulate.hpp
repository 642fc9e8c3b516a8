// Several replications side by side, and what they say together. The threads are its own, and gone when it
// returns.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "simulation/replication.hpp"

namespace workflow::simulation {

struct Plan {
    Run run;                         ///< of each; the replication's number is its own
    std::uint64_t replications = 10;  ///< at least 1
    std::size_t threads = 1;          ///< at least 1; more do not change a bit of the result
    /// Told after each replication how many are done, one call at a time, from any of the threads;
    /// false: no more are begun. It must not throw.
    std::function<bool(std::uint64_t)> progress = {};
};

/// Every value of all replications together, in the order of their numbers; what is added up over time
/// is the sum.
struct Simulated {
    std::vector<Replication> replications;  ///< those that were run to their end, in order
    Replication together;
    /// Of the mean hours from start to end; nothing for fewer than two.
    std::optional<ConfidenceInterval> lead;
    /// Of the share of a clock's ends that were late, by id; of clocks that ended in each replication.
    std::map<std::string, ConfidenceInterval> late;
};

/// Errors as replicate(), of the first replication that met one.
[[nodiscard]] Simulated simulate(const Assumptions& assumptions, const Plan& plan);

}  // namespace workflow::simulation
