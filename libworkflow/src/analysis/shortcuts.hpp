// What the interpreter would otherwise look up in the states after every event.
#pragma once

#include "procedure/model.hpp"

namespace workflow::analysis {

/// Fills the shortcuts of the model, State::work_roles, Outcome::name and Variant::parameters.
void prepare_shortcuts(procedure::Model& model);

}  // namespace workflow::analysis
