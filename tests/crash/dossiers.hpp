// The procedure whose dossiers are worked on while processes are killed, and where they are kept.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <string>

#include "workflow/engine.hpp"

namespace workflow::test {

/// A task with a timer, a service with retries, a task with a deadline; people may go back.
extern const char* const crash_procedure;

/// The state's calendar and the procedure.
void register_crash_procedure(Engine& engine);
[[nodiscard]] std::string crash_instance(int number);
[[nodiscard]] Actor crash_officer();

/// A step that somebody was told to be done.
struct Acknowledged {
    std::string instance;
    std::string request;
    Revision revision = 0;
};
/// What some officer does next with one of so many dossiers. Nothing: it was not done, or had been
/// before. Error as the engine's, but for a dossier that does not exist yet.
[[nodiscard]] std::optional<Acknowledged> act(Engine& engine, std::mt19937& random, int dossiers,
                                              const std::string& request);

/// PLACE is a path, or `host=...` of a PostgreSQL server, then a tab and the schema.
[[nodiscard]] std::unique_ptr<Store> open_place(const std::string& place);

}  // namespace workflow::test
