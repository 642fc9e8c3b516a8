// An instance that an operator sets aside by a decision, and lets go on. Confined.
#pragma once

#include "interpreter/run.hpp"

namespace workflow::interpreter {

/// Abandon: it is suspended already.
void suspend(Run& run, const Suspend& event);
/// Abandon: it is not suspended.
void resume(Run& run, const Resume& event);

}  // namespace workflow::interpreter
