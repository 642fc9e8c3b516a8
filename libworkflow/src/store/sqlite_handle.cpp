#include "store/sqlite_handle.hpp"

namespace workflow::store {
namespace {

/// SQLite reads some paths as URIs or as databases in memory; "./" in front makes them plain files.
std::string as_file(const std::string& path) {
    return path.starts_with('/') ? path : "./" + path;
}

std::string name_of(sqlite3* lent) {
    if (lent == nullptr) throw Error(ErrorCode::misuse, "no SQLite connection was lent: it is null");
    const char* path = sqlite3_db_filename(lent, "main");
    return path == nullptr || *path == '\0' ? "a database in memory" : path;
}

}  // namespace

SqliteHandle::SqliteHandle(const std::string& path, int flags, const std::string& vfs,
                           int busy_timeout_milliseconds)
    : path_(path), busy_timeout_milliseconds_(busy_timeout_milliseconds) {
    const int result = sqlite3_open_v2(as_file(path).c_str(), &database_, flags,
                                       vfs.empty() ? nullptr : vfs.c_str());
    if (database_ != nullptr) sqlite3_extended_result_codes(database_, 1);
    if (result != SQLITE_OK) {
        // The destructor does not run for an object that was never made.
        const std::unique_ptr<sqlite3, int (*)(sqlite3*)> closer(database_, sqlite3_close_v2);
        fail(result, "opening it");
    }
    sqlite3_busy_timeout(database_, busy_timeout_milliseconds);
}

SqliteHandle::SqliteHandle(sqlite3* lent)
    : path_(name_of(lent)), busy_timeout_milliseconds_(0), is_lent_(true), database_(lent) {}

SqliteHandle::~SqliteHandle() {
    if (!is_lent_) sqlite3_close_v2(database_);
}

SqliteStatement SqliteHandle::prepare(const char* sql) const {
    sqlite3_stmt* statement = nullptr;
    const int result =
        sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result == SQLITE_ERROR) {
        // The statements are ours and tested: what does not fit them is the file.
        throw Error(ErrorCode::corrupt,
                    "store '" + path_ + "': its tables are not those of a store: " +
                        sqlite3_errmsg(database_) + "; restore the file from a backup");
    }
    if (result != SQLITE_OK) fail(result, "preparing a statement");
    return SqliteStatement(statement);
}

void SqliteHandle::execute(const char* sql) const {
    const int result = try_execute(sql);
    if (result != SQLITE_OK) fail(result, "setting it up");
}

int SqliteHandle::try_execute(const char* sql) const {
    return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
}

std::string SqliteHandle::single_value(const char* sql) const {
    const SqliteStatement statement = prepare(sql);
    const int result = sqlite3_step(statement.get());
    if (result == SQLITE_DONE) return {};
    if (result != SQLITE_ROW) fail(result, "reading its header");
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0));
    return text == nullptr ? std::string() : std::string(text);
}

void SqliteHandle::fail(int result, std::string_view doing) const {
    throw_sqlite_error(database_, result, {path_, doing, busy_timeout_milliseconds_});
}

}  // namespace workflow::store
