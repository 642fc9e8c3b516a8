// The list of an `each`, and the names under which its inside sees item and index [R37]. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// Reads `each` and adds the names to Draft::names; the caller takes them away again.
void read_each(Draft& draft, const Node& node, procedure::StateIndex state);

}  // namespace workflow::definition
