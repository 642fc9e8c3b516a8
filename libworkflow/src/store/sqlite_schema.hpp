// The layout of a SQLite store: its mark, its tables, and who may open which. Confined.
#pragma once

#include "store/sqlite_handle.hpp"

namespace workflow::store {

/// Makes the tables in an empty file, or checks that the file is a store of this version.
/// Error{unsupported}: of a newer version, or of another application; Error{corrupt}: no store;
/// Error{storage}: cannot be read or written.
void open_sqlite_schema(const SqliteHandle& handle, SqliteOptions::Create create);

/// The same of a connection that is lent, or of a store that is only copied: makes and changes nothing.
enum class Layouts : std::uint8_t { only_ours, older_too };
void check_sqlite_schema(const SqliteHandle& handle, Layouts layouts = Layouts::only_ours);

/// Brings the tables of an older layout to this one's, in the transaction that is open; `work` is empty
/// then. Returns the number that it found.
int upgrade_sqlite_schema(const SqliteHandle& handle);

}  // namespace workflow::store
