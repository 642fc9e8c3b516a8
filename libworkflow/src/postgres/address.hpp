// Which server, database and schema a store is in. Immutable.
#pragma once

#include <libpq-fe.h>

#include <string>

#include "workflow/postgres_store.hpp"

namespace workflow::postgres {

struct Address {
    std::string conninfo;  ///< may hold a password: in no message
    std::string schema;
    int lock_timeout_milliseconds = 0;
    std::string name;  ///< host, port, database and schema, for messages
};

/// Error{misuse} when one of them cannot be.
[[nodiscard]] Address make_address(const std::string& conninfo, const PostgresOptions& options);

/// Of a connection that is lent; no conninfo.
[[nodiscard]] Address address_of(PGconn* lent, const PostgresOptions& options);

/// `"name"`, as SQL has it.
[[nodiscard]] std::string sql_name(const std::string& name);

}  // namespace workflow::postgres
