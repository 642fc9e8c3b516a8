// An instance in the numbers of another version of its procedure. Pure.
#pragma once

#include "interpreter/version_map.hpp"
#include "workflow/calendar.hpp"

namespace workflow::interpreter {

/// Meant only where the map tells no problem then. `offset` is that by which texts become instants.
[[nodiscard]] Instance renumbered(const Instance& instance, VersionMap& map, UtcOffset offset);
/// As a clock has it of which the last moments have not fired.
void drop_unfired(ClockState& clock);

}  // namespace workflow::interpreter
