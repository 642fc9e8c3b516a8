#include "definition/type_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace workflow::definition {
namespace {

using TypeKind = Type::Kind;

struct TypeWord {
    std::string_view word;
    TypeKind kind;
};
constexpr std::array<TypeWord, 9> type_words{{
    {"text", TypeKind::text},
    {"integer", TypeKind::integer},
    {"number", TypeKind::number},
    {"boolean", TypeKind::boolean},
    {"date", TypeKind::date},
    {"instant", TypeKind::instant},
    {"limit", TypeKind::limit},
    {"document", TypeKind::document},
    {"person", TypeKind::person},
}};
constexpr int list_depth_max = 8;

bool take(std::string_view& text, std::string_view word) {
    if (text.substr(0, word.size()) != word) return false;
    text.remove_prefix(word.size());
    return true;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// `[a, b]` inside a text, as in `optional [a, b]`.
std::optional<Type> parse_choice(std::string_view text) {
    if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
    text = text.substr(1, text.size() - 2);
    Type type = Type::of(TypeKind::choice);
    while (true) {
        const std::size_t comma = text.find(',');
        const std::string_view option = trimmed(text.substr(0, comma));
        if (!is_id(option) || is_reserved_word(option)) return std::nullopt;
        type.options.emplace_back(option);
        if (comma == std::string_view::npos) return type;
        text.remove_prefix(comma + 1);
    }
}

std::optional<Type> parse_type(std::string_view text, int depth) {
    if (depth > list_depth_max) return std::nullopt;
    if (take(text, "optional ")) {
        std::optional<Type> type = parse_type(text, depth + 1);
        if (!type || type->optional) return std::nullopt;
        type->optional = true;
        return type;
    }
    if (take(text, "list of ")) {
        std::optional<Type> element = parse_type(text, depth + 1);
        if (!element) return std::nullopt;
        return Type::list_of(std::move(*element));
    }
    for (const TypeWord& known : type_words) {
        if (text == known.word) return Type::of(known.kind);
    }
    return parse_choice(text);
}

std::optional<Type> read_choice(Findings& findings, const Node& node) {
    Type type = Type::of(TypeKind::choice);
    for (const Node* item : node.items) {
        const std::optional<std::string> option = read_id(findings, *item);
        if (!option) return std::nullopt;
        if (std::find(type.options.begin(), type.options.end(), *option) != type.options.end()) {
            findings.error(*item, "word-twice", {*option});
            return std::nullopt;
        }
        type.options.push_back(*option);
    }
    if (!type.options.empty()) return type;
    findings.error(node, "not-a-type", {"[]", "text"});
    return std::nullopt;
}

std::optional<Type> read_record(Findings& findings, const Node& node) {
    Type type = Type::of(TypeKind::record);
    for (const Entry& entry : node.entries) {
        const std::optional<std::string> name = read_id(findings, *entry.key);
        std::optional<Type> member = read_type(findings, *entry.value);
        if (!name || !member) return std::nullopt;
        type.members.emplace_back(*name, std::move(*member));
    }
    return type;
}

std::optional<Value> read_number(const Node& node) {
    double number = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, number);
    if (node.quoted || error != std::errc{} || stop != end || !std::isfinite(number)) {
        return std::nullopt;
    }
    return Value(number);
}

/// Only with its zone: a definition does not know in which zone it will run.
std::optional<Value> read_instant(const Node& node) {
    using namespace std::chrono_literals;
    const std::optional<Instant> here = parse_instant(node.text, UtcOffset{0});
    const std::optional<Instant> elsewhere = parse_instant(node.text, UtcOffset{1h});
    if (!here || here != elsewhere) return std::nullopt;
    return Value(*here);
}

template <class T>
std::optional<Value> as_value(const std::optional<T>& value) {
    return value ? std::optional<Value>(Value(*value)) : std::nullopt;
}

std::optional<Value> read_list(Findings& findings, const Node& node, const Type& type) {
    if (!expect_sequence(findings, node)) return std::nullopt;
    List list;
    for (const Node* item : node.items) {
        std::optional<Value> value = read_value(findings, *item, *type.element);
        if (!value) return std::nullopt;
        list.push_back(std::move(*value));
    }
    return Value(std::move(list));
}

std::optional<Value> read_members(Findings& findings, const Node& node, const Type& type) {
    std::vector<std::string_view> known;
    for (const auto& member : type.members) known.push_back(member.first);
    const MappingReader reader(findings, node, known);
    if (!reader.is_mapping()) return std::nullopt;
    Members members;
    for (const auto& [name, member_type] : type.members) {
        const Node* member = member_type.optional ? reader.find(name) : reader.require(name);
        if (member == nullptr && member_type.optional) continue;
        if (member == nullptr) return std::nullopt;
        std::optional<Value> value = read_value(findings, *member, member_type);
        if (!value) return std::nullopt;
        members.emplace_back(name, std::move(*value));
    }
    return Value(std::move(members));
}

std::optional<Value> read_word(Findings& findings, const Node& node, const Type& type) {
    const auto& options = type.options;
    if (node.is_scalar() && std::find(options.begin(), options.end(), node.text) != options.end()) {
        return Value(node.text);
    }
    findings.error(node, "not-one-of", {node.text, to_string(type)});
    return std::nullopt;
}

/// What other languages call a type of ours; empty: nothing that is known.
std::string meant_by(std::string_view word) {
    constexpr std::pair<std::string_view, const char*> others[] = {
        {"int", "integer"},   {"long", "integer"},   {"string", "text"},
        {"str", "text"},      {"bool", "boolean"},   {"float", "number"},
        {"double", "number"}, {"decimal", "number"}, {"datetime", "instant"},
        {"time", "instant"},  {"timestamp", "instant"}, {"file", "document"},
        {"user", "person"},   {"duration", "limit"}};
    for (const auto& [theirs, ours] : others) {
        if (word == theirs) return ours;
    }
    return {};
}

}  // namespace

