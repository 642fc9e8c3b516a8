// The procedure whose dossiers are worked on while processes are killed, and where they are kept.
#pragma once

#include <memory>
#include <string>

#include "workflow/engine.hpp"

namespace workflow::test {

/// A task with a timer, a service with retries, a task with a deadline; people may go back.
extern const char* const crash_procedure;

/// The state's calendar and the procedure.
void register_crash_procedure(Engine& engine);
[[nodiscard]] std::string crash_instance(int number);
[[nodiscard]] Actor crash_officer();

/// PLACE is a path, or `host=...` of a PostgreSQL server, then a tab and the schema.
[[nodiscard]] std::unique_ptr<Store> open_place(const std::string& place);

}  // namespace workflow::test
