// Equality and order of values as CEL defines them. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>

#include "workflow/value.hpp"

namespace workflow::expression {

/// What one evaluation may still do, in steps. Work that grows with the data is paid before it is
/// done.
class Budget {
public:
    explicit Budget(std::uint64_t steps) : left_(steps) {}
    /// False when nothing is left; then every later call is false, too.
    [[nodiscard]] bool spend(std::uint64_t steps) {
        const bool enough = steps <= left_;
        left_ = enough ? left_ - steps : 0;
        is_exhausted_ = is_exhausted_ || !enough;
        return !is_exhausted_;
    }
    /// For work on `bytes` of text: a step per 16 bytes.
    [[nodiscard]] bool spend_bytes(std::size_t bytes) { return spend(bytes / 16); }
    [[nodiscard]] bool is_exhausted() const { return is_exhausted_; }

private:
    std::uint64_t left_;
    bool is_exhausted_ = false;
};

enum class Order : std::uint8_t { less, equal, greater, unordered };

/// Value::open() without a call where there is no seal, which is nearly always.
[[nodiscard]] inline const Value& opened(const Value& value) {
    const bool is_sealed = std::holds_alternative<std::shared_ptr<const Sealed>>(value.storage());
    return is_sealed ? value.open() : value;
}

/// As the reference implementation and the conformance cases of cel-spec have it: an integer counts
/// as the nearest double, so from 2^53 on neighbours may compare as equal.
[[nodiscard]] Order order_numbers(std::int64_t a, double b);
/// Nothing when the two have no order: another kind, a null, a limit, a list, a record.
[[nodiscard]] std::optional<Order> order(const Value& a, const Value& b, Budget& budget);
/// Values of different kinds are different; integers and numbers compare by what they stand for;
/// seals are read through; members compare without regard to their sequence.
[[nodiscard]] bool equal(const Value& a, const Value& b, Budget& budget);

}  // namespace workflow::expression
