#include "benchmark/prepared_statements.hpp"

#include <stdexcept>

#include "benchmark/comparison.hpp"

namespace workflow::benchmarks {
namespace {

void bind(sqlite3_stmt* statement, int index, std::int64_t value) {
    sqlite3_bind_int64(statement, index, value);
}
void bind(sqlite3_stmt* statement, int index, const std::string& text) {
    sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
void bind_body(sqlite3_stmt* statement, int index, const std::string& body) {
    sqlite3_bind_blob(statement, index, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
}
std::int64_t signed_of(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

void bind_due(sqlite3_stmt* statement, const StoredDue& row) {
    bind(statement, 1, row.due);
    bind(statement, 2, row.instance);
    bind(statement, 3, std::int64_t{row.ordinal});
    bind(statement, 4, std::int64_t{row.timer});
}
void bind_work(sqlite3_stmt* statement, const StoredWork& row) {
    bind(statement, 1, row.role);
    bind(statement, 2, row.state);
    bind(statement, 3, row.unit);
    bind(statement, 4, row.due);
    bind(statement, 5, row.instance);
    bind(statement, 6, std::int64_t{row.ordinal});
}
void bind_active(sqlite3_stmt* statement, const StoredActive& row) {
    bind(statement, 1, row.procedure);
    bind(statement, 2, row.unit);
    bind(statement, 3, row.received);
    bind(statement, 4, row.instance);
}

}  // namespace

const char* PreparedStatements::sql(Statement statement) {
    switch (statement) {
        case Statement::begin:
            return "BEGIN IMMEDIATE";
        case Statement::commit:
            return "COMMIT";
        case Statement::read_instance:
            return "SELECT revision, body FROM instances WHERE id = ?";
        case Statement::read_request:
            return "SELECT revision FROM history WHERE instance = ? AND request = ?";
        case Statement::insert_instance:
            return "INSERT INTO instances (id, revision, body) VALUES (?, ?, ?)";
        case Statement::update_instance:
            return "UPDATE instances SET revision = ?, body = ? WHERE id = ? AND revision = ?";
        case Statement::append_history:
            return "INSERT INTO history (instance, revision, request, body) VALUES (?, ?, ?, ?)";
        case Statement::put_due:
            return "INSERT INTO due (due, instance, ordinal, timer) VALUES (?, ?, ?, ?)";
        case Statement::erase_due:
            return "DELETE FROM due WHERE due = ? AND instance = ? AND ordinal = ? AND timer = ?";
        case Statement::put_work:
            return "INSERT INTO work (role, state, unit, due, instance, ordinal, counted)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?)";
        case Statement::erase_work:
            return "DELETE FROM work WHERE role = ? AND state = ? AND unit = ? AND due = ?"
                   " AND instance = ? AND ordinal = ?";
        case Statement::put_effect:
            return "INSERT INTO effects (at, instance, revision, number, tries, body, trace)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?)";
        case Statement::put_active:
            return "INSERT INTO active (procedure, unit, received, instance, due)"
                   " VALUES (?, ?, ?, ?, ?) ON CONFLICT (procedure, unit, received, instance)"
                   " DO UPDATE SET due = excluded.due";
        case Statement::erase_active:
            return "DELETE FROM active WHERE procedure = ? AND unit = ? AND received = ?"
                   " AND instance = ?";
        case Statement::put_closed:
            return "INSERT INTO closed (procedure, outcome, closed, instance, unit, received, result,"
                   " days) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        case Statement::read_history:
            return "SELECT revision, body, request FROM history WHERE instance = ? AND revision > ?"
                   " ORDER BY revision LIMIT ?";
        case Statement::read_due:
            return "SELECT due, instance, ordinal, timer FROM due WHERE due <= ?"
                   " ORDER BY due, instance, ordinal, timer LIMIT 1";
        case Statement::count:
            break;
    }
    return "";
}

PreparedStatements::PreparedStatements(const std::string& path) {
    sqlite3* opened = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
    database_.reset(opened);
    if (result != SQLITE_OK) throw std::runtime_error("cannot open " + path);
    // Those of the store, so that nothing but the work differs: with fewer pages to a checkpoint
    // the peer would copy its log into the file while it is timed, and its log would look short.
    for (const char* setting :
         {"journal_mode = WAL", "synchronous = FULL", "cache_size = -4096",
          "wal_autocheckpoint = 4000", "journal_size_limit = 67108864", "secure_delete = ON",
          "trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY"}) {
        execute((std::string("PRAGMA ") + setting).c_str());
    }
    for (std::size_t i = 0; i < statements_.size(); ++i) {
        sqlite3_stmt* made = nullptr;
        sqlite3_prepare_v3(database_.get(), sql(static_cast<Statement>(i)), -1,
                           SQLITE_PREPARE_PERSISTENT, &made, nullptr);
        if (made == nullptr) throw std::runtime_error(sqlite3_errmsg(database_.get()));
        statements_[i].reset(made);
    }
}

void PreparedStatements::run_together(std::span<const Operations> several) {
    write(prepared(Statement::begin));
    for (const Operations& operations : several) {
        for (const Operation& operation : operations) {
            std::visit([this](const auto& typed) { apply(typed); }, operation);
        }
    }
    write(prepared(Statement::commit));
}

std::uint64_t PreparedStatements::hash_of_rows() {
    std::uint64_t hash = hash_of("");
    for (const char* query :
         {"SELECT * FROM instances ORDER BY 1", "SELECT * FROM history ORDER BY 1, 2",
          "SELECT * FROM due ORDER BY 1, 2, 3, 4", "SELECT * FROM work ORDER BY 1, 2, 3, 4, 5, 6",
          "SELECT * FROM active ORDER BY 1, 2, 3, 4", "SELECT * FROM closed ORDER BY 1, 2, 3, 4",
          "SELECT * FROM effects ORDER BY 1, 2, 3, 4"}) {
        hash = hash_of(std::to_string(hash_of_query(query, {})), hash);
    }
    return hash;
}

std::uint64_t PreparedStatements::hash_of_query(const char* sql,
                                                const std::vector<std::string>& texts) {
    sqlite3_stmt* made = nullptr;
    sqlite3_prepare_v2(database_.get(), sql, -1, &made, nullptr);
    if (made == nullptr) throw std::runtime_error(sqlite3_errmsg(database_.get()));
    const std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement(made);
    for (std::size_t i = 0; i < texts.size(); ++i) bind(made, static_cast<int>(i) + 1, texts[i]);
    std::uint64_t hash = hash_of("");
    while (sqlite3_step(made) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(made); ++column) {
            const auto* bytes = static_cast<const char*>(sqlite3_column_blob(made, column));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(made, column));
            hash = hash_of(std::string_view(bytes, size), hash_of("|", hash));
        }
    }
    return hash;
}

void PreparedStatements::execute(const char* text) {
    if (sqlite3_exec(database_.get(), text, nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(database_.get()));
    }
}

void PreparedStatements::finish(sqlite3_stmt* statement, int expected) {
    const int result = sqlite3_step(statement);
    if (result != expected) throw std::runtime_error(sqlite3_errmsg(database_.get()));
    sqlite3_reset(statement);
}

void PreparedStatements::read(sqlite3_stmt* statement, int column) {
    body_.clear();
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
        body_.assign(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
    sqlite3_reset(statement);
}

void PreparedStatements::apply(const ReadInstance& operation) {
    sqlite3_stmt* const statement = prepared(Statement::read_instance);
    bind(statement, 1, operation.id);
    read(statement, 1);
}

void PreparedStatements::apply(const ReadRequest& operation) {
    sqlite3_stmt* const statement = prepared(Statement::read_request);
    bind(statement, 1, operation.id);
    bind(statement, 2, operation.request);
    read(statement, 0);
}

void PreparedStatements::apply(const PutInstance& operation) {
    if (operation.expected == 0) {
        sqlite3_stmt* const statement = prepared(Statement::insert_instance);
        bind(statement, 1, operation.id);
        bind(statement, 2, signed_of(operation.row.revision));
        bind_body(statement, 3, operation.row.body);
        write(statement);
        return;
    }
    sqlite3_stmt* const statement = prepared(Statement::update_instance);
    bind(statement, 1, signed_of(operation.row.revision));
    bind_body(statement, 2, operation.row.body);
    bind(statement, 3, operation.id);
    bind(statement, 4, signed_of(operation.expected));
    write(statement);
}

void PreparedStatements::apply(const AppendHistory& operation) {
    sqlite3_stmt* const statement = prepared(Statement::append_history);
    bind(statement, 1, operation.id);
    bind(statement, 2, signed_of(operation.row.revision));
    bind(statement, 3, operation.row.request);
    bind_body(statement, 4, operation.row.body);
    write(statement);
}

void PreparedStatements::apply(const PutDue& operation) {
    bind_due(prepared(Statement::put_due), operation.row);
    write(prepared(Statement::put_due));
}

void PreparedStatements::apply(const EraseDue& operation) {
    bind_due(prepared(Statement::erase_due), operation.row);
    write(prepared(Statement::erase_due));
}

void PreparedStatements::apply(const PutWork& operation) {
    bind_work(prepared(Statement::put_work), operation.row);
    bind(prepared(Statement::put_work), 7, std::int64_t{operation.row.counted ? 1 : 0});
    write(prepared(Statement::put_work));
}

void PreparedStatements::apply(const EraseWork& operation) {
    bind_work(prepared(Statement::erase_work), operation.row);
    write(prepared(Statement::erase_work));
}

void PreparedStatements::apply(const PutEffect& operation) {
    sqlite3_stmt* const statement = prepared(Statement::put_effect);
    bind(statement, 1, operation.row.at);
    bind(statement, 2, operation.row.instance);
    bind(statement, 3, signed_of(operation.row.revision));
    bind(statement, 4, std::int64_t{operation.row.number});
    bind(statement, 5, std::int64_t{operation.row.tries});
    bind_body(statement, 6, operation.row.body);
    bind(statement, 7, operation.row.trace);
    write(statement);
}

void PreparedStatements::apply(const ReadDue& operation) {
    sqlite3_stmt* const statement = prepared(Statement::read_due);
    bind(statement, 1, operation.until);
    read(statement, 1);
}

void PreparedStatements::apply(const PutActive& operation) {
    bind_active(prepared(Statement::put_active), operation.row);
    bind(prepared(Statement::put_active), 5, operation.row.due);
    write(prepared(Statement::put_active));
}

void PreparedStatements::apply(const EraseActive& operation) {
    bind_active(prepared(Statement::erase_active), operation.row);
    write(prepared(Statement::erase_active));
}

void PreparedStatements::apply(const PutClosed& operation) {
    sqlite3_stmt* const statement = prepared(Statement::put_closed);
    const StoredClosed& row = operation.row;
    bind(statement, 1, row.procedure);
    bind(statement, 2, row.outcome);
    bind(statement, 3, row.closed);
    bind(statement, 4, row.instance);
    bind(statement, 5, row.unit);
    bind(statement, 6, row.received);
    bind(statement, 7, static_cast<std::int64_t>(row.result));
    bind(statement, 8, row.days);
    write(statement);
}

void PreparedStatements::apply(const ReadHistory& operation) {
    sqlite3_stmt* const statement = prepared(Statement::read_history);
    bind(statement, 1, operation.id);
    bind(statement, 2, signed_of(operation.after));
    bind(statement, 3, static_cast<std::int64_t>(operation.rows_max));
    read(statement, 1);
}

}  // namespace workflow::benchmarks
