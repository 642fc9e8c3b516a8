#include "terminal.hpp"

#include <unistd.h>

#include <cstdlib>

#include "workflow/error.hpp"

namespace workflow::cli {
namespace {

std::string_view code_of(Tone tone) {
    switch (tone) {
        case Tone::plain:
            return "";
        case Tone::strong:
            return "\x1b[1m";
        case Tone::faint:
            return "\x1b[2m";
        case Tone::good:
            return "\x1b[32m";
        case Tone::warning:
            return "\x1b[33m";
        case Tone::bad:
            return "\x1b[31m";
    }
    return "";
}

bool continues(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

/// Bytes of the first character of printable text, with the bytes that continue it.
std::size_t character_length(std::string_view text) {
    std::size_t length = 1;
    while (length < text.size() && continues(text[length])) ++length;
    return length;
}

/// U+0300 to U+036F, as decomposed Vietnamese uses them, and the zero-width characters U+200B to
/// U+200F.
bool takes_no_column(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 2) return byte(0) == 0xcc || (byte(0) == 0xcd && byte(1) < 0xb0);
    return character.size() == 3 && byte(0) == 0xe2 && byte(1) == 0x80 && byte(2) >= 0x8b &&
           byte(2) <= 0x8f;
}

/// The longest beginning of `text` that fits `width` columns; at least one character.
std::size_t fitting(std::string_view text, std::size_t width) {
    std::size_t bytes = 0;
    std::size_t columns = 0;
    while (bytes < text.size()) {
        const std::size_t length = character_length(text.substr(bytes));
        if (!takes_no_column(text.substr(bytes, length))) ++columns;
        if (columns > width && bytes > 0) break;
        bytes += length;
    }
    return bytes;
}

void write(std::FILE* stream, std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
    if (!written || std::fflush(stream) != 0) {
        throw Error(ErrorCode::storage, "the output could not be written");
    }
}

}  // namespace

bool shows_colour(std::FILE* stream) {
    const char* refused = std::getenv("NO_COLOR");
    if (refused != nullptr && *refused != '\0') return false;
    const char* terminal = std::getenv("TERM");
    if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
    return isatty(fileno(stream)) == 1;
}

std::string toned(std::string_view text, Tone tone, bool colour) {
    const std::string_view code = code_of(tone);
    if (!colour || code.empty() || text.empty()) return std::string(text);
    return std::string(code).append(text).append("\x1b[0m");
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (!takes_no_column(text.substr(0, length))) ++width;
        text.remove_prefix(length);
    }
    return width;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    std::string lines;
    while (display_width(text) > width) {
        std::size_t end = fitting(text, width);
        if (text[end] != ' ') {
            const std::size_t blank = text.substr(0, end).rfind(' ');
            if (blank != std::string_view::npos && blank > 0) end = blank;
        }
        lines.append(text.substr(0, end)).append(1, '\n').append(indent, ' ');
        text.remove_prefix(end);
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    }
    return lines.append(text);
}

void print(std::string_view text) {
    write(stdout, text);
}

void print_error(std::string_view text) {
    write(stderr, text);
}

}  // namespace workflow::cli
