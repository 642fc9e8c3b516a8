// One dossier of service_onboarding from the draft to the published service. Immutable values.
#pragma once

#include <string>
#include <vector>

#include "workflow/interpreter.hpp"

namespace workflow::benchmarks {

struct WalkStep {
    std::string peer_event;  ///< the same event in onboarding.scxml
    Perform action;
    Instant now;
};

/// Straight through, with three units that confirm.
struct Walk {
    Actor starter;
    FieldValues data;
    Instant started;
    std::vector<WalkStep> steps;
};
[[nodiscard]] Walk onboarding_walk();

/// The folder with procedures/ of this source tree.
[[nodiscard]] std::string procedures_folder();

}  // namespace workflow::benchmarks
