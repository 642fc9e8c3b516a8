#include "store/sqlite_schema.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "workflow/diagnostic.hpp"

namespace workflow::store {
namespace {

/// SQLite's application_id of our files: the letters "WFLW".
constexpr int application_id = 0x57464c57;

// The instance id is in the primary key of every table of instance data and no constraint crosses
// instances. STRICT makes SQLite notice a value of another type. WITHOUT ROWID clusters a table in
// its key, so that a change touches one page instead of one of the table and one of its index.
//
// `instances` and `definitions` have a rowid all the same: only its leaves hold rows of up to a
// page whole, a clustered row of more than a quarter page overflows into pages of its own (1,500
// bytes: 3 pages more for a step), and an update does not touch the index on the id. `history` has
// one because it only grows: rows are appended to full pages, and only its small index is written
// here and there. Clustered in (instance, revision), some 9 rows fill a page, and every third row
// had 4 pages rebalanced: 2.8 pages a row instead of 2.4. A history is read seldom, from as many
// pages as it has rows; its last row is the one that was written last. Its rowid also says in which
// order rows were committed (`changes`).
//
// The request id is in the key of `history`, so that a repeated request is looked for in that
// instance's entries of the index and in no row; a table of its own would be one page more for each
// step. That a revision is there once only is checked by the statement that appends it.
constexpr const char* tables = R"(
CREATE TABLE instances (
    id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE history (
    instance TEXT NOT NULL, revision INTEGER NOT NULL, request TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (instance, revision, request)) STRICT;
CREATE TABLE due (
    due INTEGER NOT NULL, instance TEXT NOT NULL, ordinal INTEGER NOT NULL,
    timer INTEGER NOT NULL,
    PRIMARY KEY (due, instance, ordinal, timer)) STRICT, WITHOUT ROWID;
CREATE TABLE work (
    role TEXT NOT NULL, state TEXT NOT NULL, unit TEXT NOT NULL, due INTEGER NOT NULL,
    instance TEXT NOT NULL, ordinal INTEGER NOT NULL, counted INTEGER NOT NULL,
    PRIMARY KEY (role, state, unit, due, instance, ordinal)) STRICT, WITHOUT ROWID;
CREATE TABLE active (
    procedure TEXT NOT NULL, unit TEXT NOT NULL, received INTEGER NOT NULL, instance TEXT NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (procedure, unit, received, instance)) STRICT, WITHOUT ROWID;
CREATE TABLE closed (
    procedure TEXT NOT NULL, outcome TEXT NOT NULL, closed INTEGER NOT NULL, instance TEXT NOT NULL,
    unit TEXT NOT NULL, received INTEGER NOT NULL, result INTEGER NOT NULL, days INTEGER NOT NULL,
    PRIMARY KEY (procedure, outcome, closed, instance)) STRICT, WITHOUT ROWID;
CREATE TABLE fields (
    procedure TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, instance TEXT NOT NULL,
    PRIMARY KEY (procedure, field, value, instance)) STRICT, WITHOUT ROWID;
CREATE TABLE delegations (
    delegate TEXT NOT NULL, delegator TEXT NOT NULL, since INTEGER NOT NULL,
    until INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (delegate, delegator, since)) STRICT, WITHOUT ROWID;
CREATE TABLE incidents (
    since INTEGER NOT NULL, instance TEXT NOT NULL, ordinal INTEGER NOT NULL,
    PRIMARY KEY (since, instance, ordinal)) STRICT, WITHOUT ROWID;
CREATE TABLE subscriptions (
    message TEXT NOT NULL, key TEXT NOT NULL, since INTEGER NOT NULL, instance TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (message, key, since, instance, ordinal)) STRICT, WITHOUT ROWID;
CREATE TABLE messages (
    message TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (message, key, number)) STRICT, WITHOUT ROWID;
CREATE TABLE dispatches (
    instance TEXT NOT NULL, revision INTEGER NOT NULL, number INTEGER NOT NULL,
    body BLOB NOT NULL, trace TEXT NOT NULL,
    PRIMARY KEY (instance, revision, number)) STRICT, WITHOUT ROWID;
CREATE TABLE effects (
    at INTEGER NOT NULL, instance TEXT NOT NULL, revision INTEGER NOT NULL,
    number INTEGER NOT NULL, tries INTEGER NOT NULL, body BLOB NOT NULL, trace TEXT NOT NULL,
    PRIMARY KEY (at, instance, revision, number)) STRICT, WITHOUT ROWID;
CREATE TABLE definitions (
    kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (kind, id, version)) STRICT;
CREATE TABLE secrets (
    instance TEXT NOT NULL, digest BLOB NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (instance, digest)) STRICT, WITHOUT ROWID;
)";

// What makes layout 2 of layout 1. `work` is made anew by upgrade_rows().
constexpr const char* to_layout_2[] = {
    "DROP TABLE work",
    "ALTER TABLE dispatches ADD COLUMN trace TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE effects ADD COLUMN trace TEXT NOT NULL DEFAULT ''",
};

enum class Found : std::uint8_t { empty, older, ours };

/// In whatever transaction is open, so that the three answers agree.
Found check_mark(const SqliteHandle& handle) {
    const int id = std::stoi(handle.single_value("PRAGMA application_id"));
    const int number = std::stoi(handle.single_value("PRAGMA user_version"));
    const bool has_tables = handle.single_value("SELECT count(*) FROM sqlite_schema") != "0";
    if (id == 0 && number == 0 && !has_tables) return Found::empty;
    const std::string path = printable(handle.path());
    if (id != application_id) {
        throw Error(ErrorCode::unsupported,
                    fmt::format("store '{}': this SQLite file belongs to another application "
                                "(application_id {}) and is left as it is; give another path",
                                path, id));
    }
    if (number > store_schema_number) {
        throw Error(ErrorCode::unsupported,
                    fmt::format("store '{}': its layout has number {}, and this build knows up to "
                                "{}; open it with the newer version of libworkflow that wrote it",
                                path, number, store_schema_number));
    }
    if (number < 1 || !has_tables) {
        throw Error(ErrorCode::corrupt,
                    fmt::format("store '{}': it is marked as a store, but its layout number is {} "
                                "and its tables are {}; restore the file from a backup",
                                path, number, has_tables ? "there" : "missing"));
    }
    return number < store_schema_number ? Found::older : Found::ours;
}

[[noreturn]] void refuse_older(const SqliteHandle& handle) {
    throw Error(ErrorCode::unsupported,
                fmt::format("store '{}': its layout is an older one; bring it to this build's with: "
                            "workflow store upgrade --store sqlite:{}",
                            printable(handle.path()), printable(handle.path())));
}

/// The change of the journal's mode needs the file alone and, unlike a transaction, does not always
/// wait for it: two processes that make the same new file meet here.
void switch_to_wal(const SqliteHandle& handle) {
    const auto until = std::chrono::steady_clock::now() +
                       std::chrono::milliseconds(handle.busy_timeout_milliseconds());
    const SqliteStatement statement = handle.prepare("PRAGMA journal_mode = WAL");
    int result = sqlite3_step(statement.get());
    while ((result & 0xff) == SQLITE_BUSY && std::chrono::steady_clock::now() < until) {
        sqlite3_reset(statement.get());
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        result = sqlite3_step(statement.get());
    }
    if (result != SQLITE_ROW) handle.fail(result, "switching it to its write-ahead log");
    const auto* mode = reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0));
    if (mode == nullptr || std::string_view(mode) != "wal") {
        throw Error(ErrorCode::storage,
                    fmt::format("store '{}': the file system offers no shared memory, which the "
                                "write-ahead log needs; keep the store on a local disk",
                                printable(handle.path())));
    }
}

