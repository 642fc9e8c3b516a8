// Moments of a clock [R78]: `5 working days before`, `80%`, `due`. Confined.
#pragma once

#include <vector>

#include "definition/draft.hpp"

namespace workflow::definition {

/// The `moments` of an SLA: moment -> way.
[[nodiscard]] std::vector<procedure::Moment> read_moments(Draft& draft, const Node& node,
                                                          procedure::StateIndex owner);

}  // namespace workflow::definition
