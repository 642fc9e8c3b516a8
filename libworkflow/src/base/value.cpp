#include "workflow/value.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace workflow {
namespace {

std::string join(const List& list, UtcOffset offset) {
    std::string text;
    for (const Value& item : list) {
        if (!text.empty()) text += ", ";
        text += to_string(item, offset);
    }
    return text;
}

std::string join(const Members& members, UtcOffset offset) {
    std::string text;
    for (const auto& [name, member] : members) {
        if (!text.empty()) text += ", ";
        text += name + ": " + to_string(member, offset);
    }
    return text;
}

std::string join(const Entries& entries, UtcOffset offset) {
    std::string text;
    for (const auto& [key, value] : entries) {
        if (!text.empty()) text += ", ";
        text += to_string(key, offset) + ": " + to_string(value, offset);
    }
    return text;
}

}  // namespace

Value::Value(Timestamp value) noexcept {
    constexpr std::int32_t nanoseconds = 1'000'000;
    if (value.nanoseconds % nanoseconds != 0) {
        kind_ = Kind::timestamp;
        plain_.timestamp = value;
        return;
    }
    kind_ = Kind::instant;
    plain_.instant = Instant(std::chrono::seconds(value.seconds) +
                             std::chrono::milliseconds(value.nanoseconds / nanoseconds));
}

Value::Value(Entries value) {
    const auto is_text = [](const auto& entry) { return entry.first.text() != nullptr; };
    if (!std::all_of(value.begin(), value.end(), is_text)) {
        *this = Value(Kind::map, make(std::move(value)));
        return;
    }
    Members members;
    members.reserve(value.size());
    for (auto& [key, member] : value) members.emplace_back(*key.text(), std::move(member));
    *this = Value(std::move(members));
}

const Value* Value::member(std::string_view name) const noexcept {
    const Members* all = members();
    if (all == nullptr) return nullptr;
    for (const auto& [key, value] : *all) {
        if (key == name) return &value;
    }
    return nullptr;
}

bool operator==(const Value& a, const Value& b) {
    if (a.kind_ != b.kind_) return false;
    switch (a.kind_) {
        case Value::Kind::null:
            return true;
        case Value::Kind::boolean:
            return a.plain_.boolean == b.plain_.boolean;
        case Value::Kind::integer:
            return a.plain_.integer == b.plain_.integer;
        case Value::Kind::number:
            return a.plain_.number == b.plain_.number;
        case Value::Kind::date:
            return a.plain_.day == b.plain_.day;
        case Value::Kind::instant:
            return a.plain_.instant == b.plain_.instant;
        case Value::Kind::limit:
            return a.plain_.limit == b.plain_.limit;
        case Value::Kind::unsigned_integer:
            return a.plain_.unsigned_ == b.plain_.unsigned_;
        case Value::Kind::duration:
            return a.plain_.duration == b.plain_.duration;
        case Value::Kind::timestamp:
            return a.plain_.timestamp == b.plain_.timestamp;
        case Value::Kind::type:
            return a.plain_.type == b.plain_.type;
        case Value::Kind::text:
            return *a.text() == *b.text();
        case Value::Kind::list:
            return *a.list() == *b.list();
        case Value::Kind::record:
            return *a.members() == *b.members();
        case Value::Kind::sealed:
            return a.sealed()->digest == b.sealed()->digest;
        case Value::Kind::bytes:
            return *a.bytes() == *b.bytes();
        case Value::Kind::map:
            return *a.entries() == *b.entries();
    }
    return false;
}

bool is_storable(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::unsigned_integer:
        case Value::Kind::duration:
        case Value::Kind::timestamp:
        case Value::Kind::type:
        case Value::Kind::bytes:
        case Value::Kind::map:
            return false;
        case Value::Kind::list:
            return std::all_of(value.list()->begin(), value.list()->end(), is_storable);
        case Value::Kind::record:
            return std::all_of(value.members()->begin(), value.members()->end(),
                               [](const auto& member) { return is_storable(member.second); });
        case Value::Kind::null:
        case Value::Kind::boolean:
        case Value::Kind::integer:
        case Value::Kind::number:
        case Value::Kind::date:
        case Value::Kind::instant:
        case Value::Kind::limit:
        case Value::Kind::text:
        case Value::Kind::sealed:
            break;
    }
    return true;
}

std::string to_string(const Value& value, UtcOffset offset) {
    switch (value.kind()) {
        case Value::Kind::null:
            break;
        case Value::Kind::boolean:
            return *value.boolean() ? "true" : "false";
        case Value::Kind::integer:
            return std::to_string(*value.integer());
        case Value::Kind::number:
            return fmt::format("{}", *value.number());
        case Value::Kind::date:
            return to_string(*value.day());
        case Value::Kind::instant:
            return to_string(*value.instant(), offset);
        case Value::Kind::limit:
            return to_string(*value.limit());
        case Value::Kind::unsigned_integer:
            return std::to_string(value.unsigned_integer()->value) + "u";
        case Value::Kind::duration:
            return to_string(*value.duration());
        case Value::Kind::timestamp:
            return to_string(*value.timestamp());
        case Value::Kind::type:
            return to_string(*value.type());
        case Value::Kind::text:
            return *value.text();
        case Value::Kind::list:
            return "[" + join(*value.list(), offset) + "]";
        case Value::Kind::record:
            return "{" + join(*value.members(), offset) + "}";
        case Value::Kind::sealed:
            return value.sealed()->erased ? "(erased)" : "(sensitive)";
        case Value::Kind::bytes:
            return fmt::format("({} bytes)", value.bytes()->octets.size());
        case Value::Kind::map:
            return "{" + join(*value.entries(), offset) + "}";
    }
    return "-";
}

const char* to_string(TypeName name) {
    switch (name) {
        case TypeName::null_type:
            return "null_type";
        case TypeName::boolean:
            return "bool";
        case TypeName::integer:
            return "int";
        case TypeName::unsigned_integer:
            return "uint";
        case TypeName::number:
            return "double";
        case TypeName::text:
            return "string";
        case TypeName::bytes:
            return "bytes";
        case TypeName::list:
            return "list";
        case TypeName::map:
            return "map";
        case TypeName::timestamp:
            return "google.protobuf.Timestamp";
        case TypeName::duration:
            return "google.protobuf.Duration";
        case TypeName::limit:
            return "limit";
        case TypeName::type:
            return "type";
    }
    return "type";
}

}  // namespace workflow
