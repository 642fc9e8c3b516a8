#include "dossier_store.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "words.hpp"
#include "workflow/json.hpp"
#ifdef WORKFLOW_HAS_POSTGRES
#include "workflow/postgres_store.hpp"
#endif

namespace workflow::cli {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

constexpr std::string_view server_schemes[] = {"postgresql://", "postgres://"};

void check_there(const std::string& path, const Session& session) {
    std::error_code failure;
    if (std::filesystem::exists(path, failure)) return;
    throw Failure(words::store_absent.in(session.language, printable(path), printable(path)));
}

std::shared_ptr<Store> open_file(const std::string& path, Creates creates, const Session& session) {
    if (creates == Creates::no) check_there(path, session);
    const auto create =
        creates == Creates::yes ? SqliteOptions::Create::if_missing : SqliteOptions::Create::never;
    return open_sqlite_store(path, {.create = create});
}

#ifdef WORKFLOW_HAS_POSTGRES
std::shared_ptr<Store> open_server(const std::string& address, Creates creates, const Session&) {
    const auto create = creates == Creates::yes ? PostgresOptions::Create::if_missing
                                                : PostgresOptions::Create::never;
    return open_postgres_store(address, {.create = create});
}
#else
std::shared_ptr<Store> open_server(const std::string&, Creates, const Session& session) {
    throw usage_failure(std::string(words::no_postgres.in(session.language)));
}
#endif

bool is_server(std::string_view store) {
    return std::any_of(std::begin(server_schemes), std::end(server_schemes),
                       [&](std::string_view scheme) { return store.starts_with(scheme); });
}

/// Of `sqlite:PATH`.
std::string path_of(std::string_view store, const Session& session) {
    if (store.empty()) throw usage_failure(std::string(words::no_store.in(session.language)));
    if (store.starts_with(sqlite_scheme) && store.size() > sqlite_scheme.size()) {
        return std::string(store.substr(sqlite_scheme.size()));
    }
    throw usage_failure(words::bad_store.in(session.language, printable(store)));
}

std::shared_ptr<Store> open_named(const StoreOptions& options, Creates creates,
                                  const Session& session) {
    if (is_server(options.store)) return open_server(options.store, creates, session);
    return open_file(path_of(options.store, session), creates, session);
}

/// The offset of the calendars, for a time that names no zone.
UtcOffset offset_of(const std::vector<UtcOffset>& offsets, const std::string& option,
                    const Session& session) {
    std::optional<UtcOffset> offset;
    for (const UtcOffset one : offsets) {
        if (offset && *offset != one) {
            throw usage_failure(words::zone_needed.in(session.language, option));
        }
        offset = one;
    }
    return offset.value_or(UtcOffset{});
}

std::vector<UtcOffset> offsets_of(Store& store) {
    std::vector<UtcOffset> offsets;
    for (const StoredDefinition& row : store.begin(Store::Access::read)->definitions()) {
        if (row.kind != "calendar") continue;
        const auto loaded = load_calendar(row.body, row.id);
        if (loaded.calendar != nullptr) offsets.push_back(loaded.calendar->offset());
    }
    return offsets;
}

std::vector<UtcOffset> offsets_of(Engine& engine) {
    std::vector<UtcOffset> offsets;
    for (const auto& procedure : engine.procedures()) {
        offsets.push_back(engine.calendar(procedure->calendar())->offset());
    }
    return offsets;
}

Instant parse_time(const std::string& text, const std::string& option,
                   const std::vector<UtcOffset>& offsets, const Session& session) {
    const auto at_utc = parse_instant(text, UtcOffset{});
    if (!at_utc) {
        throw usage_failure(words::bad_instant.in(session.language, option, printable(text)));
    }
    const bool names_zone = parse_instant(text, std::chrono::hours(1)) == at_utc;
    return names_zone ? *at_utc : *parse_instant(text, offset_of(offsets, option, session));
}

}  // namespace

void add_store(CLI::App& command, StoreOptions& options, const char* at_option) {
    command.add_option("--store", options.store, "The store: a file or a server (or set WORKFLOW_STORE)")
        ->envname("WORKFLOW_STORE")
        ->option_text("sqlite:PATH|postgresql://USER@HOST/DATABASE");
    if (at_option == nullptr) return;
    options.at_option = std::string_view(at_option).substr(0, 5) == "--now" ? "--now" : "--at";
    command
        .add_option(at_option, options.at,
                    "The time it is, without a zone the calendar's (default: the system's clock)")
        ->option_text("INSTANT");
}

void add_actor(CLI::App& command, ActorOptions& options, Needs needs) {
    const bool required = needs == Needs::id_and_role;
    command.add_option("--as", options.id, "Who acts: an id of your directory")
        ->required(required)
        ->option_text("ID");
    command.add_option("--role", options.roles,
                       "A role he holds; repeat it for several; with --for none: what was delegated")
        ->allow_extra_args(false)
        ->delimiter(',')
        ->option_text("ROLE");
    command.add_option("--unit", options.units, "A unit he belongs to; repeat it for several")
        ->allow_extra_args(false)
        ->delimiter(',')
        ->option_text("UNIT");
    command.add_option("--for", options.acting_for, "On whose behalf he acts")->option_text("ID");
    if (!required) return;
    command.parse_complete_callback([&options] {
        if (options.roles.empty() && options.acting_for.empty()) throw CLI::RequiredError("--role");
    });
}

OpenStore open_store(const StoreOptions& options, Creates creates, const Session& session) {
    std::shared_ptr<Store> store = open_named(options, creates, session);
    OpenStore open;
    if (options.at.empty()) {
        open.clock = std::make_shared<SystemClock>();
    } else {
        open.clock = std::make_shared<VirtualClock>(
            parse_time(options.at, options.at_option, offsets_of(*store), session));
    }
    open.engine = std::make_unique<Engine>(std::move(store), open.clock);
    return open;
}

Instant parse_option_time(const std::string& text, const char* option, Engine& engine,
                          const Session& session) {
    return parse_time(text, option, offsets_of(engine), session);
}

UtcOffset common_offset(Engine& engine) {
    const auto offsets = offsets_of(engine);
    return offsets.empty() ? UtcOffset{} : offsets.front();
}

bool is_server(const StoreOptions& options) {
    return is_server(options.store);
}

std::unique_ptr<StoreUpgrade> begin_upgrade(const StoreOptions& options, const Session& session) {
    if (!is_server(options.store)) {
        return begin_sqlite_upgrade(store_path(options, Creates::no, session));
    }
#ifdef WORKFLOW_HAS_POSTGRES
    return begin_postgres_upgrade(options.store);
#else
    throw usage_failure(std::string(words::no_postgres.in(session.language)));
#endif
}

std::string store_path(const StoreOptions& options, Creates creates, const Session& session) {
    if (is_server(options.store)) {
        throw usage_failure(std::string(words::only_files.in(session.language)));
    }
    std::string path = path_of(options.store, session);
    if (creates == Creates::no) check_there(path, session);
    return path;
}

FieldValues parse_fields(const std::string& text, const char* option, const Session& session) {
    if (text.empty()) return {};
    nlohmann::json json;
    try {
        json = nlohmann::json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        throw usage_failure(
            words::bad_json.in(session.language, option, fmt::format("byte {}", error.byte)));
    } catch (const nlohmann::json::exception&) {  // a number that no double holds
        throw usage_failure(words::bad_json.in(session.language, option, "a number out of range"));
    }
    if (!json.is_object()) {
        throw usage_failure(words::bad_json.in(session.language, option, json.type_name()));
    }
    return fields_from_json(json);
}

}  // namespace workflow::cli
