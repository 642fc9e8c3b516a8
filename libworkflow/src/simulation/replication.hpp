// Dossiers of a procedure in virtual time, from the first that comes until the last has ended: discrete
// events over the one step() that production runs. Pure.
#pragma once

#include <cstdint>

#include "simulation/assumptions.hpp"
#include "simulation/results.hpp"

namespace workflow::simulation {

struct Run {
    std::uint64_t dossiers = 1'000;  ///< that come in all
    std::uint64_t warm_up = 0;       ///< the first of them, which fill the empty office: not counted
    std::uint64_t seed = 0;
    std::uint64_t replication = 0;
};

/// The same assumptions and run give the same result, to the bit. The assumptions must have no objection.
/// Error{limit}: time goes beyond the days that the calendar covers. Error{misuse}: no dossier starts so,
/// in the words of the refusal.
[[nodiscard]] Replication replicate(const Assumptions& assumptions, const Run& run);

}  // namespace workflow::simulation
