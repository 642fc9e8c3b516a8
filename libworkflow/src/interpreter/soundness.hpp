// Whether an instance that was read from somewhere can be one of its procedure's. Pure.
#pragma once

#include "workflow/instance.hpp"
#include "workflow/procedure.hpp"

namespace workflow::interpreter {

/// Whether every number in it is one of the procedure's, and whatever is followed to a token or scope
/// finds it: then nothing that is done with it leads astray. Whether it came about by its history is for
/// replay to say.
[[nodiscard]] bool is_sound(const Procedure& procedure, const Instance& instance);

}  // namespace workflow::interpreter
