#include "node/values.hpp"

#include <cmath>
#include <vector>

#include "workflow/error.hpp"

namespace workflow::node {
namespace {

constexpr int depth_max = 64;
constexpr double safe_integer_max = 9'007'199'254'740'991.0;

Value read(napi_env env, napi_value given, int depth);

std::string read_text(napi_env env, napi_value given) {
    std::size_t size = 0;
    check(env, napi_get_value_string_utf8(env, given, nullptr, 0, &size));
    std::string text(size, '\0');
    check(env, napi_get_value_string_utf8(env, given, text.data(), size + 1, &size));
    return text;
}

Value read_number(napi_env env, napi_value given) {
    double number = 0;
    check(env, napi_get_value_double(env, given, &number));
    if (!std::isfinite(number)) throw Error(ErrorCode::misuse, "a number that is not finite is no data");
    if (std::trunc(number) == number && std::abs(number) <= safe_integer_max) {
        return static_cast<std::int64_t>(number);
    }
    return number;
}

Value read_object(napi_env env, napi_value given, int depth) {
    bool is = false;
    check(env, napi_is_date(env, given, &is));
    if (is) {
        double milliseconds = 0;
        check(env, napi_get_date_value(env, given, &milliseconds));
        if (!std::isfinite(milliseconds)) throw Error(ErrorCode::misuse, "an invalid Date is no instant");
        return Instant(std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds)));
    }
    check(env, napi_is_array(env, given, &is));
    if (is) {
        std::uint32_t size = 0;
        check(env, napi_get_array_length(env, given, &size));
        List list;
        for (std::uint32_t i = 0; i < size; ++i) {
            napi_value item = nullptr;
            check(env, napi_get_element(env, given, i, &item));
            list.push_back(read(env, item, depth + 1));
        }
        return list;
    }
    napi_value names = nullptr;
    check(env, napi_get_property_names(env, given, &names));
    std::uint32_t size = 0;
    check(env, napi_get_array_length(env, names, &size));
    Members members;
    for (std::uint32_t i = 0; i < size; ++i) {
        napi_value name = nullptr;
        napi_value member = nullptr;
        check(env, napi_get_element(env, names, i, &name));
        check(env, napi_get_property(env, given, name, &member));
        napi_valuetype type{};
        check(env, napi_typeof(env, member, &type));
        if (type != napi_undefined) members.emplace_back(read_text(env, name), read(env, member, depth + 1));
    }
    return members;
}

Value read(napi_env env, napi_value given, int depth) {
    if (depth > depth_max) throw Error(ErrorCode::limit, "the data is nested too deeply");
    napi_valuetype type{};
    check(env, napi_typeof(env, given, &type));
    switch (type) {
        case napi_undefined:
        case napi_null:
            return {};
        case napi_boolean: {
            bool flag = false;
            check(env, napi_get_value_bool(env, given, &flag));
            return flag;
        }
        case napi_number:
            return read_number(env, given);
        case napi_bigint: {
            std::int64_t number = 0;
            bool lossless = false;
            check(env, napi_get_value_bigint_int64(env, given, &number, &lossless));
            if (!lossless) throw Error(ErrorCode::limit, "a BigInt does not fit into 64 bits");
            return number;
        }
        case napi_string:
            return read_text(env, given);
        case napi_object:
            return read_object(env, given, depth);
        default:
            throw Error(ErrorCode::misuse, "a function or symbol is no data: give null, boolean, number, "
                                           "string, Date, array or object");
    }
}

}  // namespace

void check(napi_env env, napi_status status) {
    if (status == napi_ok) return;
    bool pending = false;
    if (napi_is_exception_pending(env, &pending) == napi_ok && !pending) {
        const napi_extended_error_info* info = nullptr;
        (void)napi_get_last_error_info(env, &info);
        const bool told = info != nullptr && info->error_message != nullptr;
        (void)napi_throw_error(env, nullptr, told ? info->error_message : "Node-API failed");
    }
    throw Pending{};
}

Value value_of(napi_env env, napi_value given) {
    return read(env, given, 0);
}

napi_value text_of(napi_env env, const std::string& text) {
    napi_value made = nullptr;
    check(env, napi_create_string_utf8(env, text.data(), text.size(), &made));
    return made;
}

std::string text_from(napi_env env, napi_value given, const char* what) {
    napi_valuetype type{};
    check(env, napi_typeof(env, given, &type));
    if (type != napi_string) throw Error(ErrorCode::misuse, std::string(what) + " must be a string");
    return read_text(env, given);
}

napi_value object_of(napi_env env, const Value& value) {
    napi_value made = nullptr;
    if (value.text() != nullptr) return text_of(env, *value.text());
    if (value.is_null()) {
        check(env, napi_get_null(env, &made));
    } else if (value.integer() != nullptr) {
        const std::int64_t number = *value.integer();
        const bool is_safe = std::abs(static_cast<double>(number)) <= safe_integer_max;
        check(env, is_safe ? napi_create_double(env, static_cast<double>(number), &made)
                           : napi_create_bigint_int64(env, number, &made));
    } else if (value.members() != nullptr) {
        check(env, napi_create_object(env, &made));
        for (const auto& [name, member] : *value.members()) {
            check(env, napi_set_named_property(env, made, name.c_str(), object_of(env, member)));
        }
    } else if (value.list() != nullptr) {
        const List& list = *value.list();
        check(env, napi_create_array_with_length(env, list.size(), &made));
        for (std::uint32_t i = 0; i < list.size(); ++i) {
            check(env, napi_set_element(env, made, i, object_of(env, list[i])));
        }
    } else if (value.instant() != nullptr) {
        const auto milliseconds = value.instant()->time_since_epoch().count();
        check(env, napi_create_date(env, static_cast<double>(milliseconds), &made));
    } else if (value.boolean() != nullptr) {
        check(env, napi_get_boolean(env, *value.boolean(), &made));
    } else if (value.number() != nullptr) {
        check(env, napi_create_double(env, *value.number(), &made));
    } else {
        return text_of(env, to_string(value, UtcOffset{}));
    }
    return made;
}

napi_value error_of(napi_env env, int code, const std::string& message) {
    napi_value error = nullptr;
    napi_value number = nullptr;
    check(env, napi_create_error(env, nullptr, text_of(env, message), &error));
    check(env, napi_create_int32(env, code, &number));
    check(env, napi_set_named_property(env, error, "number", number));
    return error;
}

}  // namespace workflow::node
