#include "expression/syntax_error.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/utf8.hpp"

namespace workflow::expression {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_gap(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::size_t skip_gaps(std::string_view source, std::size_t offset) {
    while (offset < source.size()) {
        if (source.substr(offset, 2) == "//") {
            offset = std::min(source.find('\n', offset), source.size());
        } else if (is_gap(source[offset])) {
            ++offset;
        } else {
            break;
        }
    }
    return offset;
}

std::size_t text_length(std::string_view rest) {
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '\\')
            ++i;
        else if (rest[i] == rest[0])
            return i + 1;
    }
    return rest.size();
}

/// Good enough for a message: a word, a number, a quoted text, an operator or one character.
std::string_view token_at(std::string_view source, std::size_t offset) {
    const std::string_view rest = source.substr(std::min(offset, source.size()));
    if (rest.empty()) return {};
    if (is_letter(rest[0]) || is_digit(rest[0])) {
        std::size_t length = 1;
        while (length < rest.size() && (is_letter(rest[length]) || is_digit(rest[length])))
            ++length;
        return rest.substr(0, length);
    }
    if (rest[0] == '\'' || rest[0] == '"') return rest.substr(0, text_length(rest));
    constexpr std::array<std::string_view, 8> pairs{"&&", "||", "==", "!=", "<=", ">=", "<>", "=>"};
    for (const std::string_view pair : pairs) {
        if (rest.substr(0, 2) == pair) return pair;
    }
    return rest.substr(0, std::max<std::size_t>(1, base::utf8_length(rest)));
}

std::string_view token_before(std::string_view source, std::size_t offset) {
    std::string_view before;
    for (std::size_t i = skip_gaps(source, 0); i < offset;) {
        before = token_at(source, i);
        i = skip_gaps(source, i + before.size());
    }
    return before;
}

/// Long texts are cut: a message is one line.
std::string shown(std::string_view token) {
    if (token.size() <= 40) return std::string(token);
    std::size_t length = 0;
    while (length < 36) length += std::max<std::size_t>(1, base::utf8_length(token.substr(length)));
    return std::string(token.substr(0, length)) + "...";
}

bool is_curly_quote(std::string_view token) {
    constexpr std::array<std::string_view, 6> quotes{"‘", "’", "“", "”", "«", "»"};
    return std::find(quotes.begin(), quotes.end(), token) != quotes.end();
}

std::string closing_of(std::string_view opening) {
    if (opening == "(") return ")";
    return opening == "[" ? "]" : "}";
}

ExpressionProblem unclosed(std::string_view source, const SyntaxFailure& failure,
                           std::string_view found) {
    const std::string opening(source.substr(failure.opened, 1));
    const std::string closing = closing_of(opening);
    if (found.empty()) {
        return {
            "expression-unclosed", static_cast<std::uint32_t>(failure.opened), {opening, closing}};
    }
    const auto offset = static_cast<std::uint32_t>(failure.offset);
    return {"expression-expected-closing", offset, {closing, shown(found)}};
}

}  // namespace

std::string_view meant_operator(std::string_view word) {
    std::string lower(word.substr(0, 8));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> slips{{
        {"and", "&&"},
        {"or", "||"},
        {"not", "!"},
        {"=", "=="},
        {"&", "&&"},
        {"|", "||"},
        {"<>", "!="},
        {"is", "=="},
        {"=>", ">="},
    }};
    for (const auto& [slip, meant] : slips) {
        if (slip == lower) return meant;
    }
    return {};
}

ExpressionProblem describe(std::string_view source, const SyntaxFailure& failure) {
    const auto offset = static_cast<std::uint32_t>(failure.offset);
    const std::string_view found = token_at(source, failure.offset);
    const std::string_view before = token_before(source, failure.offset);
    if (failure.expected == Expectation::quote) {
        const std::string quote(source.substr(failure.opened, 1));
        return {"expression-unclosed-text", static_cast<std::uint32_t>(failure.opened), {quote}};
    }
    if (before.empty() && found.empty()) return {"expression-empty", 0, {}};
    if (before == "<>") return {"expression-operator", offset - 1, {"<>", "!="}};
    if (is_curly_quote(found)) return {"expression-curly-quote", offset, {std::string(found)}};
    if (const auto meant = meant_operator(found); !meant.empty()) {
        return {"expression-operator", offset, {std::string(found), std::string(meant)}};
    }
    if (failure.expected != Expectation::operand && meant_operator(before) == "!") {
        const auto start = static_cast<std::uint32_t>(before.data() - source.data());
        return {"expression-operator", start, {std::string(before), "!"}};
    }
    const bool after_comma = before == "," && !found.empty();
    switch (after_comma ? Expectation::operand : failure.expected) {
        case Expectation::operand:
            if (before.empty()) return {"expression-unexpected", offset, {shown(found)}};
            return {"expression-expected-operand", offset, {shown(before)}};
        case Expectation::name:
            return {"expression-expected-name", offset, {}};
        case Expectation::closing:
            return unclosed(source, failure, found);
        case Expectation::colon:
            return {"expression-expected-colon", offset, {}};
        case Expectation::quote:
        case Expectation::end:
            break;
    }
    return {"expression-unexpected", offset, {shown(found)}};
}

}  // namespace workflow::expression
