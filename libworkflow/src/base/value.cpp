#include "workflow/value.hpp"

#include <fmt/format.h>

namespace workflow {
namespace {

template <class T>
const T* pointee(const Value::Storage& storage) {
    const auto* pointer = std::get_if<std::shared_ptr<const T>>(&storage);
    return pointer != nullptr ? pointer->get() : nullptr;
}

std::string join(const List& list, UtcOffset offset) {
    std::string text;
    for (const Value& item : list) {
        if (!text.empty()) text += ", ";
        text += to_string(item, offset);
    }
    return text;
}

}  // namespace

const Sealed* Value::sealed() const {
    return pointee<Sealed>(storage_);
}

const Value& Value::open() const {
    const Sealed* seal = sealed();
    return seal != nullptr ? seal->value : *this;
}

const std::string* Value::text() const {
    return pointee<std::string>(storage_);
}
const List* Value::list() const {
    return pointee<List>(storage_);
}
const Members* Value::members() const {
    return pointee<Members>(storage_);
}

const Value* Value::member(std::string_view name) const {
    const Members* all = members();
    if (all == nullptr) return nullptr;
    for (const auto& [key, value] : *all) {
        if (key == name) return &value;
    }
    return nullptr;
}

bool operator==(const Value& a, const Value& b) {
    if (a.storage_.index() != b.storage_.index()) return false;
    if (a.text() != nullptr) return *a.text() == *b.text();
    if (a.list() != nullptr) return *a.list() == *b.list();
    if (a.members() != nullptr) return *a.members() == *b.members();
    if (a.sealed() != nullptr) return a.sealed()->digest == b.sealed()->digest;
    return a.storage_ == b.storage_;
}

std::string to_string(const Value& value, UtcOffset offset) {
    if (value.sealed() != nullptr) return value.sealed()->erased ? "(erased)" : "(sensitive)";
    if (value.boolean() != nullptr) return *value.boolean() ? "true" : "false";
    if (value.integer() != nullptr) return std::to_string(*value.integer());
    if (value.number() != nullptr) return fmt::format("{}", *value.number());
    if (value.text() != nullptr) return *value.text();
    if (value.day() != nullptr) return to_string(*value.day());
    if (value.instant() != nullptr) return to_string(*value.instant(), offset);
    if (value.limit() != nullptr) return to_string(*value.limit());
    if (value.list() != nullptr) return "[" + join(*value.list(), offset) + "]";
    if (value.members() != nullptr) {
        std::string text;
        for (const auto& [key, member] : *value.members()) {
            if (!text.empty()) text += ", ";
            text += key + ": " + to_string(member, offset);
        }
        return "{" + text + "}";
    }
    return "-";
}

}  // namespace workflow
