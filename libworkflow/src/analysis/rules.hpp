// What a single state, way or action must hold, before the graph is looked at as a whole.
// Thread-safe functions.
#pragma once

#include "analysis/tree.hpp"
#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::analysis {

/// Starts, targets and lists of ways. False: the graph has holes, and what it reaches means
/// nothing.
[[nodiscard]] bool are_ways_sound(const procedure::Model& model, const Tree& tree,
                                  Diagnostics& diagnostics);
/// Roles of actions, names of actions along the tree, what clocks do while somebody waits.
void check_actions_and_clocks(const procedure::Model& model, const Tree& tree,
                              Diagnostics& diagnostics);
/// Joins that could not fire or not begin anew; where tokens part, states where two can meet and
/// ends that can leave some behind. Wants
/// prepare_joins() before.
void check_joins(const procedure::Model& model, Diagnostics& diagnostics);
/// Nothing computed may carry a value of a field marked `sensitive` into the chained bytes: such a
/// field is only given by people, and what reads it may at most tell true from false.
void check_sensitive(const procedure::Model& model, Diagnostics& diagnostics);

/// What an author may not have meant: inner outcomes that nothing looks at, a list that may be empty
/// where all its items are waited for.
void check_cautions(const procedure::Model& model, Diagnostics& diagnostics);

}  // namespace workflow::analysis
