#include "base/utf8.hpp"

namespace workflow::base {
namespace {

bool continues(unsigned char byte) {
    return (byte & 0xc0U) == 0x80U;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
    if (text.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return text.size() >= 2 && continues(at(1)) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        if (text.size() < 3 || !continues(at(1)) || !continues(at(2))) return 0;
        if (first == 0xe0 && at(1) < 0xa0) return 0;  // overlong
        if (first == 0xed && at(1) > 0x9f) return 0;  // surrogates
        return 3;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (text.size() < 4 || !continues(at(1)) || !continues(at(2)) || !continues(at(3)))
            return 0;
        if (first == 0xf0 && at(1) < 0x90) return 0;  // overlong
        if (first == 0xf4 && at(1) > 0x8f) return 0;  // above U+10FFFF
        return 4;
    }
    return 0;
}

std::size_t find_invalid_utf8(std::string_view text) {
    for (std::size_t position = 0; position < text.size();) {
        const std::size_t length = utf8_length(text.substr(position));
        if (length == 0) return position;
        position += length;
    }
    return std::string_view::npos;
}

std::size_t utf8_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        // U+0300 to U+036F: combining marks, as decomposed Vietnamese uses them.
        const bool combining = length == 2 && (static_cast<unsigned char>(text[0]) == 0xcc ||
                                               (static_cast<unsigned char>(text[0]) == 0xcd &&
                                                static_cast<unsigned char>(text[1]) < 0xb0));
        if (!combining) ++width;
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return width;
}

}  // namespace workflow::base