std::optional<Type> read_type(Findings& findings, const Node& node) {
    if (node.is_sequence()) return read_choice(findings, node);
    if (node.is_mapping()) return read_record(findings, node);
    std::optional<Type> type = node.is_scalar() ? parse_type(node.text, 0) : std::nullopt;
    if (type) return type;
    std::vector<std::string> words;
    for (const TypeWord& known : type_words) words.emplace_back(known.word);
    std::string near = meant_by(node.text);
    if (near.empty()) near = nearest(node.text, words);
    findings.error(node, "not-a-type", {node.text, near.empty() ? "text" : near});
    return std::nullopt;
}

std::optional<Value> read_value(Findings& findings, const Node& node, const Type& type) {
    if (node.is_null() && type.optional) return Value();
    switch (type.kind) {
        case TypeKind::any:
        case TypeKind::null:
        case TypeKind::unsigned_integer:
        case TypeKind::bytes:
        case TypeKind::duration:
        case TypeKind::map:
        case TypeKind::type:
        case TypeKind::none:
            break;
        case TypeKind::text:
            if (node.is_scalar() && node.quoted) return Value(node.text);  // '' is a text, too
            return as_value(read_string(findings, node));
        case TypeKind::document:
        case TypeKind::person:
            return as_value(read_string(findings, node));
        case TypeKind::integer:
            return as_value(read_integer(findings, node, INT64_MIN, INT64_MAX));
        case TypeKind::boolean:
            return as_value(read_boolean(findings, node));
        case TypeKind::date:
            return as_value(read_date(findings, node));
        case TypeKind::limit:
            return as_value(read_limit(findings, node));
        case TypeKind::list:
            return read_list(findings, node, type);
        case TypeKind::choice:
            return read_word(findings, node, type);
        case TypeKind::record:
            return read_members(findings, node, type);
        case TypeKind::number:
            if (std::optional<Value> number = read_number(node)) return number;
            findings.error(node, "not-a-number", {node.text});
            break;
        case TypeKind::instant:
            if (std::optional<Value> instant = read_instant(node)) return instant;
            findings.error(node, "not-an-instant", {node.text});
            break;
    }
    return std::nullopt;
}

}  // namespace workflow::definition
