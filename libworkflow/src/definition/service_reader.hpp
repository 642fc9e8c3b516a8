// What is done outside the instance: services of the host, and calls of procedures [R65 to R67].
// Confined.
#pragma once

#include "definition/draft.hpp"
#include "definition/way_reader.hpp"

namespace workflow::definition {

/// A state with the key `service`; its `set` and `to` are read elsewhere.
void read_service(Draft& draft, const MappingReader& reader, procedure::StateIndex state);
/// A state with the key `call`; its `set`, `to` and `outcomes` are read elsewhere.
void read_call(Draft& draft, const MappingReader& reader, procedure::StateIndex state);

}  // namespace workflow::definition
