#include "definition/source_text.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

/// The closing quote, or npos.
std::size_t closing_quote(std::string_view source, std::size_t opening) {
    const char quote = source[opening];
    for (std::size_t at = opening + 1; at < source.size(); ++at) {
        if (quote == '"' && source[at] == '\\') {
            ++at;
        } else if (source[at] == quote) {
            const bool doubled = quote == '\'' && source.substr(at + 1, 1) == "'";
            if (!doubled) return at;
            ++at;
        }
    }
    return std::string_view::npos;
}

std::ptrdiff_t count_visible(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) {
        return c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\'';
    });
}

bool begins_value(std::string_view source, std::size_t at) {
    return at == 0 || std::string_view(" \t\n,[{:").find(source[at - 1]) != std::string_view::npos;
}

}  // namespace

FlowScan scan_flow(std::string_view source, std::size_t opening, std::size_t depth_max) {
    std::size_t depth = 0;
    for (std::size_t at = opening; at < source.size(); ++at) {
        const char c = source[at];
        if (c == '[' || c == '{') {
            if (++depth > depth_max) return {false, at};
        } else if (c == ']' || c == '}') {
            if (--depth == 0) return {true};
        } else if ((c == '"' || c == '\'') && begins_value(source, at)) {
            at = std::min(closing_quote(source, at), source.size() - 1);
        } else if (c == '#' && (at == 0 || source[at - 1] == ' ' || source[at - 1] == '\n')) {
            at = std::min(source.find('\n', at), source.size() - 1);
        }
    }
    return {false};
}

bool is_quote_closed(std::string_view source, std::size_t opening, std::string_view text) {
    const std::size_t closing = closing_quote(source, opening);
    if (closing == std::string_view::npos) return false;
    const std::string_view between = source.substr(opening + 1, closing - opening - 1);
    const bool one_line = between.find('\n') == std::string_view::npos;
    const bool escapes = between.find('\\') != std::string_view::npos;
    return one_line || escapes || count_visible(between) == count_visible(text);
}

std::uint32_t count_characters(std::string_view text) {
    return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
    }));
}

Place place_of(std::string_view source, std::size_t offset, const std::string& file) {
    const std::string_view before = source.substr(0, offset);
    const std::size_t last_break = before.rfind('\n');
    const std::size_t start = last_break == std::string_view::npos ? 0 : last_break + 1;
    const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    return {file, line + 1, count_characters(before.substr(start)) + 1};
}

std::size_t line_start(std::string_view source, std::uint32_t line) {
    std::size_t start = 0;
    for (; line > 1; --line) {
        const std::size_t end = source.find('\n', start);
        if (end == std::string_view::npos) return source.size();
        start = end + 1;
    }
    return start;
}

bool check_source(std::string_view source, const std::string& file, Diagnostics& diagnostics) {
    const auto refuse = [&](const char* code, const Place& place, std::vector<std::string> words) {
        diagnostics.push_back({Severity::error, code, place, std::move(words)});
        return false;
    };
    if (source.size() > limits::definition_bytes_max) {
        return refuse(
            "file-too-large", {file, 0, 0},
            {std::to_string(source.size()), std::to_string(limits::definition_bytes_max)});
    }
    const std::size_t invalid = base::find_invalid_utf8(source);
    if (invalid != std::string_view::npos) {
        return refuse("invalid-utf8", place_of(source, invalid, file), {});
    }
    const std::size_t nul = source.find('\0');
    if (nul != std::string_view::npos) return refuse("nul-byte", place_of(source, nul, file), {});
    for (std::size_t at = source.find('\t'); at != std::string_view::npos;
         at = source.find("\n\t", at)) {
        if (source[at] == '\n') ++at;
        if (at != 0 && source[at - 1] != '\n') continue;
        const std::size_t text = source.find_first_not_of(" \t\r", at);
        const bool blank =
            text == std::string_view::npos || source[text] == '\n' || source[text] == '#';
        if (!blank) return refuse("tab-indentation", place_of(source, at, file), {});
    }
    return true;
}

}  // namespace workflow::definition
