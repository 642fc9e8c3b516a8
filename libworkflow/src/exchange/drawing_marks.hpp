// What others have found out about a procedure, laid over its drawing. Pure.
#pragma once

#include "exchange/drawing.hpp"

namespace workflow::exchange {

/// What nothing has come by.
void mark_missed(Drawing& drawing, const MissedParts& missed);
/// The findings of `options.analysis`, and the way that takes longest.
void mark_analysis(Drawing& drawing, const procedure::Model& model, const GraphOptions& options);

/// How busy states are.
void mark_loads(Drawing& drawing, const std::vector<StateLoad>& loads);

}  // namespace workflow::exchange
