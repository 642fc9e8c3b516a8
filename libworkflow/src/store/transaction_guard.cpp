#include "store/transaction_guard.hpp"

#include <fmt/format.h>

#include <limits>

#include "workflow/diagnostic.hpp"
#include "workflow/limits.hpp"

namespace workflow::store {

void TransactionGuard::check_read() const {
    if (state_ == State::done) {
        throw Error(
            ErrorCode::misuse,
            fmt::format("store {}: this transaction is committed; begin another one", name_));
    }
    if (state_ == State::failed) {
        throw Error(ErrorCode::storage,
                    fmt::format("store {}: this transaction failed before and keeps nothing; "
                                "begin another one and repeat its work",
                                name_));
    }
}

void TransactionGuard::check_write() {
    check_read();
    if (access_ == Store::Access::read) {
        throw Error(ErrorCode::misuse,
                    fmt::format("store {}: this transaction was begun for reading; begin it with "
                                "Access::write to change something",
                                name_));
    }
    ++writes_;
}

void TransactionGuard::check_commit() const {
    check_read();
    if (state_ == State::refused) {
        throw Error(ErrorCode::misuse,
                    fmt::format("store {}: a write of this transaction met a conflict, so the rest "
                                "is not committed; begin another one from the load",
                                name_));
    }
}

void TransactionGuard::check_part() const {
    check_commit();
    if (!parts_.empty()) return;
    throw Error(ErrorCode::misuse,
                fmt::format("store {}: no part of this transaction is open", name_));
}

void TransactionGuard::check_body(std::string_view body) const {
    if (body.size() <= limits::body_bytes_max) return;
    throw Error(
        ErrorCode::limit,
        fmt::format("store {}: a body of {} bytes is larger than the {} that a row may have", name_,
                    body.size(), limits::body_bytes_max));
}

void TransactionGuard::check_revision(std::uint64_t revision) const {
    if (revision != 0 && revision <= std::uint64_t{std::numeric_limits<std::int64_t>::max()})
        return;
    throw Error(ErrorCode::misuse,
                fmt::format("store {}: revision {} cannot be stored; revisions count from 1", name_,
                            revision));
}

void TransactionGuard::conflict(const std::string& what) {
    state_ = State::refused;
    throw Error(ErrorCode::conflict,
                fmt::format("store {}: {}; load it again and repeat", name_, what));
}

std::string in_quotes(std::string_view id) {
    return "'" + printable(id) + "'";
}

}  // namespace workflow::store
