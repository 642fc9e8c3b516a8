// The store, the time and the actor that the command line names. Confined.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "session.hpp"
#include "workflow/engine.hpp"

namespace CLI {
class App;
}

namespace workflow::cli {

struct StoreOptions {
    std::string store;
    std::string at;  ///< empty: the system's clock
    const char* at_option = "--at";
};
/// --store, and --at where `at_option` (`--at`, or `--now,--at`) is not null.
void add_store(CLI::App& command, StoreOptions& options, const char* at_option);

struct ActorOptions {
    std::string id;
    std::vector<std::string> roles;
    std::vector<std::string> units;
    std::string acting_for;

    [[nodiscard]] Actor actor() const { return {id, roles, units, acting_for}; }
};
/// --as, --role, --unit, --for. The tool authenticates nobody: whoever can write the file may be
/// anyone in it.
enum class Needs { nothing, id_and_role };
void add_actor(CLI::App& command, ActorOptions& options, Needs needs);

struct OpenStore {
    std::shared_ptr<const Clock> clock;
    std::unique_ptr<Engine> engine;
};
enum class Creates { no, yes };
/// Failure in the session's language when it is not named, unknown or absent.
[[nodiscard]] OpenStore open_store(const StoreOptions& options, Creates creates,
                                   const Session& session);

/// A time that an option says, without a zone that of the store's calendars; a date is its midnight.
[[nodiscard]] Instant parse_option_time(const std::string& text, const char* option, Engine& engine,
                                        const Session& session);
/// Of the store's calendars, where they have the same.
[[nodiscard]] UtcOffset common_offset(Engine& engine);

/// Whether the store is in a server.
[[nodiscard]] bool is_server(const StoreOptions& options);
[[nodiscard]] std::unique_ptr<StoreUpgrade> begin_upgrade(const StoreOptions& options,
                                                          const Session& session);

/// The file of a store that is one; with Creates::no it is there. Failure in the session's language.
[[nodiscard]] std::string store_path(const StoreOptions& options, Creates creates,
                                     const Session& session);

/// The members of a JSON object given as text; empty text: none.
[[nodiscard]] FieldValues parse_fields(const std::string& json, const char* option,
                                       const Session& session);

}  // namespace workflow::cli
