// What happens when a state finishes by itself: `set`, `to`, `outcomes`, `done`. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// After the inside of the state, which names the outcomes, has been read.
void read_finish(Draft& draft, const MappingReader& reader, procedure::StateIndex state);

}  // namespace workflow::definition
