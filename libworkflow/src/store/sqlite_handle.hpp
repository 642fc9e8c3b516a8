// RAII over sqlite3 and sqlite3_stmt. Confined.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

#include "store/sql_connection.hpp"
#include "store/sqlite_error.hpp"

namespace workflow::store {

struct SqliteFinalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteFinalize>;

/// One open database. Every failing call throws the Error that sqlite_error.cpp makes of it.
class SqliteHandle {
public:
    /// `flags`: SQLITE_OPEN_*; `vfs` empty: the default one.
    SqliteHandle(const std::string& path, int flags, const std::string& vfs,
                 int busy_timeout_milliseconds);
    /// One that somebody else has opened, and closes when this is gone.
    explicit SqliteHandle(sqlite3* lent);
    SqliteHandle(const SqliteHandle&) = delete;
    SqliteHandle& operator=(const SqliteHandle&) = delete;
    ~SqliteHandle();

    [[nodiscard]] SqliteStatement prepare(const char* sql) const;
    /// Runs one or more statements that give no rows.
    void execute(const char* sql) const;
    /// SQLite's result code, not thrown.
    [[nodiscard]] int try_execute(const char* sql) const;
    /// The first column of the first row.
    [[nodiscard]] std::string single_value(const char* sql) const;

    [[noreturn]] void fail(int result, std::string_view doing) const;
    [[nodiscard]] sqlite3* get() const { return database_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool is_lent() const { return is_lent_; }
    [[nodiscard]] int busy_timeout_milliseconds() const { return busy_timeout_milliseconds_; }

private:
    std::string path_;
    int busy_timeout_milliseconds_;
    bool is_lent_ = false;
    sqlite3* database_ = nullptr;
};

}  // namespace workflow::store
