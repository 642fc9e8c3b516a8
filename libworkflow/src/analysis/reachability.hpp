// What the state graph shows as a whole: states nobody reaches, traps, endless loops, outcomes.
// Thread-safe function.
#pragma once

#include "analysis/state_graph.hpp"
#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::analysis {

/// Guards are not evaluated: each way is taken to be possible.
void check_reachability(const procedure::Model& model, const StateGraph& graph,
                        Diagnostics& diagnostics);

}  // namespace workflow::analysis
