// What every kind of transaction refuses before it touches a row. Confined.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/store.hpp"
#include "workflow/visibility.hpp"

namespace workflow {
// The library of the PostgreSQL store, of the same version, uses these.
namespace store WORKFLOW_PUBLIC {

/// The life of one transaction: what it was begun for, and whether it may still be used.
class TransactionGuard {
public:
    TransactionGuard(std::string name, Store::Access access)
        : name_(std::move(name)), access_(access) {}

    /// Error{misuse}: committed already. Error{storage}: a write or read failed before.
    void check_read() const;
    /// Counts a write: as check_read(), and Error{misuse} when it was begun for reading.
    void check_write();
    /// As check_read(), and Error{misuse} when a conflict was thrown: half of it is not committed.
    void check_commit() const;
    /// As check_commit(), and Error{misuse} when no part is open.
    void check_part() const;
    /// Error{limit} above limits::body_bytes_max.
    void check_body(std::string_view body) const;
    /// Error{misuse} for 0, which means "there is none", and above 2^63 - 1.
    void check_revision(std::uint64_t revision) const;

    /// Throws Error{conflict}; from then on the transaction can be read and rolled back only.
    [[noreturn]] void conflict(const std::string& what);
    void open_part() { parts_.push_back(state_); }
    /// A conflict that was met inside goes with the part: one that is kept has met none.
    void close_part() noexcept {
        if (state_ == State::refused) state_ = parts_.back();
        parts_.pop_back();
    }
    [[nodiscard]] bool has_part() const { return !parts_.empty(); }
    void mark_failed() { state_ = State::failed; }
    void mark_done() { state_ = State::done; }

    [[nodiscard]] std::uint64_t writes() const { return writes_; }
    [[nodiscard]] Store::Access access() const { return access_; }
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    enum class State : std::uint8_t { open, refused, failed, done };
    std::string name_;
    Store::Access access_;
    State state_ = State::open;
    std::uint64_t writes_ = 0;
    std::vector<State> parts_;  ///< as it stood when each was opened
};

/// `'id'` with control characters escaped, for messages.
std::string in_quotes(std::string_view id);

}  // namespace store
}  // namespace workflow
