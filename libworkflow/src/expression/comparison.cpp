#include "expression/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "expression/civil_time.hpp"

namespace workflow::expression {
namespace {

template <class T>
Order order_plain(const T& a, const T& b) {
    if (a < b) return Order::less;
    return b < a ? Order::greater : Order::equal;
}

Order order_doubles(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return Order::unordered;
    return order_plain(a, b);
}

Order reversed(Order order) {
    if (order == Order::less) return Order::greater;
    return order == Order::greater ? Order::less : order;
}

double as_double(const Value& value) {
    if (const std::int64_t* integer = value.integer()) return static_cast<double>(*integer);
    if (const Unsigned* natural = value.unsigned_integer()) {
        return static_cast<double>(natural->value);
    }
    return *value.number();
}

Order order_mixed(std::int64_t a, std::uint64_t b) {
    return a < 0 ? Order::less : order_plain(static_cast<std::uint64_t>(a), b);
}

std::optional<Order> order_numeric(const Value& a, const Value& b) {
    if (!is_numeric(a) || !is_numeric(b)) return std::nullopt;
    if (a.number() != nullptr || b.number() != nullptr) {
        return order_doubles(as_double(a), as_double(b));
    }
    if (const std::int64_t* left = a.integer()) {
        const std::int64_t* right = b.integer();
        return right != nullptr ? order_plain(*left, *right)
                                : order_mixed(*left, b.unsigned_integer()->value);
    }
    const std::uint64_t left = a.unsigned_integer()->value;
    if (const std::int64_t* right = b.integer()) return reversed(order_mixed(*right, left));
    return order_plain(left, b.unsigned_integer()->value);
}

std::optional<Timestamp> as_timestamp(const Value& value) {
    if (value.instant() != nullptr) return timestamp_of(*value.instant());
    if (value.timestamp() != nullptr) return *value.timestamp();
    return std::nullopt;
}

const Value* find_entry(const Entries& entries, const Value& key, Budget& budget) {
    for (const auto& [candidate, value] : entries) {
        if (equal(candidate, key, budget)) return &value;
        if (budget.is_exhausted()) break;
    }
    return nullptr;
}

bool equal_entries(const Entries& a, const Entries& b, Budget& budget) {
    if (a.size() != b.size()) return false;
    return std::all_of(a.begin(), a.end(), [&](const auto& entry) {
        const Value* same = find_entry(b, entry.first, budget);
        return same != nullptr && equal(entry.second, *same, budget);
    });
}

bool equal_lists(const List& a, const List& b, Budget& budget) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](const Value& left, const Value& right) {
               return equal(left, right, budget);
           });
}

bool equal_members(const Members& a, const Value& other, Budget& budget) {
    if (a.size() != other.members()->size()) return false;
    for (const auto& [name, value] : a) {
        if (!budget.spend(a.size())) return false;
        const Value* same = other.member(name);
        if (same == nullptr || !equal(value, *same, budget)) return false;
    }
    return true;
}

}  // namespace

const Value* find_value(const Value& map, const Value& key, Budget& budget) {
    if (const Members* members = map.members()) {
        const bool is_paid = budget.spend(1 + members->size() / 16);
        return is_paid && key.text() != nullptr ? map.member(*key.text()) : nullptr;
    }
    return map.entries() != nullptr ? find_entry(*map.entries(), key, budget) : nullptr;
}

std::optional<Order> order(const Value& a, const Value& b, Budget& budget) {
    if (a.integer() != nullptr && b.integer() != nullptr) {
        return order_plain(*a.integer(), *b.integer());
    }
    if (const auto numeric = order_numeric(a, b)) return numeric;
    if (a.text() != nullptr && b.text() != nullptr) {
        if (!budget.spend_bytes(std::min(a.text()->size(), b.text()->size()))) return std::nullopt;
        return order_plain(*a.text(), *b.text());
    }
    if (a.kind() != b.kind()) {
        const auto left = as_timestamp(a);
        const auto right = as_timestamp(b);
        return left && right ? std::optional(order_plain(*left, *right)) : std::nullopt;
    }
    if (a.boolean() != nullptr) return order_plain(*a.boolean(), *b.boolean());
    if (a.day() != nullptr) return order_plain(*a.day(), *b.day());
    if (a.instant() != nullptr) return order_plain(*a.instant(), *b.instant());
    if (a.timestamp() != nullptr) return order_plain(*a.timestamp(), *b.timestamp());
    if (a.duration() != nullptr) return order_plain(*a.duration(), *b.duration());
    if (a.bytes() != nullptr) {
        const std::size_t octets = std::min(a.bytes()->octets.size(), b.bytes()->octets.size());
        if (!budget.spend_bytes(octets)) return std::nullopt;
        return order_plain(*a.bytes(), *b.bytes());
    }
    return std::nullopt;
}

bool equal(const Value& left, const Value& right, Budget& budget) {
    const Value& a = opened(left);
    const Value& b = opened(right);
    if (!budget.spend(1)) return false;
    if (a.kind() != b.kind()) {
        const auto numeric = order_numeric(a, b);
        return numeric && *numeric == Order::equal;
    }
    switch (a.kind()) {
        case Value::Kind::text:
            return a.text()->size() == b.text()->size() && budget.spend_bytes(a.text()->size()) &&
                   *a.text() == *b.text();
        case Value::Kind::bytes:
            return budget.spend_bytes(a.bytes()->octets.size()) && a == b;
        case Value::Kind::list:
            return equal_lists(*a.list(), *b.list(), budget);
        case Value::Kind::record:
            return equal_members(*a.members(), b, budget);
        case Value::Kind::map:
            return equal_entries(*a.entries(), *b.entries(), budget);
        case Value::Kind::null:
        case Value::Kind::boolean:
        case Value::Kind::integer:
        case Value::Kind::number:
        case Value::Kind::date:
        case Value::Kind::instant:
        case Value::Kind::limit:
        case Value::Kind::unsigned_integer:
        case Value::Kind::duration:
        case Value::Kind::timestamp:
        case Value::Kind::type:
        case Value::Kind::sealed:
            break;
    }
    return a == b;
}

}  // namespace workflow::expression
