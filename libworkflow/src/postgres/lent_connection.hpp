// The host's own connection, in its own transaction, as a connection of the SQL store. Confined.
#pragma once

#include "postgres/connection.hpp"

namespace workflow::postgres {

/// A transaction of the store is a savepoint in the host's. Between two of them the connection is as
/// the host left it: out of pipeline mode, with its own search_path.
class LentConnection final : public Connection {
public:
    /// Checks the tables and prepares the statements that are not yet prepared there.
    LentConnection(const Address& address, PGconn* lent);

    void begin(Store::Access access) override;
    void commit() override;
    [[nodiscard]] bool roll_back() noexcept override;

private:
    void check() const;
    void queue_begin() override;

    PGconn* lent_;
    std::string path_;  ///< the host's search_path, as SQL; empty: not yet read
};

}  // namespace workflow::postgres
