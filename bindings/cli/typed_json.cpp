#include "typed_json.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

#include "base64.hpp"
#include "json_input.hpp"
#include "session.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::json;
using Printed = nlohmann::ordered_json;

constexpr std::size_t answer_bytes_max = 64U * 1024U * 1024U;
/// What a value costs beside its text.
constexpr std::size_t answer_bytes_each = 16;

class Printer {
public:
    explicit Printer(const std::string& language) : language_(language) {}

    Printed print(const Value& value) {
        spend(answer_bytes_each);
        switch (value.kind()) {
            case Value::Kind::null:
                return {{"null", nullptr}};
            case Value::Kind::boolean:
                return {{"bool", *value.boolean()}};
            case Value::Kind::integer:
                return {{"int", std::to_string(*value.integer())}};
            case Value::Kind::number:
                return {{"double", number(*value.number())}};
            case Value::Kind::date:
                return {{"date", to_string(*value.day())}};
            case Value::Kind::instant:
                return {{"timestamp", instant(*value.instant())}};
            case Value::Kind::limit:
                return {{"limit", to_string(*value.limit())}};
            case Value::Kind::unsigned_integer:
                return {{"uint", std::to_string(value.unsigned_integer()->value)}};
            case Value::Kind::duration:
                return {{"duration", time(*value.duration())}};
            case Value::Kind::timestamp:
                return {{"timestamp", time(*value.timestamp())}};
            case Value::Kind::type:
                return {{"type", to_string(*value.type())}};
            case Value::Kind::text:
                return {{"string", text(*value.text())}};
            case Value::Kind::list:
                return {{"list", list(*value.list())}};
            case Value::Kind::record:
                return {{"map", record(*value.members())}};
            case Value::Kind::sealed:
                return print(value.open());
            case Value::Kind::bytes:
                return {{"bytes_b64", base64(text(value.bytes()->octets))}};
            case Value::Kind::map:
                return {{"map", map(*value.entries())}};
        }
        return {{"null", nullptr}};
    }

private:
    void spend(std::size_t bytes) {
        if (bytes > left_) throw Failure(words::answer_large.in(language_, answer_bytes_max >> 20));
        left_ -= bytes;
    }

    const std::string& text(const std::string& text) {
        spend(text.size());
        return text;
    }

    /// JSON has no words of its own for what is no number.
    static Printed number(double number) {
        if (std::isnan(number)) return "NaN";
        if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
        return number;
    }

    template <class Time>
    static Printed time(const Time& time) {
        return {{"seconds", time.seconds}, {"nanos", time.nanoseconds}};
    }

    static Printed instant(Instant instant) {
        const auto whole = std::chrono::floor<std::chrono::seconds>(instant);
        const std::chrono::nanoseconds rest = instant - whole;
        return time(
            Timestamp{whole.time_since_epoch().count(), static_cast<std::int32_t>(rest.count())});
    }

    Printed list(const List& items) {
        Printed list = Printed::array();
        for (const Value& item : items) list.push_back(print(item));
        return list;
    }

    Printed record(const Members& members) {
        Printed map = Printed::array();
        for (const auto& [name, member] : members) {
            map.push_back(Printed::array({{{"string", text(name)}}, print(member)}));
        }
        return map;
    }

    Printed map(const Entries& entries) {
        Printed map = Printed::array();
        for (const auto& [key, entry] : entries) {
            map.push_back(Printed::array({print(key), print(entry)}));
        }
        return map;
    }

    const std::string& language_;
    std::size_t left_ = answer_bytes_max;
};

