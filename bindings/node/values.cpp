#include "node/values.hpp"

#include <cmath>

namespace workflow::node {
namespace {

constexpr int depth_max = 64;
constexpr double safe_integer_max = 9'007'199'254'740'991.0;

Value read(const Napi::Value& given, int depth);

Value read_number(double number) {
    if (!std::isfinite(number)) throw Error(ErrorCode::misuse, "a number that is not finite is no data");
    if (std::trunc(number) == number && std::abs(number) <= safe_integer_max) {
        return static_cast<std::int64_t>(number);
    }
    return number;
}

Value read_object(const Napi::Value& given, int depth) {
    if (given.IsDate()) {
        const double milliseconds = given.As<Napi::Date>().ValueOf();
        if (!std::isfinite(milliseconds)) throw Error(ErrorCode::misuse, "an invalid Date is no instant");
        return Instant(std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds)));
    }
    if (given.IsArray()) {
        const auto array = given.As<Napi::Array>();
        List list;
        for (std::uint32_t i = 0; i < array.Length(); ++i) list.push_back(read(array.Get(i), depth + 1));
        return list;
    }
    const auto object = given.As<Napi::Object>();
    const Napi::Array names = object.GetPropertyNames();
    Members members;
    for (std::uint32_t i = 0; i < names.Length(); ++i) {
        const Napi::Value name = names.Get(i);
        const Napi::Value member = object.Get(name);
        if (member.IsUndefined()) continue;
        members.emplace_back(name.As<Napi::String>().Utf8Value(), read(member, depth + 1));
    }
    return members;
}

Value read(const Napi::Value& given, int depth) {
    if (depth > depth_max) throw Error(ErrorCode::limit, "the data is nested too deeply");
    switch (given.Type()) {
        case napi_undefined:
        case napi_null:
            return {};
        case napi_boolean:
            return given.As<Napi::Boolean>().Value();
        case napi_number:
            return read_number(given.As<Napi::Number>().DoubleValue());
        case napi_bigint: {
            bool lossless = false;
            const std::int64_t number = given.As<Napi::BigInt>().Int64Value(&lossless);
            if (!lossless) throw Error(ErrorCode::limit, "a BigInt does not fit into 64 bits");
            return number;
        }
        case napi_string:
            return given.As<Napi::String>().Utf8Value();
        case napi_object:
            return read_object(given, depth);
        default:
            throw Error(ErrorCode::misuse, "a function or symbol is no data: give null, boolean, number, "
                                           "string, Date, array or object");
    }
}

Napi::Value object_of_members(Napi::Env env, const Members& members) {
    Napi::Object object = Napi::Object::New(env);
    for (const auto& [name, member] : members) object.Set(name, object_of(env, member));
    return object;
}

Napi::Value array_of(Napi::Env env, const List& list) {
    Napi::Array array = Napi::Array::New(env, list.size());
    for (std::uint32_t i = 0; i < list.size(); ++i) array.Set(i, object_of(env, list[i]));
    return array;
}

Napi::Value number_of(Napi::Env env, std::int64_t number) {
    if (std::abs(static_cast<double>(number)) > safe_integer_max) return Napi::BigInt::New(env, number);
    return Napi::Number::New(env, static_cast<double>(number));
}

}  // namespace

Value value_of(const Napi::Value& given) {
    return read(given, 0);
}

std::string text_from(const Napi::Value& given, const char* what) {
    if (!given.IsString()) throw Error(ErrorCode::misuse, std::string(what) + " must be a string");
    return given.As<Napi::String>().Utf8Value();
}

Napi::Value object_of(Napi::Env env, const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null:
            return env.Null();
        case Value::Kind::boolean:
            return Napi::Boolean::New(env, *value.boolean());
        case Value::Kind::integer:
            return number_of(env, *value.integer());
        case Value::Kind::number:
            return Napi::Number::New(env, *value.number());
        case Value::Kind::text:
            return Napi::String::New(env, *value.text());
        case Value::Kind::instant:
            return Napi::Date::New(env, static_cast<double>(value.instant()->time_since_epoch().count()));
        case Value::Kind::list:
            return array_of(env, *value.list());
        case Value::Kind::record:
            return object_of_members(env, *value.members());
        default:
            return Napi::String::New(env, to_string(value, UtcOffset{}));
    }
}

Napi::Error error_of(Napi::Env env, ErrorCode code, const std::string& message) {
    Napi::Error error = Napi::Error::New(env, message);
    error.Set("number", Napi::Number::New(env, static_cast<int>(code)));
    return error;
}

}  // namespace workflow::node
