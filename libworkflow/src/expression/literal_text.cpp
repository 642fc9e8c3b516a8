#include "expression/literal_text.hpp"

#include <fmt/format.h>

#include <string_view>

namespace workflow::expression {
namespace {

/// The letter of an escape, or 0.
char escape_letter(char character) {
    switch (character) {
        case '\a':
            return 'a';
        case '\b':
            return 'b';
        case '\f':
            return 'f';
        case '\n':
            return 'n';
        case '\r':
            return 'r';
        case '\t':
            return 't';
        case '\v':
            return 'v';
        case '\\':
            return '\\';
    }
    return '\0';
}

std::string number_text(double value) {
    std::string text = fmt::format("{}", value);
    // Without either it would be read as an integer.
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

bool is_control(unsigned char octet) {
    return octet < 0x20 || octet == 0x7f;
}

/// Whether a control character above ASCII (U+0080 to U+009F, which a terminal may obey) is next.
bool is_high_control(std::string_view rest) {
    return rest.size() >= 2 && rest[0] == '\xc2' && static_cast<unsigned char>(rest[1]) < 0xa0;
}

enum class Spelling : std::uint8_t { text, octets };

/// In the quotes that need fewer backslashes.
std::string quoted(std::string_view characters, Spelling content) {
    const bool has_single = characters.find('\'') != std::string_view::npos;
    const bool has_double = characters.find('"') != std::string_view::npos;
    const char quote = has_single && !has_double ? '"' : '\'';
    std::string text(1, quote);
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const char character = characters[i];
        const auto octet = static_cast<unsigned char>(character);
        if (const char letter = escape_letter(character); letter != '\0') {
            text += {'\\', letter};
        } else if (character == quote) {
            text += {'\\', quote};
        } else if (is_control(octet) || (content == Spelling::octets && octet >= 0x80)) {
            text += fmt::format("\\x{:02x}", octet);
        } else if (is_high_control(characters.substr(i))) {
            text += fmt::format("\\u{:04x}", static_cast<unsigned char>(characters[++i]));
        } else {
            text += character;
        }
    }
    return text + quote;
}

}  // namespace

std::string literal_text(const Value& value) {
    if (const auto* boolean = value.boolean()) return *boolean ? "true" : "false";
    if (const auto* integer = value.integer()) return std::to_string(*integer);
    if (const auto* number = value.number()) return number_text(*number);
    if (const auto* natural = value.unsigned_integer()) return std::to_string(natural->value) + "u";
    if (const auto* text = value.text()) return quoted(*text, Spelling::text);
    if (const auto* bytes = value.bytes()) return "b" + quoted(bytes->octets, Spelling::octets);
    return "null";
}

}  // namespace workflow::expression
