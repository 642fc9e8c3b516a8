// The connections of one SQL store, lent to one transaction at a time. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/sql_connection.hpp"
#include "store/turn.hpp"

namespace workflow::store {

class SqlPool {
public:
    using Connect = std::function<std::unique_ptr<SqlConnection>()>;

    SqlPool(std::string name, Connect connect, std::unique_ptr<SqlConnection> first,
            std::chrono::milliseconds timeout);

    /// A connection that has begun. Error{storage}: the write lock was not had within the time-out.
    [[nodiscard]] std::unique_ptr<SqlConnection> borrow(Store::Access access);
    /// Takes back what borrow() gave; null when it is of no more use.
    void give_back(Store::Access access, std::unique_ptr<SqlConnection> connection) noexcept;

    [[nodiscard]] const std::string& name() const { return name_; }

private:
    [[nodiscard]] std::unique_ptr<SqlConnection> idle_or_new();

    std::string name_;
    Connect connect_;
    std::chrono::milliseconds timeout_;
    /// Writers of this process wait here, woken at once; the database's own waiting polls.
    Turn writing_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<SqlConnection>> idle_;
};

}  // namespace workflow::store
