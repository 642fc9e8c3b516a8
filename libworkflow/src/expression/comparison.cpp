#include "expression/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

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

std::optional<Order> order_numeric(const Value& a, const Value& b) {
    if (a.integer() != nullptr) {
        if (b.integer() != nullptr) return order_plain(*a.integer(), *b.integer());
        if (b.number() != nullptr) return order_numbers(*a.integer(), *b.number());
    }
    if (a.number() != nullptr) {
        if (b.number() != nullptr) return order_doubles(*a.number(), *b.number());
        if (b.integer() != nullptr) return reversed(order_numbers(*b.integer(), *a.number()));
    }
    return std::nullopt;
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

Order order_numbers(std::int64_t a, double b) {
    return order_doubles(static_cast<double>(a), b);
}

std::optional<Order> order(const Value& a, const Value& b, Budget& budget) {
    if (const auto numeric = order_numeric(a, b)) return numeric;
    if (a.text() != nullptr && b.text() != nullptr) {
        if (!budget.spend_bytes(std::min(a.text()->size(), b.text()->size()))) return std::nullopt;
        return order_plain(*a.text(), *b.text());
    }
    if (a.boolean() != nullptr && b.boolean() != nullptr) {
        return order_plain(*a.boolean(), *b.boolean());
    }
    if (a.day() != nullptr && b.day() != nullptr) return order_plain(*a.day(), *b.day());
    if (a.instant() != nullptr && b.instant() != nullptr) {
        return order_plain(*a.instant(), *b.instant());
    }
    return std::nullopt;
}

bool equal(const Value& left, const Value& right, Budget& budget) {
    const Value& a = opened(left);
    const Value& b = opened(right);
    if (!budget.spend(1)) return false;
    using Text = std::shared_ptr<const std::string>;
    const auto* text = std::get_if<Text>(&a.storage());
    const auto* other = std::get_if<Text>(&b.storage());
    if (text != nullptr && other != nullptr) {
        return (*text)->size() == (*other)->size() && budget.spend_bytes((*text)->size()) &&
               **text == **other;
    }
    if (const auto numeric = order_numeric(a, b)) return *numeric == Order::equal;
    if (a.list() != nullptr && b.list() != nullptr)
        return equal_lists(*a.list(), *b.list(), budget);
    if (a.members() != nullptr && b.members() != nullptr) {
        return equal_members(*a.members(), b, budget);
    }
    return a.storage() == b.storage();
}

}  // namespace workflow::expression
