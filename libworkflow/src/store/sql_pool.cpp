#include "store/sql_pool.hpp"

#include <fmt/format.h>

#include "workflow/diagnostic.hpp"

namespace workflow::store {

SqlPool::SqlPool(std::string name, Connect connect, std::unique_ptr<SqlConnection> first,
                 const SqlPoolRules& rules)
    : name_(std::move(name)), connect_(std::move(connect)), rules_(rules) {
    idle_.reserve(rules_.idle_max);  // so that give_back() cannot fail
    idle_.push_back(std::move(first));
}

std::unique_ptr<SqlConnection> SqlPool::borrow(Store::Access access) {
    if (takes_turns(access) && !writing_.enter_writing(rules_.timeout)) {
        throw Error(ErrorCode::storage,
                    fmt::format("store {}: another transaction of this process held the write lock "
                                "for more than {} ms; end it before another one begins",
                                name_, rules_.timeout.count()));
    }
    try {
        std::unique_ptr<SqlConnection> connection = idle(access);
        if (!connection) connection = connect_();
        connection->begin(access);
        return connection;
    } catch (...) {
        // The connection closes with the error: the next caller gets a fresh one.
        if (takes_turns(access)) writing_.leave_writing();
        throw;
    }
}

void SqlPool::give_back(Store::Access access, std::unique_ptr<SqlConnection> connection) noexcept {
    {
        const std::lock_guard lock(mutex_);
        if (connection && idle_.size() < rules_.idle_max) {
            const auto place = access == Store::Access::write ? idle_.end() : idle_.begin();
            idle_.insert(place, std::move(connection));
        }
    }
    connection.reset();
    if (takes_turns(access)) writing_.leave_writing();
}

bool SqlPool::takes_turns(Store::Access access) const {
    return access == Store::Access::write && rules_.writers == Store::Writers::one_by_one;
}

/// Null when none is left. What is of no more use is closed, outside the lock.
std::unique_ptr<SqlConnection> SqlPool::idle(Store::Access access) noexcept {
    while (true) {
        std::unique_ptr<SqlConnection> connection;
        {
            const std::lock_guard lock(mutex_);
            if (idle_.empty()) return nullptr;
            const auto place =
                access == Store::Access::write ? idle_.end() - 1 : idle_.begin();
            connection = std::move(*place);
            idle_.erase(place);
        }
        if (connection->is_usable()) return connection;
    }
}

std::shared_ptr<SqlPool> make_lent_pool(const std::string& name,
                                        std::unique_ptr<SqlConnection> lent) {
    const auto second = [name]() -> std::unique_ptr<SqlConnection> {
        throw Error(ErrorCode::misuse,
                    fmt::format("store {}: a connection that was lent serves one transaction at a "
                                "time; end the one before it begins another",
                                printable(name)));
    };
    SqlPoolRules rules;
    rules.idle_max = 1;
    rules.reads_beside_writer = false;
    return std::make_shared<SqlPool>(name, second, std::move(lent), rules);
}

}  // namespace workflow::store
