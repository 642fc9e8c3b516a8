// What only a look at the whole shows, and what a load does not ask: guards, limits, separations
// and data that contradict each other. Thread-safe functions; each adds findings that are certain.
#pragma once

#include "procedure/model.hpp"
#include "workflow/analysis.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::analysis {

/// Guards that hold in no case, and states that nobody can leave in some case.
void check_guards(const procedure::Model& model, Diagnostics& diagnostics);
/// Tasks that the rules about who did other tasks leave to nobody.
void check_separations(const procedure::Model& model, Diagnostics& diagnostics);
/// Clocks that have more time than one around them.
void check_nested_limits(const procedure::Model& model, Diagnostics& diagnostics);
/// Fields that are read where no way can have set them.
void check_unset(const procedure::Model& model, Diagnostics& diagnostics);
/// Tokens of each scope with forks or joins, in every situation that ways without guards lead to.
[[nodiscard]] Exploration explore(const procedure::Model& model, Diagnostics& diagnostics);

/// Ways that lead back, in the order of the file.
[[nodiscard]] std::vector<Loop> find_loops(const procedure::Model& model);
/// What is passed on every way: by outcome, and last by all.
[[nodiscard]] std::vector<MustPass> find_must_pass(const procedure::Model& model);

}  // namespace workflow::analysis
