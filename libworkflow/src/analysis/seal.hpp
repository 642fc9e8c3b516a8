// The only door from a model to a Procedure. Thread-safe function.
#pragma once

#include <memory>

#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/procedure.hpp"

namespace workflow::analysis {

/// Looks for whatever would make the procedure stand still, run for ever or never end, adds what it
/// finds to `diagnostics`, and seals the model when there is no error among them. Null otherwise,
/// also when `diagnostics` held an error before: such a model is not looked at.
/// Every number in a model that comes back sealed is in range, whoever made it.
/// Cost: linear in states and ways (times the depth of nested parallels).
[[nodiscard]] std::shared_ptr<const Procedure> seal(procedure::Model model,
                                                    Diagnostics& diagnostics);

}  // namespace workflow::analysis
