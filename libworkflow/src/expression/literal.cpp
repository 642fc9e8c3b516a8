#include "expression/literal.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

namespace workflow::expression {
namespace {

struct Quoted {
    std::string_view body;
    std::size_t start = 0;  ///< of the body, within the spelling
    bool raw = false;
};

Quoted unquote(std::string_view spelling) {
    const std::size_t prefix = spelling.find_first_of("'\"");
    const bool raw = spelling.substr(0, prefix).find_first_of("rR") != std::string_view::npos;
    const std::string_view quoted = spelling.substr(prefix);
    const bool triple = quoted.size() >= 6 && quoted[0] == quoted[1] && quoted[1] == quoted[2];
    const std::size_t quotes = triple ? 3 : 1;
    return {quoted.substr(quotes, quoted.size() - 2 * quotes), prefix + quotes, raw};
}

/// Nothing for surrogates and what is above U+10FFFF.
bool append_utf8(std::string& text, std::uint32_t code) {
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
    const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xc0 | code >> 6U);
        add(0x80 | (code & 0x3fU));
    } else if (code < 0x10000) {
        add(0xe0 | code >> 12U);
        add(0x80 | (code >> 6U & 0x3fU));
        add(0x80 | (code & 0x3fU));
    } else {
        add(0xf0 | code >> 18U);
        add(0x80 | (code >> 12U & 0x3fU));
        add(0x80 | (code >> 6U & 0x3fU));
        add(0x80 | (code & 0x3fU));
    }
    return true;
}

struct NumericEscape {
    std::size_t skip = 0;  ///< letters before the digits
    std::size_t digits = 0;
    int base = 16;
};

NumericEscape numeric_escape(char letter) {
    switch (letter) {
        case 'x':
        case 'X':
            return {1, 2, 16};
        case 'u':
            return {1, 4, 16};
        case 'U':
            return {1, 8, 16};
        case '0':
        case '1':
        case '2':
        case '3':
            return {0, 3, 8};
    }
    return {};
}

char plain_escape(char letter) {
    switch (letter) {
        case 'a':
            return '\a';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'v':
            return '\v';
        case '\\':
        case '?':
        case '"':
        case '\'':
        case '`':
            return letter;
    }
    return '\0';
}

bool append_octet(std::string& octets, std::uint32_t code) {
    if (code > 0xff) return false;
    octets += static_cast<char>(code);
    return true;
}

enum class Content : std::uint8_t { text, octets };

/// `rest` starts after the backslash. Bytes read, or 0 when it is no escape.
std::size_t append_escape(std::string& text, std::string_view rest, Content content) {
    if (rest.empty()) return 0;
    if (const char plain = plain_escape(rest.front()); plain != '\0') {
        text += plain;
        return 1;
    }
    const NumericEscape escape = numeric_escape(rest.front());
    const std::size_t length = escape.skip + escape.digits;
    const bool is_unicode = rest.front() == 'u' || rest.front() == 'U';
    if (content == Content::octets && is_unicode) return 0;
    if (escape.digits == 0 || rest.size() < length) return 0;
    const char* const end = rest.data() + length;
    std::uint32_t code = 0;
    const auto [stop, error] = std::from_chars(rest.data() + escape.skip, end, code, escape.base);
    if (error != std::errc{} || stop != end) return 0;
    const bool is_appended =
        content == Content::text ? append_utf8(text, code) : append_octet(text, code);
    return is_appended ? length : 0;
}

std::optional<double> read_double(std::string_view spelling) {
    double value = 0;
    const char* const end = spelling.data() + spelling.size();
    const auto [stop, error] = std::from_chars(spelling.data(), end, value);
    // Too small for a double is zero; too large is an error.
    const bool is_tiny =
        error == std::errc::result_out_of_range && (spelling.find("e-") != std::string_view::npos ||
                                                    spelling.find("E-") != std::string_view::npos);
    if (is_tiny) return 0.0;
    if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::variant<std::string, LiteralProblem> read_quoted(std::string_view spelling, Content content) {
    const auto [body, start, raw] = unquote(spelling);
    if (raw) return std::string(body);
    std::string text;
    text.reserve(body.size());
    for (std::size_t i = 0; i < body.size();) {
        if (body[i] != '\\') {
            text += body[i++];
            continue;
        }
        const std::size_t length = append_escape(text, body.substr(i + 1), content);
        if (length == 0) {
            return LiteralProblem{"expression-escape", start + i, std::string(body.substr(i, 2))};
        }
        i += 1 + length;
    }
    return text;
}

/// Without a sign, decimal or hexadecimal.
std::optional<std::uint64_t> read_magnitude(std::string_view digits) {
    const bool hexadecimal = digits.size() > 2 && (digits[1] == 'x' || digits[1] == 'X');
    const std::string_view plain = hexadecimal ? digits.substr(2) : digits;
    std::uint64_t magnitude = 0;
    const char* const end = plain.data() + plain.size();
    const auto [stop, error] = std::from_chars(plain.data(), end, magnitude, hexadecimal ? 16 : 10);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return magnitude;
}

}  // namespace

std::variant<Value, LiteralProblem> read_text(std::string_view spelling) {
    auto read = read_quoted(spelling, Content::text);
    if (auto* problem = std::get_if<LiteralProblem>(&read)) return std::move(*problem);
    return Value(std::get<std::string>(std::move(read)));
}

std::variant<Value, LiteralProblem> read_bytes(std::string_view spelling) {
    auto read = read_quoted(spelling, Content::octets);
    if (auto* problem = std::get_if<LiteralProblem>(&read)) return std::move(*problem);
    return Value(Bytes{std::get<std::string>(std::move(read))});
}

std::variant<Value, LiteralProblem> read_unsigned(std::string_view spelling) {
    const std::string_view digits = spelling.substr(0, spelling.size() - 1);
    const auto magnitude = read_magnitude(digits);
    if (!magnitude) return LiteralProblem{"expression-number-range", 0, std::string(spelling)};
    return Value(Unsigned{*magnitude});
}

std::variant<Value, LiteralProblem> read_number(std::string_view spelling) {
    const bool negative = spelling.front() == '-';
    const std::string_view digits = spelling.substr(negative ? 1 : 0);
    const bool hexadecimal = digits.size() > 2 && (digits[1] == 'x' || digits[1] == 'X');
    if (!hexadecimal && digits.find_first_of(".eE") != std::string_view::npos) {
        // from_chars wants a digit before the point; CEL does not.
        const std::string whole = (negative ? "-0" : "0") + std::string(digits);
        if (const auto number = read_double(whole)) return Value(*number);
        return LiteralProblem{"expression-number-range", 0, std::string(spelling)};
    }
    const auto magnitude = read_magnitude(digits);
    const std::uint64_t magnitude_max = (std::uint64_t{1} << 63U) - (negative ? 0 : 1);
    if (!magnitude || *magnitude > magnitude_max) {
        return LiteralProblem{"expression-number-range", 0, std::string(spelling)};
    }
    // Unsigned negation is defined for 2^63, too, which is the least integer.
    return Value(static_cast<std::int64_t>(negative ? std::uint64_t{0} - *magnitude : *magnitude));
}

}  // namespace workflow::expression
