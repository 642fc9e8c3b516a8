#include "workflow/json.hpp"

#include <nlohmann/json.hpp>

#include "workflow/error.hpp"

namespace workflow {
namespace {

constexpr int depth_max = 64;

Value read(const nlohmann::json& json, int depth) {
    using Kind = nlohmann::json::value_t;
    if (depth > depth_max) throw Error(ErrorCode::limit, "the JSON data is nested too deeply");
    switch (json.type()) {
        case Kind::null:
        case Kind::discarded:
            return {};
        case Kind::boolean:
            return json.get<bool>();
        case Kind::number_integer:
            return json.get<std::int64_t>();
        case Kind::number_unsigned:
            if (json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
                throw Error(ErrorCode::limit, "the number " + json.dump() + " is too large");
            }
            return static_cast<std::int64_t>(json.get<std::uint64_t>());
        case Kind::number_float:
            return json.get<double>();
        case Kind::string:
            return json.get<std::string>();
        case Kind::array: {
            List list;
            list.reserve(json.size());
            for (const auto& item : json) list.push_back(read(item, depth + 1));
            return list;
        }
        case Kind::object: {
            Members members;
            for (const auto& [name, member] : json.items()) {
                members.emplace_back(name, read(member, depth + 1));
            }
            return members;
        }
        case Kind::binary:
            break;
    }
    throw Error(ErrorCode::misuse, "binary JSON values are not data of a procedure");
}

}  // namespace

nlohmann::json to_json(const Value& sealed_or_plain, UtcOffset offset) {
    const Value& value = sealed_or_plain.open();
    if (value.boolean() != nullptr) return *value.boolean();
    if (value.integer() != nullptr) return *value.integer();
    if (value.number() != nullptr) return *value.number();
    if (value.text() != nullptr) return *value.text();
    if (value.list() != nullptr) {
        auto array = nlohmann::json::array();
        for (const Value& item : *value.list()) array.push_back(to_json(item, offset));
        return array;
    }
    if (value.members() != nullptr) {
        auto object = nlohmann::json::object();
        for (const auto& [name, member] : *value.members()) object[name] = to_json(member, offset);
        return object;
    }
    if (value.is_null()) return nullptr;
    return to_string(value, offset);
}

Value value_from_json(const nlohmann::json& json) {
    return read(json, 0);
}

FieldValues fields_from_json(const nlohmann::json& json) {
    if (!json.is_object())
        throw Error(ErrorCode::misuse, "the data must be a JSON object, {\"name\": value}");
    FieldValues fields;
    for (const auto& [name, member] : json.items()) fields.emplace_back(name, read(member, 1));
    return fields;
}

}  // namespace workflow
