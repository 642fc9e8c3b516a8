// The layout of a SQLite store: its mark, its tables, and who may open which. Confined.
#pragma once

#include "store/sqlite_handle.hpp"

namespace workflow::store {

/// Makes the tables in an empty file, or checks that the file is a store of this version.
/// Error{unsupported}: of a newer version, or of another application; Error{corrupt}: no store;
/// Error{storage}: cannot be read or written.
void open_sqlite_schema(const SqliteHandle& handle, SqliteOptions::Create create);

/// The same of a connection that is lent: makes and changes nothing.
void check_sqlite_schema(const SqliteHandle& handle);

}  // namespace workflow::store
