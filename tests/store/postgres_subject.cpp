#include "store/postgres_subject.hpp"

#include <stdexcept>

#include "support/postgres_cluster.hpp"

namespace workflow::test {
namespace {

std::string next_schema() {
    static int number = 0;
    return "store \"" + std::to_string(++number) + "\"";  // a name that SQL must quote
}

}  // namespace

PostgresSubject::PostgresSubject() {
    options_.schema = next_schema();
    store_ = open(options_);
    options_.create = PostgresOptions::Create::never;
}

PostgresSubject::~PostgresSubject() {
    store_.reset();
    try {
        PostgresSession().run("DROP SCHEMA IF EXISTS " + quoted_name() + " CASCADE");
    } catch (const std::runtime_error&) {
        // The whole server goes at the end.
    }
}

std::string PostgresSubject::quoted_name() const {
    std::string quoted = "\"";
    for (const char letter : options_.schema) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

void PostgresSubject::reopen() {
    store_.reset();
    store_ = open(options_);
}

std::unique_ptr<Store> PostgresSubject::open(int lock_timeout_milliseconds) const {
    PostgresOptions options = options_;
    options.lock_timeout_milliseconds = lock_timeout_milliseconds;
    return open(options);
}

std::unique_ptr<Store> PostgresSubject::open(const PostgresOptions& options) const {
    return open_postgres_store(PostgresCluster::get().conninfo(), options);
}

PostgresSession::PostgresSession()
    : connection_(PQconnectdb(PostgresCluster::get().conninfo().c_str()), PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
        throw std::runtime_error(PQerrorMessage(connection_.get()));
    }
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
}

std::vector<std::string> PostgresSession::run(const std::string& sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(
        PQexec(connection_.get(), sql.c_str()), PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        throw std::runtime_error(PQerrorMessage(connection_.get()));
    }
    std::vector<std::string> found;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        found.emplace_back(PQgetvalue(result.get(), row, 0));
    }
    return found;
}

}  // namespace workflow::test
