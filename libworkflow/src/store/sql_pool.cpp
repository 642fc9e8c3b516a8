#include "store/sql_pool.hpp"

#include <fmt/format.h>

namespace workflow::store {
namespace {

/// More than this many are closed again: each holds a page cache.
constexpr std::size_t idle_max = 8;

}  // namespace

SqlPool::SqlPool(std::string name, Connect connect, std::unique_ptr<SqlConnection> first,
                 std::chrono::milliseconds timeout)
    : name_(std::move(name)), connect_(std::move(connect)), timeout_(timeout) {
    idle_.reserve(idle_max);  // so that give_back() cannot fail
    idle_.push_back(std::move(first));
}

std::unique_ptr<SqlConnection> SqlPool::borrow(Store::Access access) {
    const bool writes = access == Store::Access::write;
    if (writes && !writing_.enter_writing(timeout_)) {
        throw Error(ErrorCode::storage,
                    fmt::format("store {}: another transaction of this process held the write lock "
                                "for more than {} ms; end it before another one begins",
                                name_, timeout_.count()));
    }
    try {
        std::unique_ptr<SqlConnection> connection = idle_or_new();
        connection->begin(access);
        return connection;
    } catch (...) {
        // The connection closes with the error: the next caller gets a fresh one.
        if (writes) writing_.leave_writing();
        throw;
    }
}

void SqlPool::give_back(Store::Access access, std::unique_ptr<SqlConnection> connection) noexcept {
    {
        const std::lock_guard lock(mutex_);
        if (connection && idle_.size() < idle_max) idle_.push_back(std::move(connection));
    }
    connection.reset();
    if (access == Store::Access::write) writing_.leave_writing();
}

std::unique_ptr<SqlConnection> SqlPool::idle_or_new() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            std::unique_ptr<SqlConnection> connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    return connect_();
}

}  // namespace workflow::store