/// A whole number as JSON, or as text; nothing when it is none of the type's range.
template <class Integer>
std::optional<Integer> integer_of(const Json& json) {
    // nlohmann keeps what is not negative as unsigned.
    if (json.is_number_unsigned()) {
        const auto given = json.get<std::uint64_t>();
        if (!std::in_range<Integer>(given)) return std::nullopt;
        return static_cast<Integer>(given);
    }
    if (json.is_number_integer()) {
        const auto given = json.get<std::int64_t>();
        if (!std::in_range<Integer>(given)) return std::nullopt;
        return static_cast<Integer>(given);
    }
    if (!json.is_string()) return std::nullopt;
    const auto& text = json.get_ref<const std::string&>();
    Integer number{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<Value> read_integer(const Json& json) {
    if (const auto number = integer_of<std::int64_t>(json)) return Value(*number);
    return std::nullopt;
}

std::optional<Value> read_unsigned(const Json& json) {
    if (const auto number = integer_of<std::uint64_t>(json)) return Value(Unsigned{*number});
    return std::nullopt;
}

std::optional<Value> read_double(const Json& json) {
    if (json.is_number()) return Value(json.get<double>());
    if (json == "NaN") return Value(std::numeric_limits<double>::quiet_NaN());
    if (json == "Infinity") return Value(std::numeric_limits<double>::infinity());
    if (json == "-Infinity") return Value(-std::numeric_limits<double>::infinity());
    return std::nullopt;
}

std::optional<Value> read_boolean(const Json& json) {
    if (json.is_boolean()) return Value(json.get<bool>());
    return std::nullopt;
}

std::optional<Value> read_text(const Json& json) {
    if (json.is_string()) return Value(json.get_ref<const std::string&>());
    return std::nullopt;
}

std::optional<Value> read_bytes(const Json& json) {
    if (!json.is_string()) return std::nullopt;
    auto octets = octets_of_base64(json.get_ref<const std::string&>());
    if (!octets) return std::nullopt;
    return Value(Bytes{std::move(*octets)});
}

std::optional<Value> read_null(const Json& json) {
    if (json.is_null()) return Value();
    return std::nullopt;
}

struct Seconds {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
};

/// {"seconds": n, "nanos": n}; what is not named is 0.
std::optional<Seconds> seconds_of(const Json& json) {
    if (!json.is_object()) return std::nullopt;
    Seconds result;
    for (const auto& [name, part] : json.items()) {
        if (name == "seconds") {
            const auto seconds = integer_of<std::int64_t>(part);
            if (!seconds) return std::nullopt;
            result.seconds = *seconds;
        } else if (name == "nanos") {
            const auto nanoseconds = integer_of<std::int32_t>(part);
            if (!nanoseconds) return std::nullopt;
            result.nanoseconds = *nanoseconds;
        } else {
            return std::nullopt;
        }
    }
    return result;
}

constexpr std::int32_t nanoseconds_each = 1'000'000'000;

std::optional<Value> read_timestamp(const Json& json) {
    // The years 1 to 9999.
    constexpr std::int64_t first = -62'135'596'800;
    constexpr std::int64_t last = 253'402'300'799;
    const auto time = seconds_of(json);
    if (!time || time->seconds < first || time->seconds > last) return std::nullopt;
    if (time->nanoseconds < 0 || time->nanoseconds >= nanoseconds_each) return std::nullopt;
    return Value(Timestamp{time->seconds, time->nanoseconds});
}

std::optional<Value> read_duration(const Json& json) {
    constexpr std::int64_t most = 315'576'000'000;  // google.protobuf.Duration
    const auto time = seconds_of(json);
    if (!time || time->seconds < -most || time->seconds > most) return std::nullopt;
    if (std::abs(time->nanoseconds) >= nanoseconds_each) return std::nullopt;
    const bool signs_differ = (time->seconds < 0 && time->nanoseconds > 0) ||
                              (time->seconds > 0 && time->nanoseconds < 0);
    if (signs_differ) return std::nullopt;
    return Value(Duration{time->seconds, time->nanoseconds});
}

std::optional<Value> read_type(const Json& json) {
    if (!json.is_string()) return std::nullopt;
    for (int i = 0; i <= static_cast<int>(TypeName::type); ++i) {
        const auto name = static_cast<TypeName>(i);
        if (json == to_string(name)) return Value(name);
    }
    return std::nullopt;
}

std::optional<Value> read_date(const Json& json) {
    if (!json.is_string()) return std::nullopt;
    const auto date = parse_date(json.get_ref<const std::string&>());
    return date ? std::optional<Value>(*date) : std::nullopt;
}

std::optional<Value> read_limit(const Json& json) {
    if (!json.is_string()) return std::nullopt;
    const auto limit = parse_limit(json.get_ref<const std::string&>());
    return limit ? std::optional<Value>(*limit) : std::nullopt;
}

/// How a kind that has no parts is read, and what a person should write.
struct Kind {
    std::string_view name;
    std::optional<Value> (*read)(const Json&);
    std::string_view example;
};
constexpr std::array<Kind, 12> kinds{{
    {"int", read_integer, R"({"int": "3"})"},
    {"uint", read_unsigned, R"({"uint": "3"})"},
    {"double", read_double, R"({"double": 1.5})"},
    {"bool", read_boolean, R"({"bool": true})"},
    {"string", read_text, R"({"string": "x"})"},
    {"bytes_b64", read_bytes, R"({"bytes_b64": "AA=="})"},
    {"null", read_null, R"({"null": null})"},
    {"timestamp", read_timestamp, R"({"timestamp": {"seconds": 0, "nanos": 0}})"},
    {"duration", read_duration, R"({"duration": {"seconds": 0, "nanos": 0}})"},
    {"type", read_type, R"({"type": "int"})"},
    {"date", read_date, R"({"date": "2017-06-08"})"},
    {"limit", read_limit, R"({"limit": "30 working days"})"},
}};

class Reader {
public:
    explicit Reader(const std::string& language) : language_(language) {}

    Value read(const Json& json) const {
        if (!json.is_object() || json.size() != 1) {
            throw Failure(words::not_typed.in(language_, excerpt(json)));
        }
        const std::string& name = json.begin().key();
        const Json& content = json.begin().value();
        if (name == "list") return list(content);
        if (name == "map") return map(content);
        for (const Kind& kind : kinds) {
            if (kind.name != name) continue;
            if (auto value = kind.read(content)) return *value;
            throw refused(name, content, kind.example);
        }
        throw Failure(words::no_such_kind.in(language_, excerpt(name)));
    }

private:
    [[nodiscard]] Failure refused(std::string_view kind, const Json& content,
                                  std::string_view example) const {
        return Failure(words::not_of_kind.in(language_, excerpt(content), kind, example));
    }

    [[nodiscard]] Value list(const Json& content) const {
        if (!content.is_array()) throw refused("list", content, R"({"list": [{"int": "3"}]})");
        List items;
        items.reserve(content.size());
        for (const Json& item : content) items.push_back(read(item));
        return items;
    }

    [[nodiscard]] Value map(const Json& content) const {
        constexpr std::string_view example = R"({"map": [[{"string": "x"}, {"int": "3"}]]})";
        if (!content.is_array()) throw refused("map", content, example);
        Entries entries;
        entries.reserve(content.size());
        std::unordered_set<std::string> keys;
        for (const Json& entry : content) {
            if (!entry.is_array() || entry.size() != 2) throw refused("map", entry, example);
            Value key = read(entry[0]);
            const auto text = key_text(key);
            if (!text) throw Failure(words::not_a_key.in(language_, excerpt(entry[0])));
            if (!keys.insert(*text).second) {
                throw Failure(words::key_twice.in(language_, excerpt(entry[0])));
            }
            entries.emplace_back(std::move(key), read(entry[1]));
        }
        return Value(std::move(entries));
    }

    /// The same for keys that are equal to CEL: 1 and 1u are.
    static std::optional<std::string> key_text(const Value& key) {
        if (const bool* boolean = key.boolean()) return *boolean ? "true" : "false";
        if (const std::int64_t* integer = key.integer()) return std::to_string(*integer);
        if (const Unsigned* number = key.unsigned_integer()) return std::to_string(number->value);
        if (const std::string* text = key.text()) return '"' + *text;
        return std::nullopt;
    }

    const std::string& language_;
};

}  // namespace

nlohmann::ordered_json typed_json(const Value& value, const std::string& language) {
    return Printer(language).print(value);
}

Value value_from_typed_json(const Json& json, const std::string& language) {
    return Reader(language).read(json);
}

}  // namespace workflow::cli
