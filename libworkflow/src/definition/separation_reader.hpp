// Who may not do a task, and who alone may [R68]. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// A task by its name, whose finishers are remembered; a finding when it is none.
[[nodiscard]] std::optional<procedure::StateIndex> read_task_name(Draft& draft, const Node& node);
/// One task or a list of them.
[[nodiscard]] std::vector<procedure::StateIndex> read_tasks(Draft& draft, const Node& node);

}  // namespace workflow::definition
