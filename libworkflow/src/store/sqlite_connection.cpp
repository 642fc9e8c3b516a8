#include "store/sqlite_connection.hpp"

#include <fmt/format.h>

#include "store/sqlite_schema.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::store {
namespace {

int open_flags(SqliteOptions::Create create) {
    // NOMUTEX: the pool lends a connection to one transaction at a time.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    return create == SqliteOptions::Create::if_missing ? flags | SQLITE_OPEN_CREATE : flags;
}

// cache_size: 4 MiB: enough for the inner pages of what a step touches; the system keeps the rest. A process
//   then takes as much memory with a million dossiers as with ten thousand.
// wal_autocheckpoint: every 4,000 pages instead of 1,000; a page changed often is copied into the
//   main file once for many changes. journal_size_limit takes the log back after a peak.
// secure_delete: a sensitive value that was erased by right must not stay in a free page.
// trusted_schema, cell_size_check: the file may come from somebody else, or be damaged.
constexpr const char* settings = R"(
PRAGMA cache_size = -4096;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 67108864;
PRAGMA secure_delete = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA temp_store = MEMORY;
)";

class SqliteRow final : public SqlRow {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    std::int64_t integer(int column) const override {
        return sqlite3_column_int64(statement_, column);
    }
    std::string characters(int column) const override {
        const void* bytes = sqlite3_column_blob(statement_, column);
        const int size = sqlite3_column_bytes(statement_, column);
        if (bytes == nullptr) return {};
        return std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    }

private:
    sqlite3_stmt* statement_;
};

/// Ends a statement's run on every way out, so that it holds no lock and no borrowed bytes.
class Run {
public:
    explicit Run(sqlite3_stmt* statement) : statement_(statement) {}
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run() { sqlite3_reset(statement_); }

private:
    sqlite3_stmt* statement_;
};

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, const SqliteOptions& options)
    : handle_(path, open_flags(options.create), options.vfs, options.busy_timeout_milliseconds) {
    // SQLite opens a file that it may not write for reading, without a word.
    if (sqlite3_db_readonly(handle_.get(), "main") != 0) {
        handle_.fail(SQLITE_READONLY, "opening it for writing");
    }
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // Before the tables are made: what is acknowledged is on the disk.
    handle_.execute(options.synchronous == SqliteOptions::Synchronous::full
                        ? "PRAGMA synchronous = FULL"
                        : "PRAGMA synchronous = OFF");
    open_sqlite_schema(handle_, options.create);
    handle_.execute(settings);
    begin_read_ = handle_.prepare("BEGIN");
    begin_write_ = handle_.prepare("BEGIN IMMEDIATE");
    commit_ = handle_.prepare("COMMIT");
    roll_back_ = handle_.prepare("ROLLBACK");
    prepare_parts();
}

SqliteConnection::SqliteConnection(sqlite3* lent) : handle_(lent) {
    check_lent(Store::Access::read);
    check_sqlite_schema(handle_);
    prepare_parts();
}

void SqliteConnection::prepare_parts() {
    open_part_ = handle_.prepare("SAVEPOINT workflow_part");
    keep_part_ = handle_.prepare("RELEASE workflow_part");
    drop_part_ = handle_.prepare("ROLLBACK TO workflow_part");
}

/// The host has begun it, and for what is to be done in it.
void SqliteConnection::check_lent(Store::Access access) const {
    const bool is_open = sqlite3_get_autocommit(handle_.get()) == 0;
    const bool writes = sqlite3_txn_state(handle_.get(), "main") == SQLITE_TXN_WRITE;
    if (is_open && (writes || access == Store::Access::read)) return;
    throw Error(ErrorCode::misuse,
                fmt::format("store '{}': the connection that was lent has {}; begin one with BEGIN "
                            "IMMEDIATE first, and end it after the call",
                            printable(handle_.path()),
                            is_open ? "a transaction that only reads so far"
                                    : "no open transaction"));
}

void SqliteConnection::prepare_all() {
    for (std::size_t index = 0; index < sql_count; ++index) {
        static_cast<void>(statement(static_cast<Sql>(index)));
    }
}

void SqliteConnection::begin(Store::Access access) {
    if (handle_.is_lent()) {
        check_lent(access);
        return open_part();
    }
    run(access == Store::Access::write ? begin_write_ : begin_read_, "beginning a transaction");
}

