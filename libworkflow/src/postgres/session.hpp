// All of libpq that the store uses: RAII over PGconn and PGresult, always in pipeline mode. Confined.
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "postgres/address.hpp"
#include "store/sql_connection.hpp"

namespace workflow::postgres {

/// What a statement gave, in PostgreSQL's binary format.
class Result {
public:
    explicit Result(const PGresult* result) : result_(result) {}
    [[nodiscard]] int rows() const;
    [[nodiscard]] std::int64_t rows_changed() const;
    /// The command's tag: `COMMIT`, `UPDATE 1` ...
    [[nodiscard]] std::string_view tag() const;
    /// A bigint. Error{corrupt} when the column is something else.
    [[nodiscard]] std::int64_t integer(int row, int column) const;
    /// A bytea or text.
    [[nodiscard]] std::string characters(int row, int column) const;

private:
    const PGresult* result_;
};

/// A connection to a server. What is queued is sent, at the latest, by flush(), which then reads
/// every answer: one round trip however many statements there are.
class Session {
public:
    using Take = std::function<void(const Result&)>;

    /// Connects. Error{storage} when that cannot be.
    explicit Session(Address address);
    /// Over one that somebody else has opened, and closes when this is gone. Statements are prepared
    /// under names that begin with `prefix`. Out of pipeline mode until enter().
    Session(Address address, PGconn* lent, std::string prefix);
    void enter();
    void leave() noexcept { static_cast<void>(PQexitPipelineMode(connection_.get())); }
    /// For who uses it while the session is out of pipeline mode.
    [[nodiscard]] PGconn* get() const { return connection_.get(); }

    /// Queues a statement to be prepared under a name.
    void prepare(const std::string& name, const char* sql);
    /// Queues a run of a prepared statement. Values are copied; `take` sees the answer in flush().
    void run(const char* name, std::span<const store::SqlValue> values, Take take = {});
    /// Queues a statement that is used once.
    void run_once(const std::string& sql, Take take = {});

    /// Sends what is queued and reads the answers. The first that failed, or what a `take` threw, is
    /// thrown when all are read: the session serves again, its transaction does not.
    void flush(std::string_view doing);
    /// Sends what is queued and leaves the answers to the next flush(). False: the connection is cut.
    [[nodiscard]] bool post() noexcept;

    /// False when the server has closed the connection. Waits for nothing.
    [[nodiscard]] bool is_alive() noexcept;
    [[nodiscard]] const Address& address() const { return address_; }
    [[nodiscard]] const std::string& prefix() const { return prefix_; }

private:
    struct Close {
        bool is_lent = false;
        void operator()(PGconn* connection) const noexcept {
            if (!is_lent) PQfinish(connection);
        }
    };
    struct Pending {
        bool is_sync = false;
        Take take;
    };
    void queued(int accepted, Take take);
    [[nodiscard]] Error cut(std::string_view doing) const;
    /// Nothing, or why the answer that stands first could not be had or used.
    [[nodiscard]] std::exception_ptr receive(const PGresult* result, std::string_view doing);

    Address address_;
    std::string prefix_;  ///< of the names of prepared statements
    std::unique_ptr<PGconn, Close> connection_;
    std::deque<Pending> pending_;
};

}  // namespace workflow::postgres
