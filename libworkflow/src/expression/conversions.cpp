#include "expression/conversions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/utf8.hpp"
#include "expression/civil_time.hpp"
#include "expression/time_functions.hpp"

namespace workflow::expression {
namespace {

Result no_conversion(std::string_view function) {
    return {.error = "no-conversion", .argument = function};
}

/// Digits and signs as CEL writes them: no blanks, one optional sign.
template <class Number>
std::optional<Number> parse(std::string_view text) {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    Number value{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

constexpr double two_to_63 = 9223372036854775808.0;
constexpr double two_to_64 = 18446744073709551616.0;

Result bytes_as_text(const Bytes& bytes, Budget& budget) {
    if (!budget.spend_bytes(bytes.octets.size())) return cost_limit();
    if (base::find_invalid_utf8(bytes.octets) != std::string_view::npos) {
        return no_conversion("string");
    }
    return {Value(bytes.octets)};
}

}  // namespace

Result to_boolean(const Arguments& arguments) {
    const Value& value = arguments.first;
    if (value.boolean() != nullptr) return {value};
    if (value.text() == nullptr) return wrong_kind(value);
    constexpr std::array<std::string_view, 5> yes{"true", "True", "TRUE", "t", "1"};
    constexpr std::array<std::string_view, 5> no{"false", "False", "FALSE", "f", "0"};
    const std::string& text = *value.text();
    if (std::find(yes.begin(), yes.end(), text) != yes.end()) return {Value(true)};
    if (std::find(no.begin(), no.end(), text) != no.end()) return {Value(false)};
    return no_conversion("bool");
}

Result to_integer(const Arguments& arguments) {
    const Value& value = arguments.first;
    if (value.integer() != nullptr) return {value};
    if (const Unsigned* natural = value.unsigned_integer()) {
        const bool fits = natural->value <= static_cast<std::uint64_t>(INT64_MAX);
        if (!fits) return {.error = "overflow"};
        return {Value(static_cast<std::int64_t>(natural->value))};
    }
    if (const double* number = value.number()) {
        if (!(*number > -two_to_63 && *number < two_to_63)) return {.error = "overflow"};
        return {Value(static_cast<std::int64_t>(*number))};
    }
    if (const auto timestamp = read_timestamp(value, arguments.calendar)) {
        return {Value(timestamp->seconds)};
    }
    if (value.text() == nullptr) return wrong_kind(value);
    const auto parsed = parse<std::int64_t>(*value.text());
    return parsed ? Result{Value(*parsed)} : no_conversion("int");
}

Result to_unsigned(const Arguments& arguments) {
    const Value& value = arguments.first;
    if (value.unsigned_integer() != nullptr) return {value};
    if (const std::int64_t* integer = value.integer()) {
        if (*integer < 0) return {.error = "overflow"};
        return {Value(Unsigned{static_cast<std::uint64_t>(*integer)})};
    }
    if (const double* number = value.number()) {
        if (!(*number >= 0 && *number < two_to_64)) return {.error = "overflow"};
        return {Value(Unsigned{static_cast<std::uint64_t>(*number)})};
    }
    if (value.text() == nullptr) return wrong_kind(value);
    const auto parsed = parse<std::uint64_t>(*value.text());
    return parsed ? Result{Value(Unsigned{*parsed})} : no_conversion("uint");
}

Result to_number(const Arguments& arguments) {
    const Value& value = arguments.first;
    if (value.number() != nullptr) return {value};
    if (value.integer() != nullptr) return {Value(static_cast<double>(*value.integer()))};
    if (const Unsigned* natural = value.unsigned_integer()) {
        return {Value(static_cast<double>(natural->value))};
    }
    if (value.text() == nullptr) return wrong_kind(value);
    const auto parsed = parse<double>(*value.text());
    return parsed ? Result{Value(*parsed)} : no_conversion("double");
}

Result to_text(const Arguments& arguments) {
    const Value& value = arguments.first;
    switch (value.kind()) {
        case Value::Kind::text:
            return {value};
        case Value::Kind::boolean:
            return {Value(*value.boolean() ? "true" : "false")};
        case Value::Kind::integer:
            return {Value(std::to_string(*value.integer()))};
        case Value::Kind::unsigned_integer:
            return {Value(std::to_string(value.unsigned_integer()->value))};
        case Value::Kind::number:
            return {Value(fmt::format("{}", *value.number()))};
        case Value::Kind::date:
            return {Value(to_string(*value.day()))};
        case Value::Kind::instant:
            return {Value(to_string(timestamp_of(*value.instant())))};
        case Value::Kind::timestamp:
            return {Value(to_string(*value.timestamp()))};
        case Value::Kind::duration:
            return {Value(to_string(*value.duration()))};
        case Value::Kind::bytes:
            return bytes_as_text(*value.bytes(), arguments.budget);
        case Value::Kind::null:
        case Value::Kind::limit:
        case Value::Kind::type:
        case Value::Kind::list:
        case Value::Kind::record:
        case Value::Kind::map:
        case Value::Kind::sealed:
            break;
    }
    return wrong_kind(value);
}

Result to_bytes(const Arguments& arguments) {
    const Value& value = arguments.first;
    if (value.bytes() != nullptr) return {value};
    if (value.text() == nullptr) return wrong_kind(value);
    if (!arguments.budget.spend_bytes(value.text()->size())) return cost_limit();
    return {Value(Bytes{*value.text()})};
}

Result to_timestamp(const Arguments& arguments) {
    const Value& value = arguments.first;
    if (const auto timestamp = read_timestamp(value, arguments.calendar)) {
        return {Value(*timestamp)};
    }
    if (const std::int64_t* seconds = value.integer()) {
        const Timestamp timestamp{*seconds, 0};
        if (!is_in_range(timestamp)) return {.error = "time-range"};
        return {Value(timestamp)};
    }
    if (value.text() == nullptr) return wrong_kind(value);
    const auto parsed = parse_timestamp(*value.text());
    return parsed ? Result{Value(*parsed)} : no_conversion("timestamp");
}

Result to_duration(const Arguments& arguments) {
    const Value& value = arguments.first;
    if (value.duration() != nullptr) return {value};
    if (value.text() == nullptr) return wrong_kind(value);
    const auto parsed = parse_duration(*value.text());
    return parsed ? Result{Value(*parsed)} : no_conversion("duration");
}

Result to_itself(const Arguments& arguments) {
    return {arguments.first};
}

Result type_of(const Arguments& arguments) {
    switch (arguments.first.kind()) {
        case Value::Kind::null:
            return {Value(TypeName::null_type)};
        case Value::Kind::boolean:
            return {Value(TypeName::boolean)};
        case Value::Kind::integer:
            return {Value(TypeName::integer)};
        case Value::Kind::unsigned_integer:
            return {Value(TypeName::unsigned_integer)};
        case Value::Kind::number:
            return {Value(TypeName::number)};
        case Value::Kind::text:
            return {Value(TypeName::text)};
        case Value::Kind::bytes:
            return {Value(TypeName::bytes)};
        case Value::Kind::list:
            return {Value(TypeName::list)};
        case Value::Kind::record:
        case Value::Kind::map:
            return {Value(TypeName::map)};
        case Value::Kind::date:
        case Value::Kind::instant:
        case Value::Kind::timestamp:
            return {Value(TypeName::timestamp)};
        case Value::Kind::duration:
            return {Value(TypeName::duration)};
        case Value::Kind::limit:
            return {Value(TypeName::limit)};
        case Value::Kind::type:
            return {Value(TypeName::type)};
        case Value::Kind::sealed:
            break;
    }
    return wrong_kind(arguments.first);
}

}  // namespace workflow::expression