void SqliteConnection::commit() {
    if (handle_.is_lent()) return keep_part();
    try {
        run(commit_, "committing");
    } catch (...) {
        static_cast<void>(roll_back());
        withdraw_commit();
        throw;
    }
}

bool SqliteConnection::roll_back() noexcept {
    if (handle_.is_lent()) return drop_part();
    // SQLite takes some failed transactions back by itself.
    if (sqlite3_get_autocommit(handle_.get()) != 0) return true;
    sqlite3_step(roll_back_.get());
    sqlite3_reset(roll_back_.get());
    return sqlite3_get_autocommit(handle_.get()) != 0;
}

void SqliteConnection::open_part() {
    run(open_part_, "beginning a part of a transaction");
}

void SqliteConnection::keep_part() {
    run(keep_part_, "keeping a part of a transaction");
}

bool SqliteConnection::drop_part() noexcept {
    // In some faults SQLite takes back the whole transaction, with all its parts.
    bool done = sqlite3_get_autocommit(handle_.get()) == 0;
    for (sqlite3_stmt* const statement : {drop_part_.get(), keep_part_.get()}) {
        done = done && sqlite3_step(statement) == SQLITE_DONE;
        sqlite3_reset(statement);
    }
    return done;
}

std::int64_t SqliteConnection::change(Sql sql, Values values) {
    sqlite3_stmt* const prepared = statement(sql);
    const Run run_to_end(prepared);
    bind(prepared, values);
    const int result = sqlite3_step(prepared);
    if (result != SQLITE_DONE) handle_.fail(result, "writing");
    return sqlite3_changes64(handle_.get());
}

void SqliteConnection::query(Sql sql, Values values, const Visit& visit) {
    sqlite3_stmt* const prepared = statement(sql);
    const Run run_to_end(prepared);
    bind(prepared, values);
    const SqliteRow row(prepared);
    int result = sqlite3_step(prepared);
    for (; result == SQLITE_ROW; result = sqlite3_step(prepared)) visit(row);
    if (result != SQLITE_DONE) handle_.fail(result, "reading");
}

sqlite3_stmt* SqliteConnection::statement(Sql sql) {
    SqliteStatement& prepared = statements_[static_cast<std::size_t>(sql)];
    if (!prepared) prepared = handle_.prepare(sql_text(sql));
    return prepared.get();
}

void SqliteConnection::bind(sqlite3_stmt* prepared, Values values) const {
    // SQLITE_STATIC: the bytes are borrowed until the run ends. An empty view may be a null
    // pointer, which SQLite would take for NULL.
    int index = 0;
    for (const SqlValue& value : values) {
        ++index;
        const char* bytes = value.characters.empty() ? "" : value.characters.data();
        const auto size = static_cast<sqlite3_uint64>(value.characters.size());
        int result = SQLITE_OK;
        switch (value.kind) {
            case SqlValue::Kind::integer:
                result = sqlite3_bind_int64(prepared, index, value.integer);
                break;
            case SqlValue::Kind::text:
                result =
                    sqlite3_bind_text64(prepared, index, bytes, size, SQLITE_STATIC, SQLITE_UTF8);
                break;
            case SqlValue::Kind::bytes:
                result = sqlite3_bind_blob64(prepared, index, bytes, size, SQLITE_STATIC);
                break;
        }
        if (result != SQLITE_OK) handle_.fail(result, "writing");
    }
}

void SqliteConnection::run(const SqliteStatement& prepared, std::string_view doing) const {
    const Run run_to_end(prepared.get());
    const int result = sqlite3_step(prepared.get());
    if (result != SQLITE_DONE) handle_.fail(result, doing);
}

/// A commit whose sync failed may have left its pages whole in the log, where a restart after a
/// crash would find them. Emptying the log takes them back; if that fails too, or a reader is in
/// the way, the next commit writes over them.
void SqliteConnection::withdraw_commit() const noexcept {
    sqlite3_busy_timeout(handle_.get(), 0);
    static_cast<void>(handle_.try_execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    sqlite3_busy_timeout(handle_.get(), handle_.busy_timeout_milliseconds());
}

}  // namespace workflow::store
