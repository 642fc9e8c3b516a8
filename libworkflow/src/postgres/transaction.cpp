#include "postgres/transaction.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "postgres/lock_key.hpp"
#include "workflow/limits.hpp"

namespace workflow::postgres {
namespace {

using store::in_quotes;
using store::sql_bytes;
using store::sql_integer;
using store::sql_text_value;

/// Of a revision, which the guard has checked.
store::SqlValue sql_revision(std::uint64_t revision) {
    return sql_integer(static_cast<std::int64_t>(revision));
}

}  // namespace

/// Its pool is made of nothing but PostgreSQL connections.
template <class Work>
auto PostgresTransaction::attempt(Work work) {
    return SqlTransaction::attempt([&](store::SqlConnection& connection) {
        return work(static_cast<Connection&>(connection));
    });
}

/// Locks that were had in the part go with it, and rows are as they were: whatever is asked for from
/// here on is asked for again.
void PostgresTransaction::drop_part() noexcept {
    SqlTransaction::drop_part();
    held_.clear();
    expected_.reset();
    foretold_.reset();
}

std::optional<StoredInstance> PostgresTransaction::instance(std::string_view id) {
    guard().check_read();
    if (guard().access() == Store::Access::read) return SqlTransaction::instance(id);
    return held(id).row;
}

void PostgresTransaction::put_instance(std::string_view id, std::uint64_t expected,
                                       const StoredInstance& row) {
    guard().check_write();
    guard().check_revision(row.revision);
    guard().check_body(row.body);
    Held& mine = held(id);
    if ((mine.row ? mine.row->revision : 0) != expected) {
        guard().conflict(fmt::format("instance {} is not at revision {}", in_quotes(id), expected));
    }
    attempt([&](Connection& connection) {
        if (mine.row) {
            connection.queue(store::Sql::instance_update,
                             {sql_revision(row.revision), sql_bytes(row.body), sql_text_value(id),
                              sql_revision(expected)});
        } else {
            connection.queue(Own::instance_new,
                             {sql_text_value(id), sql_revision(row.revision), sql_bytes(row.body)});
        }
    });
    mine.row = row;
}

void PostgresTransaction::append_history(std::string_view id, const StoredHistory& row) {
    guard().check_write();
    guard().check_revision(row.revision);
    guard().check_body(row.body);
    expected_.reset();
    if (foretold_ && foretold_->is_answered && foretold_->id == id) foretold_->rows.push_back(row);
    const auto mine = held_.find(id);
    if (mine == held_.end() || row.revision <= mine->second.newest) {
        SqlTransaction::append_history(id, row);  // only the server knows whether it is there
        return;
    }
    attempt([&](Connection& connection) {
        connection.queue(Own::history_new, {sql_text_value(id), sql_revision(row.revision),
                                            sql_text_value(row.request), sql_bytes(row.body)});
    });
    mine->second.newest = row.revision;
}

std::vector<StoredHistory> PostgresTransaction::history(std::string_view id, std::uint64_t after,
                                                        std::size_t rows_max) {
    guard().check_read();
    const bool is_known = foretold_ && foretold_->is_answered && foretold_->id == id &&
                          foretold_->rows.size() < std::min(rows_max, limits::page_rows_max);
    return is_known && after == 0 ? foretold_->rows : SqlTransaction::history(id, after, rows_max);
}

void PostgresTransaction::expect_request(std::string_view id, std::string_view request) {
    expected_ = Expected{std::string(id), std::string(request), false, {}};
}

std::optional<std::uint64_t> PostgresTransaction::request(std::string_view id,
                                                          std::string_view request) {
    guard().check_read();
    if (expected_ && expected_->is_answered && expected_->id == id && expected_->request == request) {
        return expected_->revision;
    }
    return SqlTransaction::request(id, request);
}

void PostgresTransaction::erase_instance(std::string_view id) {
    guard().check_write();
    expected_.reset();
    foretold_.reset();
    (void)held(id);
    SqlTransaction::erase_instance(id);
    held_.erase(held_.find(id));  // asked for again, it is not there
}

bool PostgresTransaction::claim_due(const StoredDue& row) {
    guard().check_write();
    if (held_.contains(row.instance)) return SqlTransaction::claim_due(row);
    Held found;
    bool is_due = false;
    attempt([&](Connection& connection) {
        ask_for(connection, Own::instance_claim, row.instance, found);
        connection.queue_query(store::Sql::due_get,
                               {sql_integer(row.due), sql_text_value(row.instance),
                                sql_integer(row.ordinal), sql_integer(row.timer)},
                               [&is_due](const store::SqlRow&) { is_due = true; });
        connection.flush();
    });
    if (found.row) {
        held_.emplace(row.instance, std::move(found));
        return is_due;
    }
    // Somebody else holds it, or there is none, which whoever loads it will say.
    const bool is_absent = !SqlTransaction::instance(row.instance).has_value();
    return is_due && is_absent;
}

void PostgresTransaction::put_subscription(const StoredSubscription& row) {
    guard().check_write();
    // Nobody keeps a message without a key: those are broadcast to whoever waits at the time.
    if (!row.key.empty()) hold_message(row.message, row.key);
    SqlTransaction::put_subscription(row);
}

void PostgresTransaction::put_message(const StoredMessage& row) {
    guard().check_write();
    hold_message(row.message, row.key);
    SqlTransaction::put_message(row);
}

std::vector<StoredMessage> PostgresTransaction::messages(std::string_view message,
                                                         std::string_view key,
                                                         std::size_t rows_max) {
    guard().check_read();
    if (guard().access() == Store::Access::write) hold_message(message, key);
    return SqlTransaction::messages(message, key, rows_max);
}

PostgresTransaction::Held& PostgresTransaction::held(std::string_view id) {
    const auto known = held_.find(id);
    if (known != held_.end()) return known->second;
    Held found;
    attempt([&](Connection& connection) {
        if (absent_ != id) {
            ask_for(connection, Own::instance_lock, id, found);
            connection.flush();
            if (found.row) return;
        }
        // What is not there has no row to lock. Behind this lock it stays away, or has come.
        connection.queue(Own::key_lock,
                         {sql_integer(lock_key(schema_, LockOf::absent_instance, id))});
        ask_for(connection, Own::instance_lock, id, found);
        connection.queue(Own::history_newest, {sql_text_value(id)},
                         [this, &found](const store::SqlRow& row) { found.newest = count(row, 0); });
        connection.flush();
    });
    return held_.emplace(id, std::move(found)).first->second;
}

/// The second statement sees what was committed before the first had its lock.
void PostgresTransaction::ask_for(Connection& connection, Own how, std::string_view id,
                                  Held& found) {
    connection.queue(how, {sql_text_value(id)}, [this, &found](const store::SqlRow& row) {
        found.row = StoredInstance{count(row, 0), row.characters(1)};
        found.newest = count(row, 2);
    });
    if (foretold_ && foretold_->id == id) {
        Foretold& foretold = *foretold_;
        foretold.is_answered = true;
        foretold.rows.clear();
        connection.queue_query(store::Sql::history_list,
                               {sql_text_value(id), sql_integer(0),
                                sql_integer(static_cast<std::int64_t>(limits::page_rows_max))},
                               [this, &foretold](const store::SqlRow& row) {
                                   foretold.rows.push_back(history_row(row));
                               });
    }
    if (!expected_ || expected_->id != id) return;
    Expected& expected = *expected_;
    expected.is_answered = true;
    expected.revision.reset();
    connection.queue_query(
        store::Sql::request_get, {sql_text_value(id), sql_text_value(expected.request)},
        [this, &expected](const store::SqlRow& row) { expected.revision = count(row, 0); });
}

void PostgresTransaction::hold_message(std::string_view message, std::string_view key) {
    attempt([&](Connection& connection) {
        connection.queue(Own::key_lock,
                         {sql_integer(lock_key(schema_, LockOf::message, message, key))});
    });
}

}  // namespace workflow::postgres
