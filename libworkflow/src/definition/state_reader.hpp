// The second walk over the states: all that a state says, names resolved. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// Reads the keys of the root and of every state that declare_states made.
void read_states(Draft& draft, const MappingReader& file);

}  // namespace workflow::definition
