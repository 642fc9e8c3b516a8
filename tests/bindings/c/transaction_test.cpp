// Steps of a C host inside its own transaction: kept and lost with its rows.
#include <libpq-fe.h>
#include <sqlite3.h>

#include "host.hpp"
#include "support/postgres_cluster.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

const std::string start_a = R"({"procedure": "permit", "key": "A", "actor": {"id": "an", "roles": ["clerk"]}, "data": {"applicant": "A"}})";

/// Starts permit/A inside the host's transaction.
void start_inside(workflow_engine* inside) {
    REQUIRE(workflow_start(inside, start_a.c_str(), nullptr) == WORKFLOW_OK);
    CHECK(workflow_get(inside, R"({"instance": "permit/A"})", nullptr) == WORKFLOW_OK);
    workflow_timer* timer = nullptr;
    CHECK(workflow_timer_start(inside, 10, &timer) == WORKFLOW_MISUSE);
    CHECK(contains(workflow_last_error(), "inside a transaction is for one thread"));
    workflow_engine_close(inside);
}

int code_of_get(const Host& host) {
    return host.call("get", R"({"instance": "permit/A"})").code;
}

}  // namespace

TEST_CASE("a step goes with the host's rows in SQLite", "[c]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("dossiers.db");
    const Host host(nullptr, nullptr, "sqlite:" + file);
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &connection) == SQLITE_OK);
    const auto run = [&](const char* statement) {
        return sqlite3_exec(connection, statement, nullptr, nullptr, nullptr);
    };
    REQUIRE(run("CREATE TABLE letters(text TEXT)") == SQLITE_OK);
    workflow_engine* inside = nullptr;
    CHECK(workflow_engine_in_sqlite(host.engine, nullptr, &inside) == WORKFLOW_MISUSE);
    CHECK(workflow_engine_in_sqlite(host.engine, connection, &inside) == WORKFLOW_MISUSE);  // none is open
    for (const char* end : {"ROLLBACK", "COMMIT"}) {
        REQUIRE(run("BEGIN IMMEDIATE; INSERT INTO letters VALUES ('received')") == SQLITE_OK);
        REQUIRE(workflow_engine_in_sqlite(host.engine, connection, &inside) == WORKFLOW_OK);
        start_inside(inside);
        REQUIRE(run(end) == SQLITE_OK);
        CHECK(code_of_get(host) == (std::string(end) == "COMMIT" ? WORKFLOW_OK : WORKFLOW_NOT_FOUND));
    }
    sqlite3_close(connection);
}

TEST_CASE("a step goes with the host's rows in PostgreSQL", "[c]") {
    const std::string conninfo = PostgresCluster::get().conninfo();
    const Host host(nullptr, nullptr, "postgresql:///postgres?user=workflow&host=" + PostgresCluster::get().folder());
    PGconn* connection = PQconnectdb(conninfo.c_str());
    REQUIRE(PQstatus(connection) == CONNECTION_OK);
    const auto run = [&](const char* statement) {
        PGresult* result = PQexec(connection, statement);
        const auto status = PQresultStatus(result);
        PQclear(result);
        return status;
    };
    REQUIRE(run("CREATE TABLE letters(text TEXT)") == PGRES_COMMAND_OK);
    workflow_engine* inside = nullptr;
    CHECK(workflow_engine_in_postgres(host.engine, connection, nullptr, &inside) == WORKFLOW_MISUSE);
    for (const char* end : {"ROLLBACK", "COMMIT"}) {
        REQUIRE(run("BEGIN") == PGRES_COMMAND_OK);
        REQUIRE(run("INSERT INTO letters VALUES ('received')") == PGRES_COMMAND_OK);
        REQUIRE(workflow_engine_in_postgres(host.engine, connection, nullptr, &inside) == WORKFLOW_OK);
        start_inside(inside);
        REQUIRE(run(end) == PGRES_COMMAND_OK);
        CHECK(code_of_get(host) == (std::string(end) == "COMMIT" ? WORKFLOW_OK : WORKFLOW_NOT_FOUND));
    }
    PQfinish(connection);
}
