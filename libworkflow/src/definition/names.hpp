// Names that expressions use: data, parameters, items. Confined.
#pragma once

#include <string_view>

#include "definition/draft.hpp"

namespace workflow::definition {

/// False, with a finding, when the name is a word of CEL or of R53, or is already used around it.
[[nodiscard]] bool is_name_free(Draft& draft, const Node& at, std::string_view name);

}  // namespace workflow::definition
