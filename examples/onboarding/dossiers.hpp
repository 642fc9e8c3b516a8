// The two dossiers of this example, event by event on a virtual clock.
#pragma once

#include <memory>

#include <workflow/clock.hpp>
#include <workflow/engine.hpp>

namespace onboarding {

inline const std::string straight = "service_onboarding/2017-001";
inline const std::string winding = "service_onboarding/2017-002";

/// From 25 April 2017 straight through; and the second one until its setup is late.
void first_part(workflow::Engine& engine, workflow::VirtualClock& clock);
/// Goes on with the second one, wherever the store says that it stands, to its end.
void second_part(workflow::Engine& engine, workflow::VirtualClock& clock);

}  // namespace onboarding
