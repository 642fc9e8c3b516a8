#include <cmath>
#include <nlohmann/json.hpp>

#include "base64.hpp"
#include "session.hpp"
#include "typed_json.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

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

}  // namespace

nlohmann::ordered_json typed_json(const Value& value, const std::string& language) {
    return Printer(language).print(value);
}

}  // namespace workflow::cli
