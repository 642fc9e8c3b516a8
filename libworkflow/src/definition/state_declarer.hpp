// The first walk over the states: their names, kinds and the tree, so that the second walk can
// resolve every name. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// Makes the root and all states below it, in the order of the file. `root` is the whole file.
void declare_states(Draft& draft, const Node& root);

/// The key whose value holds the states inside, or an empty text.
[[nodiscard]] std::string_view inner_states_key(procedure::Kind kind);

}  // namespace workflow::definition
