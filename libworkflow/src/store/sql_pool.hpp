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
#include "workflow/visibility.hpp"

namespace workflow {
// The library of the PostgreSQL store, of the same version, uses these.
namespace store WORKFLOW_PUBLIC {

/// How a database wants its connections to be used.
struct SqlPoolRules {
    Store::Writers writers = Store::Writers::one_by_one;
    std::chrono::milliseconds timeout{0};  ///< of writers that wait for each other
    std::size_t idle_max = 8;              ///< more than this many are closed again
    bool reads_beside_writer = true;       ///< by a second connection
};

class SqlPool {
public:
    using Connect = std::function<std::unique_ptr<SqlConnection>()>;

    SqlPool(std::string name, Connect connect, std::unique_ptr<SqlConnection> first,
            const SqlPoolRules& rules);

    /// A connection that has begun. Error{storage}: the write lock was not had within the time-out.
    [[nodiscard]] std::unique_ptr<SqlConnection> borrow(Store::Access access);
    /// Takes back what borrow() gave; null when it is of no more use.
    void give_back(Store::Access access, std::unique_ptr<SqlConnection> connection) noexcept;

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const SqlPoolRules& rules() const { return rules_; }

private:
    [[nodiscard]] bool takes_turns(Store::Access access) const;
    [[nodiscard]] std::unique_ptr<SqlConnection> idle(Store::Access access) noexcept;

    std::string name_;
    Connect connect_;
    SqlPoolRules rules_;
    /// Writers of this process wait here, woken at once; SQLite's own waiting polls.
    Turn writing_;
    std::mutex mutex_;
    /// The last is the one that has written last: its cache holds what a writer reads next, and
    /// that of the others is out of date.
    std::vector<std::unique_ptr<SqlConnection>> idle_;
};

/// Of a connection that the host has lent: one transaction at a time. Error{misuse} for a second.
[[nodiscard]] std::shared_ptr<SqlPool> make_lent_pool(const std::string& name,
                                                      std::unique_ptr<SqlConnection> lent);

}  // namespace store
}  // namespace workflow
