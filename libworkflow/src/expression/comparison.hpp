// Equality and order of values as CEL defines them. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

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
    return value.kind() == Value::Kind::sealed ? value.open() : value;
}
[[nodiscard]] inline bool is_numeric(const Value& value) {
    return value.kind() == Value::Kind::integer || value.kind() == Value::Kind::number ||
           value.kind() == Value::Kind::unsigned_integer;
}

/// Where one of two numbers is a double, the other counts as the nearest double, as the conformance
/// cases of cel-spec have it: from 2^53 on neighbours may compare as equal.
/// Nothing when the two have no order: another kind, a null, a limit, a list, a record.
[[nodiscard]] std::optional<Order> order(const Value& a, const Value& b, Budget& budget);
/// The value of a map or a record under `key`, or null; an exhausted budget finds nothing.
[[nodiscard]] const Value* find_value(const Value& map, const Value& key, Budget& budget);
/// Values of different kinds are different; integers and numbers compare by what they stand for;
/// seals are read through; members compare without regard to their sequence.
[[nodiscard]] bool equal(const Value& a, const Value& b, Budget& budget);

}  // namespace workflow::expression
