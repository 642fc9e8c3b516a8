#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base64.hpp"
#include "json_input.hpp"
#include "session.hpp"
#include "typed_json.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using PlainJson = nlohmann::json;

/// A whole number as JSON, or as text; nothing when it is none of the type's range.
template <class Integer>
std::optional<Integer> integer_of(const PlainJson& json) {
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

std::optional<Value> read_integer(const PlainJson& json) {
    if (const auto number = integer_of<std::int64_t>(json)) return Value(*number);
    return std::nullopt;
}

std::optional<Value> read_unsigned(const PlainJson& json) {
    if (const auto number = integer_of<std::uint64_t>(json)) return Value(Unsigned{*number});
    return std::nullopt;
}

std::optional<Value> read_double(const PlainJson& json) {
    if (json.is_number()) return Value(json.get<double>());
    if (json == "NaN") return Value(std::numeric_limits<double>::quiet_NaN());
    if (json == "Infinity") return Value(std::numeric_limits<double>::infinity());
    if (json == "-Infinity") return Value(-std::numeric_limits<double>::infinity());
    return std::nullopt;
}

std::optional<Value> read_boolean(const PlainJson& json) {
    if (json.is_boolean()) return Value(json.get<bool>());
    return std::nullopt;
}

std::optional<Value> read_text(const PlainJson& json) {
    if (json.is_string()) return Value(json.get_ref<const std::string&>());
    return std::nullopt;
}

std::optional<Value> read_bytes(const PlainJson& json) {
    if (!json.is_string()) return std::nullopt;
    auto octets = octets_of_base64(json.get_ref<const std::string&>());
    if (!octets) return std::nullopt;
    return Value(Bytes{std::move(*octets)});
}

std::optional<Value> read_null(const PlainJson& json) {
    if (json.is_null()) return Value();
    return std::nullopt;
}

struct Seconds {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
};

/// {"seconds": n, "nanos": n}; what is not named is 0.
std::optional<Seconds> seconds_of(const PlainJson& json) {
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

std::optional<Value> read_timestamp(const PlainJson& json) {
    // The years 1 to 9999.
    constexpr std::int64_t first = -62'135'596'800;
    constexpr std::int64_t last = 253'402'300'799;
    const auto time = seconds_of(json);
    if (!time || time->seconds < first || time->seconds > last) return std::nullopt;
    if (time->nanoseconds < 0 || time->nanoseconds >= nanoseconds_each) return std::nullopt;
    return Value(Timestamp{time->seconds, time->nanoseconds});
}

std::optional<Value> read_duration(const PlainJson& json) {
    constexpr std::int64_t most = 315'576'000'000;  // google.protobuf.Duration
    const auto time = seconds_of(json);
    if (!time || time->seconds < -most || time->seconds > most) return std::nullopt;
    if (std::abs(time->nanoseconds) >= nanoseconds_each) return std::nullopt;
    const bool signs_differ = (time->seconds < 0 && time->nanoseconds > 0) ||
                              (time->seconds > 0 && time->nanoseconds < 0);
    if (signs_differ) return std::nullopt;
    return Value(Duration{time->seconds, time->nanoseconds});
}

std::optional<Value> read_type(const PlainJson& json) {
    if (!json.is_string()) return std::nullopt;
    for (int i = 0; i <= static_cast<int>(TypeName::type); ++i) {
        const auto name = static_cast<TypeName>(i);
        if (json == to_string(name)) return Value(name);
    }
    return std::nullopt;
}

std::optional<Value> read_date(const PlainJson& json) {
    if (!json.is_string()) return std::nullopt;
    const auto date = parse_date(json.get_ref<const std::string&>());
    return date ? std::optional<Value>(*date) : std::nullopt;
}

std::optional<Value> read_limit(const PlainJson& json) {
    if (!json.is_string()) return std::nullopt;
    const auto limit = parse_limit(json.get_ref<const std::string&>());
    return limit ? std::optional<Value>(*limit) : std::nullopt;
}

/// How a kind that has no parts is read, and what a person should write.
struct Kind {
    std::string_view name;
    std::optional<Value> (*read)(const PlainJson&);
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

class TypedReader {
public:
    explicit TypedReader(const std::string& language) : language_(language) {}

    Value read(const PlainJson& json) const {
        if (!json.is_object() || json.size() != 1) {
            throw Failure(words::not_typed.in(language_, excerpt(json)));
        }
        const std::string& name = json.begin().key();
        const PlainJson& content = json.begin().value();
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
    [[nodiscard]] Failure refused(std::string_view kind, const PlainJson& content,
                                  std::string_view example) const {
        return Failure(words::not_of_kind.in(language_, excerpt(content), kind, example));
    }

    [[nodiscard]] Value list(const PlainJson& content) const {
        if (!content.is_array()) throw refused("list", content, R"({"list": [{"int": "3"}]})");
        List items;
        items.reserve(content.size());
        for (const PlainJson& item : content) items.push_back(read(item));
        return items;
    }

    [[nodiscard]] Value map(const PlainJson& content) const {
        constexpr std::string_view example = R"({"map": [[{"string": "x"}, {"int": "3"}]]})";
        if (!content.is_array()) throw refused("map", content, example);
        Entries entries;
        entries.reserve(content.size());
        std::unordered_set<std::string> keys;
        for (const PlainJson& entry : content) {
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

Value value_from_typed_json(const PlainJson& json, const std::string& language) {
    return TypedReader(language).read(json);
}

}  // namespace workflow::cli
