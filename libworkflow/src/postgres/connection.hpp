// The PostgreSQL driver of the SQL store. Confined.
#pragma once

#include "postgres/session.hpp"
#include "postgres/statements.hpp"

namespace workflow::postgres {

/// Of a new session: where it looks for its tables, how long it waits for locks, when it commits.
void set_up(Session& session);

/// A transaction's first statement is sent with its BEGIN, and its queued writes with whatever has
/// an answer or with COMMIT.
class Connection : public store::SqlConnection {
public:
    /// Connects, sets the session up, checks or makes the tables and prepares every statement.
    Connection(const Address& address, PostgresOptions::Create create);

    [[nodiscard]] bool is_usable() noexcept override { return session_.is_alive(); }
    void begin(Store::Access access) override;
    void commit() override;
    [[nodiscard]] bool roll_back() noexcept override;
    void open_part() override;
    void keep_part() override;
    [[nodiscard]] bool drop_part() noexcept override;
    std::int64_t change(store::Sql statement, Values values) override;
    void queue(store::Sql statement, Values values) override;
    void query(store::Sql statement, Values values, const Visit& visit) override;

    /// Queues one of its own statements; `visit`, if any, sees the rows in flush().
    void queue(Own statement, Values values, Visit visit = {});
    /// As query(), but waits for flush(), so that several answers come in one round trip.
    void queue_query(store::Sql statement, Values values, Visit visit);
    void flush() { session_.flush("reading"); }

protected:
    explicit Connection(Session session) : session_(std::move(session)) {}
    void prepare_all();
    virtual void queue_begin();

    Session session_;
    bool started_ = false;  ///< BEGIN is queued or sent

private:
    void start();

    Store::Access access_ = Store::Access::read;
};

}  // namespace workflow::postgres
