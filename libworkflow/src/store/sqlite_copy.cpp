// Copies of a store that is in use.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/sqlite_handle.hpp"
#include "store/sqlite_schema.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"
#include "workflow/store.hpp"

namespace workflow {
namespace store {
namespace {

namespace fs = std::filesystem;

constexpr int pages_at_once = 1'000;
constexpr int busy_timeout_milliseconds = 5'000;

struct BackupFinish {
    void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw Error(ErrorCode::storage, fmt::format("'{}' cannot be written: {}", printable(path), why));
}

/// The name of a file is on the disk when its folder is.
void sync(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(path.string(), std::strerror(errno));
    const int result = ::fsync(file);
    const int why = errno;
    ::close(file);
    if (result != 0) fail(path.string(), std::strerror(why));
}

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
    check_sqlite_schema(copied);
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
    std::error_code failure;
    if (fs::exists(to, failure)) {
        throw Error(ErrorCode::misuse,
                    fmt::format("'{}' is there already; name a file that is not", printable(to)));
    }
    const std::string partial = to + ".partial";
    fs::remove(partial, failure);
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    {
        const SqliteHandle source(from, flags, {}, busy_timeout_milliseconds);
        // A transaction that has read keeps what it has seen for the whole of the copy.
        source.execute("BEGIN");
        check_sqlite_schema(source);
        const SqliteHandle target(partial, flags | SQLITE_OPEN_CREATE, {},
                                  busy_timeout_milliseconds);
        copy(source, target, progress);
        check(target);
    }
    const std::uint64_t size = fs::file_size(partial, failure);
    if (failure) fail(partial, failure.message());
    sync(partial);
    fs::create_hard_link(partial, to, failure);  // in place of nothing that has come meanwhile
    if (failure) fail(to, failure.message());
    fs::remove(partial, failure);
    const fs::path folder = fs::path(to).parent_path();
    sync(folder.empty() ? fs::path(".") : folder);
    return size;
}

}  // namespace workflow
