#include "postgres/lent_connection.hpp"

#include <fmt/format.h>

#include "postgres/lock_key.hpp"
#include "postgres/schema.hpp"

namespace workflow::postgres {
namespace {

constexpr const char* savepoint = "SAVEPOINT workflow_host";
constexpr const char* keep = "RELEASE SAVEPOINT workflow_host";
constexpr const char* take_back = "ROLLBACK TO SAVEPOINT workflow_host";

std::string set_path(const std::string& schema) {
    return fmt::format("SET LOCAL search_path = {}, pg_temp", sql_name(schema));
}

/// Other stores, and other builds, may have prepared statements on the same connection.
std::string prefix_for(const std::string& schema) {
    std::string texts;
    for (std::size_t at = 0; at < own_count; ++at) texts += own_text(static_cast<Own>(at));
    for (std::size_t at = 0; at < store::sql_count; ++at) {
        texts += postgres_text(static_cast<store::Sql>(at));
    }
    return fmt::format("workflow_{:x}_",
                       static_cast<std::uint64_t>(lock_key(schema, LockOf::schema, texts)));
}

bool is_prepared(Session& session) {
    bool found = false;
    session.run_once(fmt::format("SELECT 1::bigint FROM pg_catalog.pg_prepared_statements"
                                 " WHERE name = '{}{}'",
                                 session.prefix(), own_name(Own::begin_read)),
                     [&found](const Result& result) { found = result.rows() > 0; });
    session.flush("looking for its statements");
    return found;
}

}  // namespace

LentConnection::LentConnection(const Address& address, PGconn* lent)
    : Connection(Session(address, lent, prefix_for(address.schema))), lent_(lent) {
    check();
    session_.enter();
    try {
        session_.run_once(savepoint);
        session_.run_once(set_path(address.schema));
        open_schema(session_, PostgresOptions::Create::never);
        if (!is_prepared(session_)) prepare_all();
        session_.run_once(take_back);
        session_.run_once(keep);
        session_.flush("looking at its tables");
    } catch (...) {
        started_ = true;
        static_cast<void>(roll_back());
        throw;
    }
    session_.leave();
}

/// The host has begun a transaction, and it has not failed.
void LentConnection::check() const {
    const PGTransactionStatusType status = PQtransactionStatus(lent_);
    const bool is_ready = status == PQTRANS_INTRANS && PQpipelineStatus(lent_) == PQ_PIPELINE_OFF &&
                          PQisnonblocking(lent_) == 0;
    if (is_ready) return;
    const char* state = "is in pipeline or nonblocking mode";
    if (status == PQTRANS_IDLE) state = "has no open transaction";
    if (status == PQTRANS_INERROR) state = "has a transaction that has failed";
    if (status == PQTRANS_ACTIVE) state = "has a command under way";
    if (status == PQTRANS_UNKNOWN) state = "is closed";
    throw Error(ErrorCode::misuse,
                fmt::format("store {}: the connection that was lent {}; begin a transaction with "
                            "BEGIN first, and end it after the call",
                            session_.address().name, state));
}

void LentConnection::begin(Store::Access access) {
    check();
    Connection::begin(access);
    path_.clear();
    session_.enter();
}

void LentConnection::queue_begin() {
    session_.run_once(savepoint);
    session_.run_once("SELECT pg_catalog.quote_literal(pg_catalog.current_setting('search_path'))",
                      [this](const Result& result) { path_ = result.characters(0, 0); });
    session_.run_once(set_path(session_.address().schema));
}

void LentConnection::commit() {
    if (started_) {
        if (path_.empty()) session_.flush("writing");
        session_.run_once(keep);
        session_.run_once(
            fmt::format("SELECT pg_catalog.set_config('search_path', {}, true)", path_));
        session_.flush("writing");
        started_ = false;
    }
    session_.leave();
}

bool LentConnection::roll_back() noexcept {
    bool done = true;
    if (started_) {
        started_ = false;
        try {
            try {
                session_.flush("taking back");  // what was queued may fail: it is taken back
            } catch (const Error&) {
                done = session_.is_alive();
            }
            session_.run_once(take_back);
            session_.run_once(keep);
            session_.flush("taking back");
        } catch (...) {
            done = false;
        }
    }
    session_.leave();
    return done;
}

}  // namespace workflow::postgres
