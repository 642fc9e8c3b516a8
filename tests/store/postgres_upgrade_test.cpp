// A PostgreSQL schema of each older layout, brought to this build's.
#include <catch2/catch.hpp>

#include <sqlite3.h>

#include "store/postgres_subject.hpp"
#include "support/postgres_cluster.hpp"
#include "workflow/engine.hpp"
#include "workflow/upgrade.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

/// The tables of layout 1, as the build that wrote it made them.
constexpr const char* tables_1[] = {
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
    "CREATE TABLE work (role bytea NOT NULL, unit bytea NOT NULL, due bigint NOT NULL,"
    " instance bytea NOT NULL, ordinal bigint NOT NULL,"
    " PRIMARY KEY (role, unit, due, instance, ordinal))",
    "CREATE TABLE incidents (since bigint NOT NULL, instance bytea NOT NULL,"
    " ordinal bigint NOT NULL, PRIMARY KEY (since, instance, ordinal))",
    "CREATE TABLE subscriptions (message bytea NOT NULL, key bytea NOT NULL,"
    " since bigint NOT NULL, instance bytea NOT NULL, ordinal bigint NOT NULL,"
    " PRIMARY KEY (message, key, since, instance, ordinal))",
    "CREATE TABLE messages (message bytea NOT NULL, key bytea NOT NULL, number bigint NOT NULL,"
    " body bytea NOT NULL, PRIMARY KEY (message, key, number))",
    "CREATE TABLE dispatches (instance bytea NOT NULL, revision bigint NOT NULL,"
    " number bigint NOT NULL, body bytea NOT NULL, PRIMARY KEY (instance, revision, number))",
    "CREATE TABLE effects (at bigint NOT NULL, instance bytea NOT NULL, revision bigint NOT NULL,"
    " number bigint NOT NULL, tries bigint NOT NULL, body bytea NOT NULL,"
    " PRIMARY KEY (at, instance, revision, number))",
    "CREATE TABLE definitions (kind bytea NOT NULL, id bytea NOT NULL, version bigint NOT NULL,"
    " digest bytea NOT NULL, body bytea NOT NULL, PRIMARY KEY (kind, id, version))",
    "CREATE TABLE secrets (instance bytea NOT NULL, digest bytea NOT NULL, body bytea NOT NULL,"
    " PRIMARY KEY (instance, digest))",
    "INSERT INTO layout VALUES (1)",
};

std::string hexadecimal(sqlite3_stmt* statement, int column) {
    static const char* const digits = "0123456789abcdef";
    const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(statement, column));
    std::string text;
    for (int i = 0; i < sqlite3_column_bytes(statement, column); ++i) {
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

/// layouts/1.db, row by row.
void fill(PostgresSession& session) {
    for (const char* table : tables_1) session.run(table);
    sqlite3* database = nullptr;
    // Immutable: SQLite leaves no files beside it.
    REQUIRE(sqlite3_open_v2("file:" WORKFLOW_SOURCE_DIR "/tests/store/layouts/1.db?immutable=1",
                            &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                            nullptr) == SQLITE_OK);
    const std::pair<const char*, const char*> columns[] = {
        {"instances", "id, revision, body"},
        {"history", "instance, revision, request, body"},
        {"due", "due, instance, ordinal, timer"},
        {"work", "role, unit, due, instance, ordinal"},
        {"effects", "at, instance, revision, number, tries, body"},
        {"definitions", "kind, id, version, digest, body"},
        {"secrets", "instance, digest, body"},
    };
    for (const auto& [table, names] : columns) {
        sqlite3_stmt* rows = nullptr;
        const std::string sql = std::string("SELECT ") + names + " FROM " + table;
        REQUIRE(sqlite3_prepare_v2(database, sql.c_str(), -1, &rows, nullptr) == SQLITE_OK);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            std::string values;
            for (int column = 0; column < sqlite3_column_count(rows); ++column) {
                if (column > 0) values += ", ";
                values += sqlite3_column_type(rows, column) == SQLITE_INTEGER
                              ? std::to_string(sqlite3_column_int64(rows, column))
                              : "'\\x" + hexadecimal(rows, column) + "'";
            }
            session.run(std::string("INSERT INTO ") + table + " (" + names + ") VALUES (" + values +
                        ")");
        }
        sqlite3_finalize(rows);
    }
    sqlite3_close(database);
}

}  // namespace

TEST_CASE("a PostgreSQL schema of layout 1 becomes one of this build, or stays as it was") {
    PostgresSubject subject;
    {
        PostgresSession session;
        session.run("DROP SCHEMA " + subject.quoted_name() + " CASCADE");
        session.run("CREATE SCHEMA " + subject.quoted_name());
        session.run("SET search_path = " + subject.quoted_name());
        fill(session);
    }
    const PostgresOptions options = subject.options();
    CHECK_THROWS_WITH(open_postgres_store(PostgresCluster::get().conninfo(), options),
                      Catch::Contains("workflow store upgrade"));
    {
        const auto rehearsal = begin_postgres_upgrade(PostgresCluster::get().conninfo(), options);
        CHECK(rehearsal->from() == 1);
        CHECK(upgrade_rows(rehearsal->store()).failed.empty());
    }
    CHECK_THROWS_AS(open_postgres_store(PostgresCluster::get().conninfo(), options), Error);
    {
        const auto upgrade = begin_postgres_upgrade(PostgresCluster::get().conninfo(), options);
        const UpgradeReport report = upgrade_rows(upgrade->store());
        CHECK(report.failed.empty());
        CHECK(report.instances == 7);
        CHECK(report.deadlines == 1);
        upgrade->commit();
    }
    Engine engine(open_postgres_store(PostgresCluster::get().conninfo(), options),
                  std::make_shared<VirtualClock>(
                      *parse_instant("2017-06-23T16:00", std::chrono::hours(7))));
    CHECK(engine.verify().faults.empty());
    CHECK(engine.verify().run_again == 24);
    CHECK(engine.standing_counts("permit").size() == 3);
    CHECK(engine.closed("permit", "granted").items.size() == 2);
    CHECK(engine.pending_effects().size() == 5);
    CHECK(begin_postgres_upgrade(PostgresCluster::get().conninfo(), options)->from() ==
          store_schema_number);
}
