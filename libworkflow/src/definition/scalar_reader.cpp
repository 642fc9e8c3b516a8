// The scalars of reader.hpp.
#include <algorithm>
#include <array>
#include <charconv>

#include "definition/reader.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

// YAML 1.1 readers, which editors and other tools use, take these for true, false or null.
constexpr std::array<std::string_view, 8> reserved_words{"yes",  "no",    "on",   "off",
                                                         "true", "false", "null", "none"};

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

void read_translation(Findings& findings, const Node& mapping, const Entry& entry, Text& text) {
    const std::string& language = entry.key->text;
    if (entry.value->is_null() && mapping.flow && !is_language(language)) {
        return findings.error(*entry.key, "text-split-by-comma", {language});
    }
    if (is_reserved_word(language)) return findings.error(*entry.key, "reserved-word", {language});
    if (!is_language(language)) return findings.error(*entry.key, "not-a-language", {language});
    if (std::optional<std::string> words = read_string(findings, *entry.value)) {
        text.translations.emplace_back(language, std::move(*words));
    }
}

}  // namespace

bool is_reserved_word(std::string_view text) {
    const std::string word = lower(text);
    return std::find(reserved_words.begin(), reserved_words.end(), word) != reserved_words.end();
}

bool is_language(std::string_view code) {
    return (code.size() == 2 || code.size() == 3) &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_id(std::string_view text) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && text.size() <= 63 && letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

std::optional<std::string> read_string(Findings& findings, const Node& node) {
    if (node.is_scalar() && !node.text.empty()) return node.text;
    findings.error(node, "not-a-text");
    return std::nullopt;
}

std::optional<std::int64_t> read_integer(Findings& findings, const Node& node, std::int64_t least,
                                         std::int64_t most) {
    std::int64_t number = 0;
    const char* const end = node.text.data() + node.text.size();
    if (node.is_scalar() && !node.quoted) {
        const auto [stop, error] = std::from_chars(node.text.data(), end, number);
        if (error == std::errc{} && stop == end && number >= least && number <= most) return number;
    }
    findings.error(node, "not-an-integer",
                   {node.text, std::to_string(least), std::to_string(most)});
    return std::nullopt;
}

std::optional<bool> read_boolean(Findings& findings, const Node& node) {
    if (node.is_scalar() && !node.quoted && node.text == "true") return true;
    if (node.is_scalar() && !node.quoted && node.text == "false") return false;
    findings.error(node, "not-a-boolean", {node.text});
    return std::nullopt;
}

std::optional<Date> read_date(Findings& findings, const Node& node) {
    const std::optional<Date> date = node.is_scalar() ? parse_date(node.text) : std::nullopt;
    if (!date) findings.error(node, "not-a-date", {node.text});
    return date;
}

std::optional<Limit> read_limit(Findings& findings, const Node& node) {
    const std::optional<Limit> limit = node.is_scalar() ? parse_limit(node.text) : std::nullopt;
    if (!limit) findings.error(node, "not-a-limit", {node.text, limit_advice(node.text)});
    return limit;
}

std::optional<std::string> read_name(Findings& findings, const Node& node) {
    const auto text = read_string(findings, node);
    if (!text || (text->size() <= limits::key_bytes_max && printable(*text) == *text)) return text;
    findings.error(node, "not-a-name", {*text, std::to_string(limits::key_bytes_max)});
    return std::nullopt;
}

std::optional<std::string> read_id(Findings& findings, const Node& node) {
    if (node.is_scalar() && is_reserved_word(node.text)) {
        findings.error(node, "reserved-word", {node.text});
    } else if (node.is_scalar() && is_id(node.text)) {
        return node.text;
    } else {
        findings.error(node, "not-an-id", {node.text});
    }
    return std::nullopt;
}

Text read_text(Findings& findings, const Node& node) {
    Text text;
    if (node.is_mapping()) {
        for (const Entry& entry : node.entries) read_translation(findings, node, entry, text);
    } else if (std::optional<std::string> words = read_string(findings, node)) {
        text.translations.emplace_back(std::string(), std::move(*words));
    }
    return text;
}

}  // namespace workflow::definition
