// What is given and the steps of a case. Confined to one load.
#pragma once

#include <optional>

#include "scenario/names.hpp"

namespace workflow::scenario {

/// `given`: the start of a dossier.
[[nodiscard]] std::optional<ScriptStep> read_given_start(Reading& reading,
                                                         const definition::Node& node);
/// `before`: when the step before it was.
[[nodiscard]] std::optional<ScriptStep> read_step(Reading& reading, const definition::Node& node,
                                                  Instant before);

}  // namespace workflow::scenario
