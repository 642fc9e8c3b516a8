#include "store/sqlite_error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"

namespace workflow::store {
namespace {

struct Verdict {
    ErrorCode code;
    std::string mend;
};

Verdict verdict(int result, const SqliteAttempt& attempt) {
    if (result == SQLITE_IOERR_CORRUPTFS || result == SQLITE_IOERR_DATA) {
        return {ErrorCode::corrupt, "check the disk and restore the file from a backup"};
    }
    switch (result & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return {ErrorCode::storage,
                    fmt::format("another process holds the write lock and kept it for more than "
                                "{} ms; repeat the call, or end the process that holds it",
                                attempt.busy_timeout_milliseconds)};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
            return {ErrorCode::corrupt,
                    "the file is damaged or no SQLite file; restore it from a backup, or save what "
                    "`sqlite3 FILE .recover` still reads"};
        case SQLITE_FULL:
            return {ErrorCode::storage, "free space on that disk and repeat the call"};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {ErrorCode::storage,
                    "make the file and its folder writable for this process and repeat the call"};
        case SQLITE_CANTOPEN:
            return {ErrorCode::storage,
                    "check that the folder exists and may be written by this process"};
        case SQLITE_NOMEM:
            return {ErrorCode::storage, "memory ran out; repeat the call"};
        case SQLITE_TOOBIG:
            return {ErrorCode::limit, "make the row smaller"};
        case SQLITE_CONSTRAINT:
            return {ErrorCode::conflict, "load it again and repeat"};
        case SQLITE_IOERR:
            return {ErrorCode::storage, "check the disk and repeat the call; nothing was changed"};
        default:
            return {ErrorCode::internal, "please report this as a defect of libworkflow"};
    }
}

}  // namespace

void throw_sqlite_error(sqlite3* database, int result, const SqliteAttempt& attempt) {
    // The handle's words are of its last call, which may be another one.
    const bool own_words = database != nullptr && sqlite3_extended_errcode(database) == result;
    const char* words = own_words ? sqlite3_errmsg(database) : sqlite3_errstr(result);
    const Verdict found = verdict(result, attempt);
    throw Error(found.code,
                fmt::format("store '{}': {} failed: {} (SQLite {}); {}", printable(attempt.path),
                            attempt.doing, printable(words), result, found.mend));
}

}  // namespace workflow::store
