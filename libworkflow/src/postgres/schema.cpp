#include "postgres/schema.hpp"

#include <fmt/format.h>

#include "postgres/lock_key.hpp"

namespace workflow::postgres {
namespace {

// The instance id is in the primary key of every table of instance data and no unique or foreign key
// crosses instances. Texts are bytea: they hold what the other stores hold, zero bytes and invalid
// UTF-8 included, in the order of their bytes, whatever encoding and collation the database has.
//
// `history`: the request beside the key, so that a repeated request is looked for in the index alone.
// `transaction`, `number`: the order of `changes`. Numbers alone would not do: who commits later may
// have drawn the lower one.
// `instances`: room in each page, so that an update stays in it and touches no index.
constexpr const char* tables[] = {
    "CREATE TABLE layout (number bigint NOT NULL PRIMARY KEY)",
    "CREATE TABLE instances (id bytea NOT NULL PRIMARY KEY, revision bigint NOT NULL,"
    " body bytea NOT NULL) WITH (fillfactor = 70)",
    "CREATE TABLE history (instance bytea NOT NULL, revision bigint NOT NULL,"
    " request bytea NOT NULL, body bytea NOT NULL,"
    " transaction bigint NOT NULL DEFAULT pg_catalog.pg_current_xact_id()::text::bigint,"
    " number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,"
    " PRIMARY KEY (instance, revision) INCLUDE (request))",
    "CREATE INDEX changes ON history (transaction, number) INCLUDE (instance, revision)",
    "CREATE TABLE due (due bigint NOT NULL, instance bytea NOT NULL, ordinal bigint NOT NULL,"
    " timer bigint NOT NULL, PRIMARY KEY (due, instance, ordinal, timer))",
    "CREATE TABLE work (role bytea NOT NULL, state bytea NOT NULL, unit bytea NOT NULL,"
    " due bigint NOT NULL, instance bytea NOT NULL, ordinal bigint NOT NULL,"
    " counted bigint NOT NULL, PRIMARY KEY (role, state, unit, due, instance, ordinal)"
    " INCLUDE (counted))",
    "CREATE TABLE active (procedure bytea NOT NULL, unit bytea NOT NULL, received bigint NOT NULL,"
    " instance bytea NOT NULL, due bigint NOT NULL,"
    " PRIMARY KEY (procedure, unit, received, instance))",
    "CREATE TABLE closed (procedure bytea NOT NULL, outcome bytea NOT NULL, closed bigint NOT NULL,"
    " instance bytea NOT NULL, unit bytea NOT NULL, received bigint NOT NULL,"
    " result bigint NOT NULL, days bigint NOT NULL,"
    " PRIMARY KEY (procedure, outcome, closed, instance))",
    "CREATE TABLE fields (procedure bytea NOT NULL, field bytea NOT NULL, value bytea NOT NULL,"
    " instance bytea NOT NULL, PRIMARY KEY (procedure, field, value, instance))",
    "CREATE TABLE delegations (delegate bytea NOT NULL, delegator bytea NOT NULL,"
    " since bigint NOT NULL, until bigint NOT NULL, body bytea NOT NULL,"
    " PRIMARY KEY (delegate, delegator, since))",
    "CREATE TABLE incidents (since bigint NOT NULL, instance bytea NOT NULL,"
    " ordinal bigint NOT NULL, PRIMARY KEY (since, instance, ordinal))",
    "CREATE TABLE subscriptions (message bytea NOT NULL, key bytea NOT NULL,"
    " since bigint NOT NULL, instance bytea NOT NULL, ordinal bigint NOT NULL,"
    " PRIMARY KEY (message, key, since, instance, ordinal))",
    "CREATE TABLE messages (message bytea NOT NULL, key bytea NOT NULL, number bigint NOT NULL,"
    " body bytea NOT NULL, PRIMARY KEY (message, key, number))",
    "CREATE TABLE dispatches (instance bytea NOT NULL, revision bigint NOT NULL,"
    " number bigint NOT NULL, body bytea NOT NULL, trace bytea NOT NULL,"
    " PRIMARY KEY (instance, revision, number))",
    "CREATE TABLE effects (at bigint NOT NULL, instance bytea NOT NULL, revision bigint NOT NULL,"
    " number bigint NOT NULL, tries bigint NOT NULL, body bytea NOT NULL, trace bytea NOT NULL,"
    " PRIMARY KEY (at, instance, revision, number))",
    "CREATE TABLE definitions (kind bytea NOT NULL, id bytea NOT NULL, version bigint NOT NULL,"
    " digest bytea NOT NULL, body bytea NOT NULL, PRIMARY KEY (kind, id, version))",
    "CREATE TABLE secrets (instance bytea NOT NULL, digest bytea NOT NULL, body bytea NOT NULL,"
    " PRIMARY KEY (instance, digest))",
};

// What makes layout 2 of layout 1. `work` is made anew by upgrade_rows().
constexpr const char* to_layout_2[] = {
    "DROP TABLE work",
    "ALTER TABLE dispatches ADD COLUMN trace bytea NOT NULL DEFAULT ''",
    "ALTER TABLE effects ADD COLUMN trace bytea NOT NULL DEFAULT ''",
};

enum class Found : std::uint8_t { no_schema, empty, older, ours };

std::string quoted_literal(const std::string& text) {
    std::string quoted = "'";
    for (const char letter : text) {
        if (letter == '\'') quoted += '\'';
        quoted += letter;
    }
    return quoted + "'";
}

/// The first column of the first row; -1 when there is no row.
std::int64_t number_of(Session& session, const std::string& sql) {
    std::int64_t number = -1;
    session.run_once(sql, [&number](const Result& result) {
        if (result.rows() > 0) number = result.integer(0, 0);
    });
    session.flush("looking for its tables");
    return number;
}

std::int64_t check_layout(Session& session) {
    const std::string& name = session.address().name;
    const std::int64_t number = number_of(session, "SELECT max(number)::bigint FROM layout"
                                                   " HAVING count(*) = 1");
    if (number > store_schema_number) {
        throw Error(ErrorCode::unsupported,
                    fmt::format("store {}: its layout has number {}, and this build knows up to {}; "
                                "open it with the newer version of libworkflow that wrote it",
                                name, number, store_schema_number));
    }
    if (number < 1) {
        throw Error(ErrorCode::corrupt, fmt::format("store {}: its layout number is {}; restore it "
                                                    "from a backup",
                                                    name, number));
    }
    return number;
}

Found look(Session& session) {
    const std::string& schema = session.address().schema;
    const std::string of_schema = fmt::format("FROM pg_catalog.pg_namespace n LEFT JOIN"
                                              " pg_catalog.pg_class c ON c.relnamespace = n.oid"
                                              " WHERE n.nspname = {}",
                                              quoted_literal(schema));
    const std::int64_t objects =
        number_of(session, "SELECT count(c.oid) " + of_schema + " GROUP BY n.oid");
    if (objects < 0) return Found::no_schema;
    if (objects == 0) return Found::empty;
    const bool has_layout =
        number_of(session, "SELECT count(*) " + of_schema +
                               " AND c.relname = 'layout' AND c.relkind = 'r'") == 1;
    if (!has_layout) {
        throw Error(ErrorCode::unsupported,
                    fmt::format("store {}: this schema belongs to another application and is left "
                                "as it is; give another schema or database",
                                session.address().name));
    }
    return check_layout(session) < store_schema_number ? Found::older : Found::ours;
}

[[noreturn]] void refuse_older(const Session& session) {
    throw Error(ErrorCode::unsupported,
                fmt::format("store {}: its layout is an older one; bring it to this build's with: "
                            "workflow store upgrade",
                            session.address().name));
}

/// One transaction: another process sees all the tables or none. Whoever finds them missing waits
/// here for whoever makes them, and looks again.
void make_tables(Session& session) {
    const std::int64_t lock = lock_key(session.address().schema, LockOf::schema);
    session.run_once("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    session.run_once(fmt::format("SELECT pg_advisory_xact_lock({})", lock));
    session.flush("waiting for the making of its tables");
    const Found found = look(session);
    if (found == Found::older) refuse_older(session);
    if (found == Found::no_schema) {
        session.run_once("CREATE SCHEMA " + sql_name(session.address().schema));
    }
    if (found != Found::ours) {
        for (const char* table : tables) session.run_once(table);
        session.run_once(fmt::format("INSERT INTO layout VALUES ({})", store_schema_number));
    }
    session.run_once("COMMIT");
    session.flush("making its tables");
}

}  // namespace

void open_schema(Session& session, PostgresOptions::Create create) {
    const Found found = look(session);
    if (found == Found::ours) return;
    if (found == Found::older) refuse_older(session);
    if (create == PostgresOptions::Create::never) {
        throw Error(ErrorCode::storage,
                    fmt::format("store {}: there is no store; give the address of one, or allow "
                                "that one is made",
                                session.address().name));
    }
    make_tables(session);
}

int upgrade_schema(Session& session) {
    const Found found = look(session);
    if (found == Found::ours) return store_schema_number;
    if (found != Found::older) {
        throw Error(ErrorCode::storage,
                    fmt::format("store {}: there is no store; give the address of one",
                                session.address().name));
    }
    const auto from = static_cast<int>(check_layout(session));
    for (const char* change : to_layout_2) session.run_once(change);
    constexpr std::string_view create = "CREATE TABLE ";
    for (const std::string_view table : tables) {
        if (!table.starts_with(create)) continue;  // its index is there
        session.run_once(fmt::format("{}IF NOT EXISTS {}", create, table.substr(create.size())));
    }
    session.run_once(fmt::format("UPDATE layout SET number = {}", store_schema_number));
    session.flush("bringing its tables to this layout");
    return from;
}

}  // namespace workflow::postgres