/// One transaction: another process sees all the tables and the mark, or none.
void create_tables(const SqliteHandle& handle) {
    handle.execute("BEGIN IMMEDIATE");
    try {
        if (check_mark(handle) == Found::empty) {
            handle.execute(tables);
            handle.execute(fmt::format("PRAGMA application_id = {}", application_id).c_str());
            handle.execute(fmt::format("PRAGMA user_version = {}", store_schema_number).c_str());
        }
        handle.execute("COMMIT");
    } catch (...) {
        static_cast<void>(handle.try_execute("ROLLBACK"));
        throw;
    }
}

Found check_mark_as_found(const SqliteHandle& handle) {
    handle.execute("BEGIN");
    const Found found = check_mark(handle);
    handle.execute("COMMIT");
    return found;
}

}  // namespace

void open_sqlite_schema(const SqliteHandle& handle, SqliteOptions::Create create) {
    // Looked at before anything is changed: a file of somebody else stays as it is.
    const Found found = check_mark_as_found(handle);
    if (found == Found::empty && create == SqliteOptions::Create::never) {
        throw Error(
            ErrorCode::corrupt,
            fmt::format("store '{}': the file is empty and holds no store; give the path of "
                        "a store, or allow that one is made",
                        printable(handle.path())));
    }
    if (found == Found::older) refuse_older(handle);
    switch_to_wal(handle);
    if (found == Found::empty) create_tables(handle);
}

int upgrade_sqlite_schema(const SqliteHandle& handle) {
    const Found found = check_mark(handle);
    if (found == Found::ours) return store_schema_number;
    if (found == Found::empty) {
        throw Error(ErrorCode::corrupt, fmt::format("store '{}': the file is empty and holds no store",
                                                    printable(handle.path())));
    }
    const int from = std::stoi(handle.single_value("PRAGMA user_version"));
    for (const char* change : to_layout_2) handle.execute(change);
    // Of the tables of today those that are not there yet.
    std::string missing = tables;
    for (std::size_t at = 0; (at = missing.find("CREATE TABLE ", at)) != std::string::npos;) {
        at += std::string_view("CREATE TABLE ").size();
        missing.insert(at, "IF NOT EXISTS ");
    }
    handle.execute(missing.c_str());
    handle.execute(fmt::format("PRAGMA user_version = {}", store_schema_number).c_str());
    return from;
}

void check_sqlite_schema(const SqliteHandle& handle, Layouts layouts) {
    const Found found = check_mark(handle);
    if (found == Found::ours || (found == Found::older && layouts == Layouts::older_too)) return;
    if (found == Found::older) refuse_older(handle);
    throw Error(ErrorCode::unsupported,
                fmt::format("store '{}': the connection that was lent holds no store in its main "
                            "database; open it on the file that open_sqlite_store() made",
                            printable(handle.path())));
}

}  // namespace workflow::store
