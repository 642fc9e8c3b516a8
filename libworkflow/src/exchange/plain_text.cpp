#include "exchange/plain_text.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "base/utf8.hpp"

namespace workflow::exchange {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

std::uint32_t code_point(std::string_view character) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i]));
    };
    switch (character.size()) {
        case 1:
            return byte(0);
        case 2:
            return (byte(0) & 0x1fU) << 6 | (byte(1) & 0x3fU);
        case 3:
            return (byte(0) & 0x0fU) << 12 | (byte(1) & 0x3fU) << 6 | (byte(2) & 0x3fU);
        default:
            return (byte(0) & 0x07U) << 18 | (byte(1) & 0x3fU) << 12 | (byte(2) & 0x3fU) << 6 |
                   (byte(3) & 0x3fU);
    }
}

bool is_blank(std::uint32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xa0 ||
           code == 0x2028 || code == 0x2029;
}

bool is_harmful(std::uint32_t code) {
    const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const bool turns = (code >= 0x200e && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
                       (code >= 0x2066 && code <= 0x2069);
    return control || turns || (code & 0xfffeU) == 0xfffe;
}

/// A word in pieces of at most `width` columns.
std::vector<std::string> cut(std::string_view word, std::size_t width) {
    std::vector<std::string> pieces(1);
    while (!word.empty()) {
        const std::string_view character = word.substr(0, base::utf8_length(word));
        const std::size_t columns = base::utf8_width(pieces.back()) + base::utf8_width(character);
        if (columns > width && !pieces.back().empty()) pieces.emplace_back();
        pieces.back() += character;
        word.remove_prefix(character.size());
    }
    return pieces;
}

}  // namespace

std::string harmless(std::string_view text, std::size_t characters_max) {
    std::string line;
    std::size_t characters = 0;
    bool blank = false;
    while (!text.empty()) {
        const std::size_t length = base::utf8_length(text);
        const std::string_view character = text.substr(0, length == 0 ? 1 : length);
        text.remove_prefix(character.size());
        const std::uint32_t code = length == 0 ? 0 : code_point(character);
        if (is_blank(code)) {
            blank = !line.empty();
            continue;
        }
        if (characters + 1 >= characters_max && !text.empty()) return line + "…";
        if (blank) line += ' ';
        characters += blank ? 2 : 1;
        blank = false;
        line += is_harmful(code) ? replacement : character;
    }
    return line;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width,
                                 std::size_t characters_max) {
    const std::string line = harmless(text, characters_max);
    std::vector<std::string> lines(1);
    std::string_view rest = line;
    while (!rest.empty()) {
        const std::size_t blank = rest.find(' ');
        for (const std::string& piece : cut(rest.substr(0, blank), width)) {
            std::string& last = lines.back();
            if (last.empty()) {
                last = piece;
            } else if (base::utf8_width(last) + 1 + base::utf8_width(piece) <= width) {
                last += ' ' + piece;
            } else {
                lines.push_back(piece);
            }
        }
        if (blank == std::string_view::npos) break;
        rest.remove_prefix(blank + 1);
    }
    return lines;
}

std::string html(std::string_view harmless_line) {
    std::string text;
    for (const char character : harmless_line) {
        switch (character) {
            case '&':
                text += "&amp;";
                break;
            case '<':
                text += "&lt;";
                break;
            case '>':
                text += "&gt;";
                break;
            case '"':
                text += "&quot;";
                break;
            case '\'':
                text += "&#39;";
                break;
            // Graphviz reads escapes in a label even after its entities.
            case '\\':
                text += "&#92;";
                break;
            default:
                text += character;
        }
    }
    return text;
}

std::string mermaid(std::string_view harmless_line) {
    std::string text;
    for (const char character : harmless_line) {
        const auto byte = static_cast<unsigned char>(character);
        const bool plain = byte >= 0x80 || character == ' ' || character == ',' ||
                           (character >= '0' && character <= '9') ||
                           (character >= 'a' && character <= 'z') ||
                           (character >= 'A' && character <= 'Z');
        text += plain ? std::string(1, character) : fmt::format("#{};", static_cast<int>(byte));
    }
    return text;
}

}  // namespace workflow::exchange
