// What people may do on a state: actions and the fields that they ask for. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// `fields` of an action or a message: a list of data, or a map id -> type.
[[nodiscard]] std::vector<procedure::ActionField> read_fields(Draft& draft, const Node& node);
/// The `actions` of a state.
void read_actions(Draft& draft, const Node& node, procedure::StateIndex state);
/// The action `done` of a task that has only `to`; without `to` it ends without an outcome.
void add_done(Draft& draft, const Node* to, procedure::StateIndex state);

}  // namespace workflow::definition
