#include "type_json.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "json_input.hpp"
#include "session.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using PlainJson = nlohmann::json;
using Printed = nlohmann::ordered_json;

Printed part(const std::shared_ptr<const Type>& type) {
    return type == nullptr ? Printed("dyn") : type_json(*type);
}

/// What all members print as, or "dyn".
Printed common(const std::vector<std::pair<std::string, Type>>& members) {
    Printed result;
    for (const auto& [name, type] : members) {
        Printed printed = type_json(type);
        if (!result.is_null() && result != printed) return "dyn";
        result = std::move(printed);
    }
    return result.is_null() ? Printed("dyn") : result;
}

struct NamedKind {
    std::string_view name;
    Type::Kind kind;
};
constexpr std::array<NamedKind, 13> named_kinds{{
    {"int", Type::Kind::integer},
    {"uint", Type::Kind::unsigned_integer},
    {"double", Type::Kind::number},
    {"bool", Type::Kind::boolean},
    {"string", Type::Kind::text},
    {"bytes", Type::Kind::bytes},
    {"null", Type::Kind::null},
    {"dyn", Type::Kind::any},
    {"timestamp", Type::Kind::instant},
    {"duration", Type::Kind::duration},
    {"type", Type::Kind::type},
    {"date", Type::Kind::date},
    {"limit", Type::Kind::limit},
}};

std::optional<Type> plain_type(const std::string& name) {
    for (const NamedKind& one : named_kinds) {
        if (one.name == name) return Type::of(one.kind);
    }
    return std::nullopt;
}

/// {"list": T}, {"map": [K, V]} or {"type": T}.
std::optional<Type> made_type(const PlainJson& json, const std::string& language) {
    const std::string& maker = json.begin().key();
    const PlainJson& parts = json.begin().value();
    if (maker == "list") return Type::list_of(type_from_json(parts, language));
    if (maker == "map" && parts.is_array() && parts.size() == 2) {
        return Type::map_of(type_from_json(parts[0], language), type_from_json(parts[1], language));
    }
    if (maker == "type") {
        Type type = Type::of(Type::Kind::type);
        type.element = std::make_shared<const Type>(type_from_json(parts, language));
        return type;
    }
    return std::nullopt;
}

}  // namespace

nlohmann::ordered_json type_json(const Type& type) {
    switch (type.kind) {
        case Type::Kind::any:
        case Type::Kind::none:
            return "dyn";
        case Type::Kind::null:
            return "null";
        case Type::Kind::text:
        case Type::Kind::document:
        case Type::Kind::person:
        case Type::Kind::choice:
            return "string";
        case Type::Kind::integer:
            return "int";
        case Type::Kind::number:
            return "double";
        case Type::Kind::boolean:
            return "bool";
        case Type::Kind::date:
            return "date";
        case Type::Kind::instant:
            return "timestamp";
        case Type::Kind::limit:
            return "limit";
        case Type::Kind::list:
            return {{"list", part(type.element)}};
        case Type::Kind::record:
            return {{"map", Printed::array({"string", common(type.members)})}};
        case Type::Kind::unsigned_integer:
            return "uint";
        case Type::Kind::bytes:
            return "bytes";
        case Type::Kind::duration:
            return "duration";
        case Type::Kind::map:
            return {{"map", Printed::array({part(type.key), part(type.element)})}};
        case Type::Kind::type:
            return "type";
    }
    return "dyn";
}

Type type_from_json(const PlainJson& json, const std::string& language) {
    std::optional<Type> type;
    if (json.is_string()) type = plain_type(json.get_ref<const std::string&>());
    if (json.is_object() && json.size() == 1) type = made_type(json, language);
    if (!type) throw Failure(words::not_a_type.in(language, excerpt(json)));
    return *type;
}

}  // namespace workflow::cli
