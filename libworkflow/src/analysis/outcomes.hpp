// Which outcomes the states of a scope may name [R5]. Pure.
#pragma once

#include <set>

#include "procedure/model.hpp"

namespace workflow::analysis {

/// Outcomes that `state` may name in its own scope when its token ends; none: an end without one.
[[nodiscard]] std::set<procedure::OutcomeIndex> outcomes_of_state(const procedure::Model& model,
                                                                  procedure::StateIndex state);
/// The same of all states directly inside `scope`.
[[nodiscard]] std::set<procedure::OutcomeIndex> outcomes_of_scope(const procedure::Model& model,
                                                                  procedure::StateIndex scope);

}  // namespace workflow::analysis
