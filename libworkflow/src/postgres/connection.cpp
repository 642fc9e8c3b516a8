#include "postgres/connection.hpp"

#include <fmt/format.h>

#include "postgres/schema.hpp"

namespace workflow::postgres {
namespace {

using store::Sql;

class ResultRow final : public store::SqlRow {
public:
    ResultRow(const Result& result, int row) : result_(result), row_(row) {}
    std::int64_t integer(int column) const override { return result_.integer(row_, column); }
    std::string characters(int column) const override { return result_.characters(row_, column); }

private:
    const Result& result_;
    int row_;
};

std::span<const store::SqlValue> as_span(store::SqlConnection::Values values) {
    return {values.begin(), values.size()};
}

Session::Take each_row(store::SqlConnection::Visit visit) {
    if (!visit) return {};
    return [visit = std::move(visit)](const Result& result) {
        for (int row = 0; row < result.rows(); ++row) visit(ResultRow(result, row));
    };
}

}  // namespace

// search_path: the schema and nothing that somebody else could put in front of its tables.
// synchronous_commit: what is acknowledged is on the disk, whatever the database's default is;
//   stronger settings, for standbys, stay as they are.
// default_transaction_isolation: each statement sees what was committed when it began, so that behind a
//   lock the newest is read; a snapshot from before the wait would only allow to fail.
void set_up(Session& session) {
    const Address& address = session.address();
    session.run_once(fmt::format("SET search_path = {}, pg_temp", sql_name(address.schema)));
    session.run_once(fmt::format("SET lock_timeout = {}", address.lock_timeout_milliseconds));
    session.run_once("SET default_transaction_isolation = 'read committed'");
    session.run_once("SET default_transaction_read_only = off");
    session.run_once(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'");
    session.flush("setting the session up");
}

Connection::Connection(const Address& address, PostgresOptions::Create create) : session_(address) {
    set_up(session_);
    open_schema(session_, create);
    prepare_all();
}

void Connection::prepare_all() {
    for (std::size_t at = 0; at < own_count; ++at) {
        const auto statement = static_cast<Own>(at);
        session_.prepare(own_name(statement), own_text(statement));
    }
    for (std::size_t at = 0; at < store::sql_count; ++at) {
        const auto statement = static_cast<Sql>(at);
        session_.prepare(prepared_name(statement), postgres_text(statement));
    }
    session_.flush("preparing its statements");
}

void Connection::begin(Store::Access access) {
    access_ = access;
    started_ = false;
}

void Connection::commit() {
    if (!started_) return;
    std::string tag;
    session_.run(own_name(Own::commit), {},
                 [&tag](const Result& result) { tag = result.tag(); });
    session_.flush("committing");
    started_ = false;
    // A server asked to commit a transaction that has failed rolls it back and calls that a success.
    if (tag != "COMMIT") {
        throw Error(ErrorCode::internal, fmt::format("store {}: the server answered {} to COMMIT; "
                                                     "nothing was kept",
                                                     session_.address().name, tag));
    }
}

bool Connection::roll_back() noexcept {
    if (!started_) return session_.is_alive();
    started_ = false;
    try {
        session_.run(own_name(Own::roll_back), {});
    } catch (...) {
        return false;
    }
    return session_.post();  // its answer comes with those of the next transaction
}

void Connection::open_part() {
    start();
    session_.run(own_name(Own::open_part), {});
}

void Connection::keep_part() {
    session_.run(own_name(Own::keep_part), {});
}

bool Connection::drop_part() noexcept {
    try {
        // What was queued may have failed on the server: that is what is taken back.
        try {
            session_.flush("dropping a part of a transaction");
        } catch (const Error&) {
            if (!session_.is_alive()) return false;
        }
        session_.run(own_name(Own::drop_part), {});
        session_.run(own_name(Own::keep_part), {});
        session_.flush("dropping a part of a transaction");
        return true;
    } catch (...) {
        return false;
    }
}

std::int64_t Connection::change(Sql statement, Values values) {
    start();
    std::int64_t changed = 0;
    session_.run(prepared_name(statement), as_span(values),
                 [&changed](const Result& result) { changed = result.rows_changed(); });
    session_.flush("writing");
    return changed;
}

void Connection::queue(Sql statement, Values values) {
    start();
    session_.run(prepared_name(statement), as_span(values));
}

void Connection::query(Sql statement, Values values, const Visit& visit) {
    queue_query(statement, values, visit);
    flush();
}

void Connection::queue(Own statement, Values values, Visit visit) {
    start();
    session_.run(own_name(statement), as_span(values), each_row(std::move(visit)));
}

void Connection::queue_query(Sql statement, Values values, Visit visit) {
    start();
    session_.run(prepared_name(statement), as_span(values), each_row(std::move(visit)));
}

void Connection::start() {
    if (started_) return;
    started_ = true;
    queue_begin();
}

void Connection::queue_begin() {
    session_.run(own_name(access_ == Store::Access::write ? Own::begin_write : Own::begin_read),
                 {});
}

}  // namespace workflow::postgres
