// Dossiers of a procedure in virtual time, from the first that comes until the last has ended: discrete
// events over the one step() that production runs. Pure.
#pragma once

#include "workflow/simulation.hpp"

namespace workflow::simulation {

/// Asked now and then with the number of dossiers that have ended since it was asked last; false: the
/// replication is given up.
using KeepOn = std::function<bool(std::uint64_t ended)>;

/// The same assumptions and run give the same result, to the bit. The assumptions must have no objection.
/// Errors as of simulate().
[[nodiscard]] Replication replicate(const Assumptions& assumptions, const Run& run,
                                    const KeepOn& keep_on = {});

}  // namespace workflow::simulation
