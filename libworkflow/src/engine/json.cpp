#include "workflow/json.hpp"

#include <nlohmann/json.hpp>

#include "workflow/diagnostic.hpp"
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

// --- a mapping ---

Error wrong_member(const std::string& name, const char* wanted, const nlohmann::json& json) {
    return {ErrorCode::misuse, "'" + name + "' of the mapping must be " + wanted + ", not a value of type " +
                                   json.type_name()};
}

std::string read_id(const std::string& name, const nlohmann::json& json) {
    if (!json.is_string()) throw wrong_member(name, "an id in quotes", json);
    return json.get<std::string>();
}

MigrationMapping::Names read_names(const std::string& name, const nlohmann::json& json,
                                   bool may_be_nothing) {
    if (!json.is_object()) throw wrong_member(name, "an object, {\"old id\": \"new id\"}", json);
    MigrationMapping::Names names;
    for (const auto& [old_id, new_id] : json.items()) {
        const bool nothing = may_be_nothing && new_id.is_null();
        names.emplace_back(old_id, nothing ? "" : read_id(name + "." + old_id, new_id));
    }
    return names;
}

std::vector<std::string> read_ids(const std::string& name, const nlohmann::json& json) {
    if (!json.is_array()) throw wrong_member(name, "a list of ids", json);
    std::vector<std::string> ids;
    for (const auto& id : json) ids.push_back(read_id(name, id));
    return ids;
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

MigrationMapping mapping_from_json(const nlohmann::json& json) {
    if (!json.is_object()) {
        throw Error(ErrorCode::misuse,
                    "the mapping must be a JSON object, {\"states\": {\"old\": \"new\"}}");
    }
    MigrationMapping mapping;
    for (const auto& [name, member] : json.items()) {
        if (name == "states") {
            mapping.states = read_names(name, member, false);
        } else if (name == "clocks") {
            mapping.clocks = read_names(name, member, true);
        } else if (name == "fields") {
            mapping.fields = read_names(name, member, true);
        } else if (name == "messages") {
            mapping.messages = read_names(name, member, false);
        } else if (name == "roles") {
            mapping.roles = read_names(name, member, false);
        } else if (name == "restart") {
            mapping.restart = read_ids(name, member);
        } else if (name == "keep_limit") {
            mapping.keep_limit = read_ids(name, member);
        } else if (name == "restart_timers") {
            mapping.restart_timers = read_ids(name, member);
        } else if (name == "forget") {
            mapping.forget = read_ids(name, member);
        } else if (name == "variant") {
            mapping.variant = read_id(name, member);
        } else if (name == "data") {
            mapping.data = fields_from_json(member);
        } else {
            throw Error(ErrorCode::misuse,
                        "the mapping has no member '" + printable(name) +
                            "'; it may have states, clocks, fields, messages, roles, restart, "
                            "keep_limit, restart_timers, forget, variant and data");
        }
    }
    return mapping;
}

}  // namespace workflow
