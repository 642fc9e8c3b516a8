// Findings that only follow from another one, which are not told beside it. Pure.
#pragma once

#include "workflow/diagnostic.hpp"

namespace workflow::definition {

/// Leaves out what a misspelt key or name makes of the rest of the file. The order stays.
void drop_consequences(Diagnostics& findings);

}  // namespace workflow::definition
