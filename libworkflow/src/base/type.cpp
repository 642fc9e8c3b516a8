#include "workflow/type.hpp"

#include <algorithm>

#include "workflow/value.hpp"

namespace workflow {

Type Type::list_of(Type element) {
    return {.kind = Kind::list, .element = std::make_shared<const Type>(std::move(element))};
}

Type Type::map_of(Type key, Type element) {
    return {.kind = Kind::map,
            .element = std::make_shared<const Type>(std::move(element)),
            .key = std::make_shared<const Type>(std::move(key))};
}

namespace {

bool same(const std::shared_ptr<const Type>& a, const std::shared_ptr<const Type>& b) {
    if (a == nullptr || b == nullptr) return a == b;
    return *a == *b;
}

}  // namespace

bool operator==(const Type& a, const Type& b) {
    return a.kind == b.kind && a.optional == b.optional && a.options == b.options &&
           a.members == b.members && same(a.element, b.element) && same(a.key, b.key);
}

namespace {

std::string plain(const Type& type) {
    switch (type.kind) {
        case Type::Kind::any:
            return "any";
        case Type::Kind::null:
            return "null";
        case Type::Kind::text:
            return "text";
        case Type::Kind::integer:
            return "integer";
        case Type::Kind::number:
            return "number";
        case Type::Kind::boolean:
            return "boolean";
        case Type::Kind::date:
            return "date";
        case Type::Kind::instant:
            return "instant";
        case Type::Kind::limit:
            return "limit";
        case Type::Kind::document:
            return "document";
        case Type::Kind::person:
            return "person";
        case Type::Kind::list:
            return type.element != nullptr ? "list of " + to_string(*type.element) : "list";
        case Type::Kind::choice: {
            std::string text;
            for (const std::string& option : type.options) {
                text += (text.empty() ? "" : ", ") + option;
            }
            return "[" + text + "]";
        }
        case Type::Kind::record: {
            std::string text;
            for (const auto& [name, member] : type.members) {
                text += (text.empty() ? "" : ", ") + name + ": " + to_string(member);
            }
            return "{" + text + "}";
        }
        case Type::Kind::unsigned_integer:
            return "unsigned integer";
        case Type::Kind::bytes:
            return "bytes";
        case Type::Kind::duration:
            return "duration";
        case Type::Kind::map:
            if (type.key == nullptr || type.element == nullptr) return "map";
            return "map of " + to_string(*type.key) + " to " + to_string(*type.element);
        case Type::Kind::type:
            return "type";
        case Type::Kind::none:
            return "any";
    }
    return "any";
}

}  // namespace

std::string to_string(const Type& type) {
    return type.optional ? "optional " + plain(type) : plain(type);
}

bool accepts(const Type& type, const Value& sealed_or_plain) {
    const Value& value = sealed_or_plain.open();
    if (value.is_null()) {
        return type.optional || type.kind == Type::Kind::any || type.kind == Type::Kind::null;
    }
    switch (type.kind) {
        case Type::Kind::any:
            return true;
        case Type::Kind::null:
            return false;
        case Type::Kind::text:
        case Type::Kind::document:
        case Type::Kind::person:
            return value.text() != nullptr;
        case Type::Kind::integer:
            return value.integer() != nullptr;
        case Type::Kind::number:
            return value.number() != nullptr || value.integer() != nullptr;
        case Type::Kind::boolean:
            return value.boolean() != nullptr;
        case Type::Kind::date:
            return value.day() != nullptr;
        case Type::Kind::instant:
            return value.instant() != nullptr;
        case Type::Kind::limit:
            return value.limit() != nullptr;
        case Type::Kind::list:
            return value.list() != nullptr &&
                   std::all_of(value.list()->begin(), value.list()->end(), [&](const Value& item) {
                       return type.element == nullptr || accepts(*type.element, item);
                   });
        case Type::Kind::choice:
            return value.text() != nullptr && std::find(type.options.begin(), type.options.end(),
                                                        *value.text()) != type.options.end();
        case Type::Kind::record:
            return value.members() != nullptr &&
                   std::all_of(type.members.begin(), type.members.end(), [&](const auto& member) {
                       const Value* found = value.member(member.first);
                       return found != nullptr ? accepts(member.second, *found)
                                               : member.second.optional;
                   });
        case Type::Kind::unsigned_integer:
            return value.unsigned_integer() != nullptr;
        case Type::Kind::bytes:
            return value.bytes() != nullptr;
        case Type::Kind::duration:
            return value.duration() != nullptr;
        case Type::Kind::map:
            return value.entries() != nullptr || value.members() != nullptr;
        case Type::Kind::type:
            return value.type() != nullptr;
        case Type::Kind::none:
            return true;
    }
    return false;
}

namespace {

Value from_text(const Type& type, const std::string& text, UtcOffset offset) {
    if (type.kind == Type::Kind::date) {
        if (const auto date = parse_date(text)) return *date;
    }
    if (type.kind == Type::Kind::instant) {
        if (const auto instant = parse_instant(text, offset)) return *instant;
    }
    if (type.kind == Type::Kind::limit) {
        if (const auto limit = parse_limit(text)) return *limit;
    }
    return text;
}

/// As it is wanted already, all the way down: nothing to convert, so that it may be shared.
bool conforms(const Type& type, const Value& value) {
    switch (type.kind) {
        case Type::Kind::number:
            return value.number() != nullptr;
        case Type::Kind::list:
            return value.list() != nullptr && type.element != nullptr &&
                   std::all_of(value.list()->begin(), value.list()->end(),
                               [&](const Value& item) { return conforms(*type.element, item); });
        case Type::Kind::record:
            return false;
        case Type::Kind::any:
        case Type::Kind::null:
        case Type::Kind::text:
        case Type::Kind::integer:
        case Type::Kind::boolean:
        case Type::Kind::date:
        case Type::Kind::instant:
        case Type::Kind::limit:
        case Type::Kind::document:
        case Type::Kind::person:
        case Type::Kind::choice:
        case Type::Kind::unsigned_integer:
        case Type::Kind::bytes:
        case Type::Kind::duration:
        case Type::Kind::map:
        case Type::Kind::type:
        case Type::Kind::none:
            break;
    }
    return accepts(type, value);
}

}  // namespace

std::optional<Value> conform(const Type& type, const Value& value, UtcOffset offset) {
    if (conforms(type, value)) return value;
    Value result = value;
    if (value.text() != nullptr) {
        result = from_text(type, *value.text(), offset);
    } else if (type.kind == Type::Kind::number && value.integer() != nullptr) {
        result = static_cast<double>(*value.integer());
    } else if (type.kind == Type::Kind::list && value.list() != nullptr &&
               type.element != nullptr) {
        List items;
        items.reserve(value.list()->size());
        for (const Value& item : *value.list()) {
            auto conformed = conform(*type.element, item, offset);
            if (!conformed) return std::nullopt;
            items.push_back(std::move(*conformed));
        }
        result = std::move(items);
    } else if (type.kind == Type::Kind::record && value.members() != nullptr) {
        Members members = *value.members();
        for (auto& [name, member] : members) {
            for (const auto& [declared, member_type] : type.members) {
                if (declared != name) continue;
                auto conformed = conform(member_type, member, offset);
                if (!conformed) return std::nullopt;
                member = std::move(*conformed);
            }
        }
        result = std::move(members);
    }
    return accepts(type, result) ? std::optional(std::move(result)) : std::nullopt;
}

namespace {

/// What the items have in common, each reached by `item_of`.
template <class Items, class ItemOf>
Type common_type(const Items& items, ItemOf item_of) {
    Type common = Type::of(Type::Kind::any);
    bool is_first = true;
    for (const auto& item : items) {
        Type type = type_of(item_of(item));
        if (!is_first && type != common) return Type::of(Type::Kind::any);
        common = std::move(type);
        is_first = false;
    }
    return common;
}

const Value& itself(const Value& value) {
    return value;
}

constexpr auto first_of = [](const auto& pair) -> const auto& {
    return pair.first;
};
constexpr auto second_of = [](const auto& pair) -> const auto& {
    return pair.second;
};

}  // namespace

Type type_of(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null:
            return Type::of(Type::Kind::null);
        case Value::Kind::boolean:
            return Type::of(Type::Kind::boolean);
        case Value::Kind::integer:
            return Type::of(Type::Kind::integer);
        case Value::Kind::number:
            return Type::of(Type::Kind::number);
        case Value::Kind::date:
            return Type::of(Type::Kind::date);
        case Value::Kind::instant:
        case Value::Kind::timestamp:
            return Type::of(Type::Kind::instant);
        case Value::Kind::limit:
            return Type::of(Type::Kind::limit);
        case Value::Kind::unsigned_integer:
            return Type::of(Type::Kind::unsigned_integer);
        case Value::Kind::duration:
            return Type::of(Type::Kind::duration);
        case Value::Kind::type:
            return Type::of(Type::Kind::type);
        case Value::Kind::text:
            return Type::of(Type::Kind::text);
        case Value::Kind::list:
            return Type::list_of(common_type(*value.list(), itself));
        case Value::Kind::record:
            // An empty map may have been one with any keys.
            return Type::map_of(value.members()->empty() ? Type{} : Type::of(Type::Kind::text),
                                common_type(*value.members(), second_of));
        case Value::Kind::sealed:
            return type_of(value.open());
        case Value::Kind::bytes:
            return Type::of(Type::Kind::bytes);
        case Value::Kind::map:
            return Type::map_of(common_type(*value.entries(), first_of),
                                common_type(*value.entries(), second_of));
    }
    return Type::of(Type::Kind::any);
}

}  // namespace workflow
