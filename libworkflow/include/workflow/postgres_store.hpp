// The store in a PostgreSQL server: many processes on one database, instances side by side.
// Of the target workflow::postgres, which builds that find no libpq do not have. Thread-safe.
#pragma once

#include "workflow/store.hpp"
#include "workflow/visibility.hpp"

struct pg_conn;  // of libpq: PGconn

namespace workflow WORKFLOW_PUBLIC {

struct PostgresOptions {
    enum class Create : std::uint8_t { if_missing, never };
    Create create = Create::if_missing;
    /// The schema of the database that holds the tables, and nothing else: 1 to 63 bytes.
    std::string schema = "workflow";
    /// How long to wait for what another transaction holds; above 0.
    int lock_timeout_milliseconds = 5'000;
};

/// The tables of a store in a schema of a PostgreSQL database (15 or newer); any number of threads
/// and processes may share it. `conninfo` is a URI (`postgresql://user@host/database`) or
/// `key=value` words, as libpq reads them; what they leave out comes from libpq's environment
/// variables and files.
///
/// Transactions that write different instances go on side by side; those that ask for the same one
/// follow each other. A connection is opened for each transaction that is under way, and up to 32
/// are kept. One that the server has closed meanwhile is replaced when a transaction begins; one
/// that is cut in a transaction ends that with Error{storage} and nothing kept. Only when it is cut
/// during commit() may the transaction turn up after all, whole: repeat it with the same request id.
///
/// Error{storage}: cannot be reached or entered, or a lock was not had within the time-out;
/// Error{conflict}, from every call and from commit(): another transaction was first, or both waited
/// for each other; Error{corrupt}: the tables are not those of a store; Error{unsupported}: written
/// by a newer version, or by another application; Error{limit}: a key longer than the server's index
/// can hold (some 2,000 bytes); Error{misuse}: a conninfo, schema or time-out that cannot be. A
/// schema that is refused is left as it is.
[[nodiscard]] std::unique_ptr<Store> open_postgres_store(const std::string& conninfo,
                                                         const PostgresOptions& options = {});

/// The host's own transaction as a store, as lend_sqlite() does it: what is done in it is kept or lost
/// with the host's rows. `connection` is open, blocking, out of pipeline mode and in a transaction
/// (READ COMMITTED, PostgreSQL's default), lent for as long as this lives and used by no other thread
/// meanwhile. Each transaction of the store is a savepoint in it; between them the connection is as it
/// was, but that statements stay prepared whose names begin with `workflow_`. Of `options` only the
/// schema counts: time-outs are the host's. Confined, as `connection` is. Error{misuse}: it is in
/// another state; otherwise as open_postgres_store(). For Engine::in.
[[nodiscard]] std::unique_ptr<Store> lend_postgres(pg_conn* connection,
                                                   const PostgresOptions& options = {});

/// The schema of an older layout, brought to this build's in one transaction, which keeps everybody
/// else out of the tables that it changes. Errors as open_postgres_store().
[[nodiscard]] std::unique_ptr<StoreUpgrade> begin_postgres_upgrade(
    const std::string& conninfo, const PostgresOptions& options = {});

}  // namespace workflow
