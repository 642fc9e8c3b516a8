// What must be so after a step: the keys of `then`. Confined to one load.
#pragma once

#include <vector>

#include "scenario/names.hpp"

namespace workflow::scenario {

[[nodiscard]] std::vector<Expectation> read_expectations(Reading& reading,
                                                         const definition::Node& node);

}  // namespace workflow::scenario
