// Where a page ended, as text that a host keeps.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"

namespace workflow::engine {

/// `12.34.rest`: two numbers and a text, which may hold anything.
struct Cursor {
    std::int64_t first = 0;
    std::uint64_t second = 0;
    std::string rest;
};

inline std::string written(const Cursor& cursor) {
    return std::to_string(cursor.first) + '.' + std::to_string(cursor.second) + '.' + cursor.rest;
}

[[noreturn]] inline void refuse_cursor(const std::string& text) {
    throw Error(ErrorCode::misuse, "'" + printable(text) +
                                       "' is no cursor: give the one of the page before, or none");
}

/// Nothing of an empty text; Error{misuse}: no cursor.
inline std::optional<Cursor> cursor_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    Cursor cursor;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, cursor.first);
    if (first.ec == std::errc() && first.ptr != end && *first.ptr == '.') {
        const auto second = std::from_chars(first.ptr + 1, end, cursor.second);
        if (second.ec == std::errc() && second.ptr != end && *second.ptr == '.') {
            cursor.rest.assign(second.ptr + 1, end);
            return cursor;
        }
    }
    refuse_cursor(text);
}

}  // namespace workflow::engine
