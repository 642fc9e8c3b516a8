#include "fuzz/exact_value.hpp"

#include <fmt/format.h>

#include <bit>

#include "workflow/limits.hpp"

namespace workflow::fuzz {
namespace {

constexpr std::size_t parts_max = 10'000;

/// Calls `visit` for `value` and its parts, the outer ones first.
template <class Visit>
void walk(const Value& value, std::size_t& parts, const Visit& visit) {
    if (++parts > parts_max) return;
    visit(value);
    if (const auto* list = value.list()) {
        for (const Value& item : *list) walk(item, parts, visit);
    } else if (const auto* members = value.members()) {
        for (const auto& [name, member] : *members) walk(member, parts, visit);
    } else if (const auto* entries = value.entries()) {
        for (const auto& [key, entry] : *entries) {
            walk(key, parts, visit);
            walk(entry, parts, visit);
        }
    }
}

std::string keys(const Members& members) {
    std::string text;
    for (const auto& [name, member] : members) text += name + ",";
    return text;
}

/// Without its parts.
std::string content(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::number:
            return fmt::format("{:x}", std::bit_cast<std::uint64_t>(*value.number()));
        case Value::Kind::list:
            return std::to_string(value.list()->size());
        case Value::Kind::record:
            return keys(*value.members());
        case Value::Kind::map:
            return std::to_string(value.entries()->size());
        case Value::Kind::bytes:
            return value.bytes()->octets;
        case Value::Kind::null:
        case Value::Kind::boolean:
        case Value::Kind::integer:
        case Value::Kind::date:
        case Value::Kind::instant:
        case Value::Kind::limit:
        case Value::Kind::unsigned_integer:
        case Value::Kind::duration:
        case Value::Kind::timestamp:
        case Value::Kind::type:
        case Value::Kind::text:
        case Value::Kind::sealed:
            break;
    }
    return to_string(value, std::chrono::hours(0));
}

std::string exact_error(const EvaluationError& error) {
    std::string text = fmt::format("error {} at {}:", error.code, error.offset);
    for (const std::string& argument : error.arguments) text += " [" + argument + "]";
    return text;
}

std::size_t bytes_of(const Value& value) {
    if (const auto* text = value.text()) return text->size();
    if (const auto* bytes = value.bytes()) return bytes->octets.size();
    return 0;
}

std::size_t items_of(const Value& value) {
    if (const auto* list = value.list()) return list->size();
    if (const auto* members = value.members()) return members->size();
    if (const auto* entries = value.entries()) return entries->size();
    return 0;
}

}  // namespace

std::string exact(const Outcome& outcome) {
    if (const auto* error = std::get_if<EvaluationError>(&outcome)) return exact_error(*error);
    std::string text;
    std::size_t parts = 0;
    walk(std::get<Value>(outcome), parts, [&text](const Value& value) {
        text += fmt::format("{} {};", static_cast<int>(value.kind()), content(value));
    });
    return text;
}

std::string beyond_limits(const Value& value) {
    std::string found;
    std::size_t parts = 0;
    walk(value, parts, [&found](const Value& part) {
        if (bytes_of(part) > limits::text_bytes_max) {
            found = fmt::format("{} bytes", bytes_of(part));
        }
        // An item costs a step at least.
        if (items_of(part) > limits::expression_cost_max) {
            found = fmt::format("{} items", items_of(part));
        }
    });
    return found;
}

}  // namespace workflow::fuzz
