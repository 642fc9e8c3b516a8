#include "store/sql_transaction.hpp"

#include <fmt/format.h>

#include <limits>

namespace workflow::store {

SqlTransaction::SqlTransaction(std::shared_ptr<SqlPool> pool, Store::Access access)
    : pool_(std::move(pool)), guard_(pool_->name(), access), connection_(pool_->borrow(access)) {}

SqlTransaction::~SqlTransaction() {
    if (!connection_) return;
    if (!connection_->roll_back()) connection_.reset();
    pool_->give_back(guard_.access(), std::move(connection_));
}

void SqlTransaction::commit() {
    guard_.check_commit();
    try {
        connection_->commit();
    } catch (...) {
        fail();
        throw;
    }
    guard_.mark_done();
    pool_->give_back(guard_.access(), std::move(connection_));
}

void SqlTransaction::open_part() {
    guard_.check_write();
    attempt([](SqlConnection& connection) { connection.open_part(); });
    guard_.open_part();
}

void SqlTransaction::keep_part() {
    guard_.check_part();
    attempt([](SqlConnection& connection) { connection.keep_part(); });
    guard_.close_part();
}

void SqlTransaction::drop_part() noexcept {
    if (!guard_.has_part()) return;
    if (connection_ && !connection_->drop_part()) fail();
    guard_.close_part();
}

std::optional<StoredInstance> SqlTransaction::instance(std::string_view id) {
    std::optional<StoredInstance> found;
    query(Sql::instance_get, {sql_text_value(id)}, [&](const SqlRow& row) {
        found = StoredInstance{count(row, 0), row.characters(1)};
    });
    return found;
}

void SqlTransaction::put_instance(std::string_view id, std::uint64_t expected,
                                  const StoredInstance& row) {
    guard_.check_write();
    guard_.check_revision(row.revision);
    guard_.check_body(row.body);
    const std::int64_t changed =
        expected == 0 ? change(Sql::instance_insert,
                               {sql_text_value(id), sql_bound(row.revision), sql_bytes(row.body)})
                      : change(Sql::instance_update, {sql_bound(row.revision), sql_bytes(row.body),
                                                      sql_text_value(id), sql_bound(expected)});
    if (changed == 0) {
        guard_.conflict(fmt::format("instance {} is not at revision {}", in_quotes(id), expected));
    }
}

std::vector<std::string> SqlTransaction::instances(std::string_view after, std::size_t rows_max) {
    return texts(Sql::instance_list, {sql_text_value(after), sql_bound(rows_max)});
}

void SqlTransaction::append_history(std::string_view id, const StoredHistory& row) {
    guard_.check_write();
    guard_.check_revision(row.revision);
    guard_.check_body(row.body);
    // In SQLite's key stands the request too. One statement that does both would copy every page that
    // it is going to change, in case that it fails half-way.
    bool is_there = false;
    query(Sql::history_has, {sql_text_value(id), sql_bound(row.revision)},
          [&](const SqlRow&) { is_there = true; });
    if (is_there ||
        change(Sql::history_insert, {sql_text_value(id), sql_bound(row.revision),
                                     sql_text_value(row.request), sql_bytes(row.body)}) == 0) {
        guard_.conflict(fmt::format("revision {} of the history of instance {} exists",
                                    row.revision, in_quotes(id)));
    }
}

std::vector<StoredHistory> SqlTransaction::history(std::string_view id, std::uint64_t after,
                                                   std::size_t rows_max) {
    std::vector<StoredHistory> found;
    query(Sql::history_list, {sql_text_value(id), sql_bound(after), sql_bound(rows_max)},
          [&](const SqlRow& row) { found.push_back(history_row(row)); });
    return found;
}

std::optional<StoredHistory> SqlTransaction::last_history(std::string_view id) {
    std::optional<StoredHistory> found;
    query(Sql::history_last, {sql_text_value(id)},
          [&](const SqlRow& row) { found = history_row(row); });
    return found;
}

void SqlTransaction::erase_instance(std::string_view id) {
    for (const Sql statement : {Sql::instance_delete, Sql::history_delete, Sql::secrets_delete}) {
        queue(statement, {sql_text_value(id)});
    }
}

std::optional<std::uint64_t> SqlTransaction::request(std::string_view id,
                                                     std::string_view request) {
    std::optional<std::uint64_t> found;
    query(Sql::request_get, {sql_text_value(id), sql_text_value(request)},
          [&](const SqlRow& row) { found = count(row, 0); });
    return found;
}

void SqlTransaction::put_due(const StoredDue& row) {
    queue(Sql::due_insert, {sql_integer(row.due), sql_text_value(row.instance),
                             sql_integer(row.ordinal), sql_integer(row.timer)});
}

void SqlTransaction::erase_due(const StoredDue& row) {
    queue(Sql::due_delete, {sql_integer(row.due), sql_text_value(row.instance),
                             sql_integer(row.ordinal), sql_integer(row.timer)});
}

std::vector<StoredDue> SqlTransaction::due(std::int64_t until,
                                           const std::optional<StoredDue>& after,
                                           std::size_t rows_max) {
    std::vector<StoredDue> found;
    // Without `after` the bound is a key below every key: ordinals are never negative.
    query(Sql::due_list,
          {sql_integer(until),
           sql_integer(after ? after->due : std::numeric_limits<std::int64_t>::min()),
           sql_text_value(after ? std::string_view(after->instance) : std::string_view()),
           sql_integer(after ? std::int64_t{after->ordinal} : -1),
           sql_integer(after ? std::int64_t{after->timer} : -1), sql_bound(rows_max)},
          [&](const SqlRow& row) { found.push_back(due_row(row)); });
    return found;
}

std::optional<StoredDue> SqlTransaction::next_due() {
    std::optional<StoredDue> found;
    query(Sql::due_next, {}, [&](const SqlRow& row) { found = due_row(row); });
    return found;
}

bool SqlTransaction::claim_due(const StoredDue& row) {
    guard_.check_write();
    bool found = false;
    query(Sql::due_get,
          {sql_integer(row.due), sql_text_value(row.instance), sql_integer(row.ordinal),
           sql_integer(row.timer)},
          [&](const SqlRow&) { found = true; });
    return found;
}

void SqlTransaction::put_definition(const StoredDefinition& row) {
    guard_.check_write();
    guard_.check_body(row.body);
    const SqlValue kind = sql_text_value(row.kind);
    const SqlValue id = sql_text_value(row.id);
    const SqlValue version = sql_integer(row.version);
    if (change(Sql::definition_insert,
               {kind, id, version, sql_text_value(row.digest), sql_bytes(row.body)}) > 0) {
        return;
    }
    bool same = false;
    query(Sql::definition_get, {kind, id, version}, [&](const SqlRow& stored) {
        same = stored.characters(0) == row.digest && stored.characters(1) == row.body;
    });
    if (!same) {
        guard_.conflict(fmt::format("version {} of {} {} exists with other bytes: raise the version",
                                    row.version, in_quotes(row.kind), in_quotes(row.id)));
    }
}

std::vector<StoredDefinition> SqlTransaction::definitions() {
    std::vector<StoredDefinition> found;
    query(Sql::definition_list, {}, [&](const SqlRow& row) {
        found.push_back({row.characters(0), row.characters(1), row.integer(2), row.characters(3),
                         row.characters(4)});
    });
    return found;
}

void SqlTransaction::put_secret(std::string_view id, const StoredSecret& row) {
    guard_.check_write();
    guard_.check_body(row.body);
    queue(Sql::secret_put, {sql_text_value(id), sql_bytes(row.digest), sql_bytes(row.body)});
}

void SqlTransaction::erase_secret(std::string_view id, std::string_view digest) {
    queue(Sql::secret_delete, {sql_text_value(id), sql_bytes(digest)});
}

std::vector<StoredSecret> SqlTransaction::secrets(std::string_view id) {
    std::vector<StoredSecret> found;
    query(Sql::secret_list, {sql_text_value(id)}, [&](const SqlRow& row) {
        found.push_back({row.characters(0), row.characters(1)});
    });
    return found;
}

std::int64_t SqlTransaction::change(Sql statement, SqlConnection::Values values) {
    guard_.check_write();
    return attempt(
        [&](SqlConnection& connection) { return connection.change(statement, values); });
}

void SqlTransaction::queue(Sql statement, SqlConnection::Values values) {
    guard_.check_write();
    attempt([&](SqlConnection& connection) { connection.queue(statement, values); });
}

void SqlTransaction::query(Sql statement, SqlConnection::Values values,
                           const SqlConnection::Visit& visit) {
    guard_.check_read();
    attempt([&](SqlConnection& connection) { connection.query(statement, values, visit); });
}

std::vector<std::string> SqlTransaction::texts(Sql statement, SqlConnection::Values values) {
    std::vector<std::string> found;
    query(statement, values, [&](const SqlRow& row) { found.push_back(row.characters(0)); });
    return found;
}

std::uint64_t SqlTransaction::count(const SqlRow& row, int column) const {
    const std::int64_t value = row.integer(column);
    if (value >= 0) return static_cast<std::uint64_t>(value);
    throw Error(ErrorCode::corrupt,
                fmt::format("store {}: a row holds {} where a number from 0 stands; restore it "
                            "from a backup",
                            guard_.name(), value));
}

StoredHistory SqlTransaction::history_row(const SqlRow& row) const {
    return {count(row, 0), row.characters(1), row.characters(2)};
}

StoredDue SqlTransaction::due_row(const SqlRow& row) const {
    return {row.integer(0), row.characters(1), number(row, 2), number(row, 3)};
}

void SqlTransaction::fail() noexcept {
    guard_.mark_failed();
    if (!connection_) return;
    // Kept when it can be: a SQLite connection that closes in a fault takes with it the knowledge
    // of where the last good commit ends, and the next one would find the failed commit in the log.
    if (!connection_->roll_back()) connection_.reset();
    pool_->give_back(guard_.access(), std::move(connection_));
}

}  // namespace workflow::store
