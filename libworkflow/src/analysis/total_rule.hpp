// `total`: what the limits on any path may come to. Thread-safe function.
#pragma once

#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::analysis {

/// An error for each variant (none chosen among them) in which some path exceeds the total. Only
/// limits of its own unit are added, so that the finding is certain. A warning where there are more
/// paths than can be followed.
void check_total(const procedure::Model& model, Diagnostics& diagnostics);

}  // namespace workflow::analysis
