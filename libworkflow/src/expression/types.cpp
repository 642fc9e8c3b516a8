#include "expression/types.hpp"

#include <algorithm>

#include "workflow/value.hpp"

namespace workflow::expression {
namespace {

const Type any_type{};

const Type& element_of(const Type& list) {
    return list.element != nullptr ? *list.element : any_type;
}

const Type& key_of(const Type& map) {
    return map.key != nullptr ? *map.key : any_type;
}

Type optional_of(Type type, bool optional) {
    type.optional = optional && type.kind != Type::Kind::any && type.kind != Type::Kind::null;
    return type;
}

Type unite_texts(const Type& a, const Type& b) {
    if (a.kind != b.kind || a.options != b.options) return Type::of(Type::Kind::text);
    return a;
}

/// Two of one family, apart from null and any.
Type unite_family(const Type& a, const Type& b, Family family) {
    if (family == Family::text) return unite_texts(a, b);
    if (family == Family::list) return Type::list_of(unite_items(element_of(a), element_of(b)));
    if (family == Family::map) {
        return Type::map_of(unite_items(key_of(a), key_of(b)),
                            unite_items(element_of(a), element_of(b)));
    }
    if (family == Family::record && a.members != b.members) return Type{};
    return a;
}

bool is_keyed(Family family) {
    return family == Family::record || family == Family::map;
}

Fit both(Fit a, Fit b) {
    return std::min(a, b);
}

Fit fits_text(const Type& expected, const Type& actual) {
    if (expected.kind != Type::Kind::choice) return Fit::always;
    if (actual.kind != Type::Kind::choice) return Fit::at_run_time;
    const auto allowed = [&](const std::string& option) {
        return std::find(expected.options.begin(), expected.options.end(), option) !=
               expected.options.end();
    };
    const auto count = std::count_if(actual.options.begin(), actual.options.end(), allowed);
    if (count == static_cast<std::ptrdiff_t>(actual.options.size())) return Fit::always;
    return count > 0 ? Fit::at_run_time : Fit::never;
}

Fit fits_record(const Type& expected, const Type& actual) {
    Fit fit = Fit::always;
    for (const auto& [name, type] : expected.members) {
        const auto same_name = [&wanted = name](const auto& member) {
            return member.first == wanted;
        };
        const auto found = std::find_if(actual.members.begin(), actual.members.end(), same_name);
        if (found != actual.members.end())
            fit = both(fit, fits(type, found->second));
        else if (!type.optional)
            return Fit::never;
    }
    return fit;
}

}  // namespace

Family family_of(const Type& type) {
    switch (type.kind) {
        case Type::Kind::any:
            return Family::any;
        case Type::Kind::null:
            return Family::null;
        case Type::Kind::text:
        case Type::Kind::document:
        case Type::Kind::person:
        case Type::Kind::choice:
            return Family::text;
        case Type::Kind::integer:
            return Family::integer;
        case Type::Kind::number:
            return Family::number;
        case Type::Kind::boolean:
            return Family::boolean;
        case Type::Kind::date:
            return Family::date;
        case Type::Kind::instant:
            return Family::instant;
        case Type::Kind::limit:
            return Family::limit;
        case Type::Kind::list:
            return Family::list;
        case Type::Kind::record:
            return Family::record;
        case Type::Kind::unsigned_integer:
            return Family::unsigned_integer;
        case Type::Kind::bytes:
            return Family::bytes;
        case Type::Kind::duration:
            return Family::duration;
        case Type::Kind::map:
            return Family::map;
        case Type::Kind::type:
            return Family::type;
        case Type::Kind::none:
            return Family::any;
    }
    return Family::any;
}

std::string_view family_name(Family family) {
    switch (family) {
        case Family::any:
            return "any";
        case Family::null:
            return "null";
        case Family::boolean:
            return "boolean";
        case Family::integer:
            return "integer";
        case Family::unsigned_integer:
            return "unsigned integer";
        case Family::number:
            return "number";
        case Family::text:
            return "text";
        case Family::bytes:
            return "bytes";
        case Family::date:
            return "date";
        case Family::instant:
            return "instant";
        case Family::duration:
            return "duration";
        case Family::limit:
            return "limit";
        case Family::list:
            return "list";
        case Family::record:
            return "record";
        case Family::map:
            return "map";
        case Family::type:
            return "type";
    }
    return "any";
}

Type required(Type type) {
    type.optional = false;
    return type;
}

bool comparable(const Type& a, const Type& b) {
    const Family left = family_of(a);
    const Family right = family_of(b);
    if (left == Family::any || right == Family::any) return true;
    if (left == Family::null || right == Family::null) return true;
    if (left == Family::list && right == Family::list) {
        return comparable(element_of(a), element_of(b));
    }
    if (is_keyed(left) && is_keyed(right)) return true;
    return left == right || (is_numeric(left) && is_numeric(right));
}

Union unite(const Type& a, const Type& b) {
    const Family left = family_of(a);
    const Family right = family_of(b);
    const bool optional = a.optional || b.optional;
    if (a.kind == Type::Kind::none) return {true, b};
    if (b.kind == Type::Kind::none) return {true, a};
    if (left == Family::any || right == Family::any) return {true, Type{}};
    if (left == Family::null) return {true, optional_of(b, true)};
    if (right == Family::null) return {true, optional_of(a, true)};
    if (left == right) return {true, optional_of(unite_family(a, b, left), optional)};
    const bool has_unsigned = left == Family::unsigned_integer || right == Family::unsigned_integer;
    if (is_numeric(left) && is_numeric(right) && !has_unsigned) return {true, Type{}};
    return {(is_moment(left) && is_moment(right)) || (is_keyed(left) && is_keyed(right)), Type{}};
}

Type unite_items(const Type& a, const Type& b) {
    if (a.kind == Type::Kind::none) return b;
    if (b.kind == Type::Kind::none) return a;
    return family_of(a) == family_of(b) ? unite(a, b).type : Type{};
}

Fit storable(const Type& type) {
    switch (family_of(type)) {
        case Family::any:
            return type.kind == Type::Kind::none ? Fit::always : Fit::at_run_time;
        case Family::instant:
            return Fit::at_run_time;  // A timestamp may be finer than a millisecond.
        case Family::unsigned_integer:
        case Family::bytes:
        case Family::duration:
        case Family::type:
            return Fit::never;
        case Family::list:
            return storable(element_of(type));
        case Family::map: {
            const Family key = family_of(key_of(type));
            if (key != Family::text && key != Family::any) return Fit::never;
            if (!type.members.empty()) {
                Fit fit = Fit::always;
                for (const auto& [name, member] : type.members) fit = both(fit, storable(member));
                return fit;
            }
            const Fit keys = key == Family::text ? Fit::always : storable(key_of(type));
            return both(keys, storable(element_of(type)));
        }
        case Family::null:
        case Family::boolean:
        case Family::integer:
        case Family::number:
        case Family::text:
        case Family::date:
        case Family::limit:
        case Family::record:
            break;
    }
    return Fit::always;
}

std::size_t size_of(const Type& type) {
    std::size_t size = 1;
    if (type.key != nullptr) size += size_of(*type.key);
    if (type.element != nullptr) size += size_of(*type.element);
    for (const auto& [name, member] : type.members) size += size_of(member);
    return size;
}

Fit fits(const Type& expected, const Type& actual) {
    const Family wanted = family_of(expected);
    const Family found = family_of(actual);
    if (wanted == Family::any || actual.kind == Type::Kind::none) return Fit::always;
    if (found == Family::any) return Fit::at_run_time;
    if (found == Family::null) return expected.optional ? Fit::always : Fit::never;
    if (actual.optional && !expected.optional) return Fit::never;
    if (wanted == Family::number && found == Family::integer) return Fit::always;
    if (wanted == Family::instant && found == Family::date) return Fit::always;
    if (wanted == Family::record && found == Family::map) {
        return actual.members.empty() ? Fit::at_run_time : fits_record(expected, actual);
    }
    if (wanted != found) return Fit::never;
    if (wanted == Family::text) return fits_text(expected, actual);
    if (wanted == Family::list) return fits(element_of(expected), element_of(actual));
    if (wanted == Family::record) return fits_record(expected, actual);
    return Fit::always;
}

bool fits_value(const Type& expected, const Value& value) {
    if (expected.kind == Type::Kind::instant && value.open().day() != nullptr) return true;
    return accepts(expected, value);
}

}  // namespace workflow::expression
