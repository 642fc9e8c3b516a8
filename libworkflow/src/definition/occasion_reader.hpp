// What starts and stops a clock [R70]. Confined.
#pragma once

#include <optional>

#include "definition/draft.hpp"

namespace workflow::definition {

/// One of {entered: S} {left: S} {performed: A or list} {date: cel}. Actions are looked for at the
/// end of the file (resolve_clock_names).
[[nodiscard]] std::optional<procedure::Occasion> read_occasion(Draft& draft, const Node& node);

}  // namespace workflow::definition
