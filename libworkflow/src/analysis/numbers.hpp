// Whether every number in a model names something. Thread-safe function.
#pragma once

#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::analysis {

/// Checks all numbers but those of the tree (Tree::read). False: some are out of range and the
/// model must not be read further.
[[nodiscard]] bool are_numbers_in_range(const procedure::Model& model, Diagnostics& diagnostics);

}  // namespace workflow::analysis
