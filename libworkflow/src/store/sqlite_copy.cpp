// Copies of a store that is in use.
#include <fmt/format.h>

#include "store/durable_file.hpp"
#include "store/sqlite_handle.hpp"
#include "store/sqlite_schema.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"
#include "workflow/store.hpp"

namespace workflow {
namespace store {
namespace {

constexpr int pages_at_once = 1'000;
constexpr int busy_timeout_milliseconds = 5'000;

struct BackupFinish {
    void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

using Progress = std::function<void(std::size_t left, std::size_t all)>;

void copy(const SqliteHandle& from, const SqliteHandle& to, const Progress& progress) {
    const std::unique_ptr<sqlite3_backup, BackupFinish> backup(
        sqlite3_backup_init(to.get(), "main", from.get(), "main"));
    if (backup == nullptr) to.fail(sqlite3_errcode(to.get()), "beginning the copy");
    while (true) {
        const int result = sqlite3_backup_step(backup.get(), pages_at_once);
        if (progress) {
            progress(static_cast<std::size_t>(sqlite3_backup_remaining(backup.get())),
                     static_cast<std::size_t>(sqlite3_backup_pagecount(backup.get())));
        }
        if (result == SQLITE_DONE) return;
        // Writers are not in the way of a reader: what is busy here is broken or checkpointed.
        if (result == SQLITE_BUSY || result == SQLITE_LOCKED) {
            sqlite3_sleep(10);
        } else if (result != SQLITE_OK) {
            to.fail(result, "copying");
        }
    }
}

void check(const SqliteHandle& copied) {
    check_sqlite_schema(copied, Layouts::older_too);
    const std::string found = copied.single_value("PRAGMA quick_check(1)");
    if (found == "ok") return;
    throw Error(ErrorCode::corrupt,
                fmt::format("the copy '{}' is not whole: {}; is the store itself damaged?",
                            printable(copied.path()), printable(found)));
}

}  // namespace
}  // namespace store

std::uint64_t copy_sqlite_store(const std::string& from, const std::string& to,
                                const std::function<void(std::size_t, std::size_t)>& progress) {
    using namespace store;
    if (from.empty() || to.empty()) throw Error(ErrorCode::misuse, "a store needs a path");
    const std::string partial = begin_file(to);
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    {
        const SqliteHandle source(from, flags, {}, busy_timeout_milliseconds);
        // A transaction that has read keeps what it has seen for the whole of the copy.
        source.execute("BEGIN");
        check_sqlite_schema(source, Layouts::older_too);
        const SqliteHandle target(partial, flags | SQLITE_OPEN_CREATE, {},
                                  busy_timeout_milliseconds);
        copy(source, target, progress);
        check(target);
    }
    return publish_file(partial, to);
}

}  // namespace workflow
