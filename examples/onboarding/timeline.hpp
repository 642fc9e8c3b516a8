// What happened to a dossier, for people, on a terminal of 100 columns.
#pragma once

#include <string>

#include <workflow/engine.hpp>

namespace onboarding {

/// A table: stage, office, received, due, finished, working days, result; under each what its
/// timers did.
void print_timeline(workflow::Engine& engine, const std::string& instance);
/// Day by day why the deadline of the first clock with that id fell where it did.
void print_explanation(workflow::Engine& engine, const std::string& instance,
                       const std::string& clock);

}  // namespace onboarding
