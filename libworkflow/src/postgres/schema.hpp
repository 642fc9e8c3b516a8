// The tables of a store in PostgreSQL: made, or looked at before anything else.
#pragma once

#include "postgres/session.hpp"

namespace workflow::postgres {

/// Makes the tables where the schema is missing or empty, one process at a time. Error{unsupported}:
/// of another application, or of a newer version; Error{corrupt}: its layout number makes no sense;
/// Error{storage}: there is none, and none is to be made.
void open_schema(Session& session, PostgresOptions::Create create);

/// Brings the tables of an older layout to this one's, in the transaction that is open; `work` is empty
/// then. Returns the number that it found.
int upgrade_schema(Session& session);

}  // namespace workflow::postgres
