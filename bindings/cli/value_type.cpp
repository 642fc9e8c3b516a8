#include "value_type.hpp"

namespace workflow::cli {
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

}  // namespace workflow::cli
