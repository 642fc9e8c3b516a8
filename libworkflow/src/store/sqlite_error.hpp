// SQLite's result codes as workflow::Error, with SQLite's own words, the path and a mend.
// Immutable.
#pragma once

#include <string>
#include <string_view>

struct sqlite3;

namespace workflow::store {

/// What was tried when it failed, and where.
struct SqliteAttempt {
    std::string_view path;
    std::string_view doing;  ///< "opening it", "committing" ...
    int busy_timeout_milliseconds = 0;
};

/// `database` may be null when it could not be opened.
[[noreturn]] void throw_sqlite_error(sqlite3* database, int result, const SqliteAttempt& attempt);

}  // namespace workflow::store
