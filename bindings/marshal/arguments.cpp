#include "marshal/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "workflow/error.hpp"
#include "workflow/limits.hpp"

namespace workflow::marshal {
namespace {

const char* kind_of(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null:
            return "nothing";
        case Value::Kind::boolean:
            return "true or false";
        case Value::Kind::integer:
        case Value::Kind::number:
            return "a number";
        case Value::Kind::text:
            return "a text";
        case Value::Kind::date:
            return "a date";
        case Value::Kind::instant:
            return "a date with a time";
        case Value::Kind::list:
            return "a list";
        case Value::Kind::record:
            return "an object";
        default:
            return "something else";
    }
}

}  // namespace

Arguments::Arguments(std::string_view call, const Value& given) : call_(call) {
    constexpr std::size_t usual = 16;
    asked_.reserve(usual);
    if (given.is_null()) return;
    members_ = given.members();
    if (members_ == nullptr) {
        throw Error(ErrorCode::misuse, fmt::format("{}: the arguments must be an object, {{\"name\": value}}, "
                                                   "not {}", call, kind_of(given)));
    }
}

const Value* Arguments::find(std::string_view name) {
    if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) asked_.push_back(name);
    if (members_ == nullptr) return nullptr;
    for (const auto& [member, value] : *members_) {
        if (member == name) return value.is_null() ? nullptr : &value;
    }
    return nullptr;
}

Error Arguments::wrong(std::string_view name, const std::string& what) const {
    return {ErrorCode::misuse, fmt::format("{}: '{}' {}", call_, name, what)};
}

const Value* Arguments::value(std::string_view name) {
    return find(name);
}

bool Arguments::has(std::string_view name) {
    return find(name) != nullptr;
}

std::string Arguments::text_or_empty(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) return {};
    if (value->text() == nullptr) throw wrong(name, fmt::format("must be a text, not {}", kind_of(*value)));
    return *value->text();
}

std::string Arguments::text(std::string_view name) {
    std::string given = text_or_empty(name);
    if (given.empty()) throw wrong(name, "is missing: give a text that is not empty");
    return given;
}

std::vector<std::string> Arguments::texts(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) return {};
    std::vector<std::string> texts;
    if (value->list() != nullptr) {
        for (const Value& item : *value->list()) {
            if (item.text() == nullptr) throw wrong(name, fmt::format("must hold texts, not {}", kind_of(item)));
            texts.push_back(*item.text());
        }
        return texts;
    }
    throw wrong(name, fmt::format("must be a list of texts, not {}", kind_of(*value)));
}

std::optional<std::int64_t> Arguments::integer(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->integer() == nullptr) {
        throw wrong(name, fmt::format("must be a whole number, not {}", kind_of(*value)));
    }
    return *value->integer();
}

std::optional<std::int64_t> Arguments::integer(std::string_view name, std::int64_t from,
                                               std::int64_t to) {
    const auto number = integer(name);
    if (number && (*number < from || *number > to)) {
        throw wrong(name, fmt::format("must be between {} and {}, not {}", from, to, *number));
    }
    return number;
}

bool Arguments::flag(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) return false;
    if (value->boolean() == nullptr) {
        throw wrong(name, fmt::format("must be true or false, not {}", kind_of(*value)));
    }
    return *value->boolean();
}

std::optional<Instant> Arguments::instant(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->instant() != nullptr) return *value->instant();
    if (value->text() != nullptr) {
        // A time without a zone would be another one on another machine: it is none.
        const auto east = parse_instant(*value->text(), std::chrono::hours(1));
        const auto west = parse_instant(*value->text(), -std::chrono::hours(1));
        if (east && east == west) return east;
        throw wrong(name, fmt::format("is no instant: write date, time and zone, "
                                      "2017-06-08T17:00:00+07:00, not {}",
                                      to_string(*value, UtcOffset{})));
    }
    throw wrong(name, fmt::format("must be an instant, 2017-06-08T17:00:00+07:00, not {}", kind_of(*value)));
}

Instant Arguments::needed_instant(std::string_view name) {
    const auto given = instant(name);
    if (!given) throw wrong(name, "is missing: give an instant, 2017-06-08T17:00:00+07:00");
    return *given;
}

FieldValues Arguments::fields(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) return {};
    if (value->members() == nullptr) {
        throw wrong(name, fmt::format("must be an object, {{\"field\": value}}, not {}", kind_of(*value)));
    }
    return *value->members();
}

Actor Arguments::actor() {
    const Value* value = find("actor");
    if (value == nullptr) {
        throw wrong("actor", "is missing: give {\"id\": ..., \"roles\": [...]}");
    }
    Arguments of(call_, *value);
    Actor actor{of.text("id"), of.texts("roles"), of.texts("units"), of.text_or_empty("acting_for")};
    of.done();
    return actor;
}

std::optional<Ordinal> Arguments::token_or_none(std::string_view name) {
    const auto number = integer(name, 0, UINT32_MAX - std::int64_t{1});
    if (!number) return std::nullopt;
    return static_cast<Ordinal>(*number);
}

Ordinal Arguments::token(std::string_view name) {
    const auto number = token_or_none(name);
    if (!number) throw wrong(name, "is missing: give the number of a work item or token");
    return *number;
}

Request Arguments::request() {
    Request request;
    request.id = text_or_empty("request");
    if (const auto revision = integer("revision", 0, INT64_MAX)) {
        request.expected_revision = static_cast<Revision>(*revision);
    }
    request.trace = text_or_empty("trace");
    return request;
}

Arguments::Paging Arguments::paging() {
    constexpr std::int64_t usual = 100;
    const auto most = static_cast<std::int64_t>(limits::page_rows_max);
    std::string cursor = text_or_empty("cursor");
    return {std::move(cursor), static_cast<std::size_t>(integer("limit", 1, most).value_or(usual))};
}

std::string_view Arguments::one_of(std::initializer_list<std::string_view> names) {
    std::string_view found;
    std::string all;
    for (const std::string_view name : names) {
        all += (all.empty() ? "'" : ", '") + std::string(name) + "'";
        if (!has(name)) continue;
        if (!found.empty()) throw wrong(name, fmt::format("cannot stand beside '{}'", found));
        found = name;
    }
    if (found.empty()) throw wrong(*names.begin(), fmt::format("is missing: give one of {}", all));
    return found;
}

void Arguments::done() const {
    if (members_ == nullptr) return;
    for (const auto& [member, value] : *members_) {
        if (std::find(asked_.begin(), asked_.end(), member) != asked_.end()) continue;
        std::string known;
        for (const std::string_view name : asked_) known += std::string(known.empty() ? "" : ", ").append(name);
        throw wrong(member, fmt::format("is none of its arguments: {}", known.empty() ? "it has none" : known));
    }
}

}  // namespace workflow::marshal
