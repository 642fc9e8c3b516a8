#include "markup.hpp"

#include "workflow/diagnostic.hpp"

namespace workflow::cli {
namespace {

/// XML 1.0 has no place for control characters, nor for U+FFFE and U+FFFF, not even escaped.
std::string shown(std::string_view line) {
    std::string text = printable(line);
    for (const std::string_view forbidden : {"\xef\xbf\xbe", "\xef\xbf\xbf"}) {
        for (std::size_t at = text.find(forbidden); at != std::string::npos;
             at = text.find(forbidden)) {
            text.replace(at, forbidden.size(), "?");
        }
    }
    return text;
}

}  // namespace

std::string markup_text(std::string_view line) {
    std::string escaped;
    for (const char c : shown(line)) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&apos;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

}  // namespace workflow::cli
