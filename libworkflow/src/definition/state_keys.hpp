// Which keys stand where. One table per mapping of the language. Immutable.
#pragma once

#include "definition/reader.hpp"
#include "procedure/model.hpp"

namespace workflow::definition {

[[nodiscard]] Keys file_keys();
[[nodiscard]] Keys state_keys(procedure::Kind kind, bool is_branch);
[[nodiscard]] Keys task_keys();
[[nodiscard]] Keys wait_keys();
[[nodiscard]] Keys each_keys();

}  // namespace workflow::definition
