// Sensitive values that are to be forgotten. Confined.
#pragma once

#include "interpreter/run.hpp"

namespace workflow::interpreter {

/// Those of the instance; the store erases them wherever else they stand. Nothing moves: what was
/// decided by a value stays decided.
void erase(Run& run, const Erase& event);

}  // namespace workflow::interpreter
