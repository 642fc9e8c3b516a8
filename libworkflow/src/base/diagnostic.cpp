#include "workflow/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/catalogue.hpp"
#include "base/utf8.hpp"

namespace workflow {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr std::size_t compared_max = 100;

/// Letters to change, add, drop or swap with their neighbour; capitals count as small ones. More
/// than `limit` is not told exactly. Neither word is longer than compared_max.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
    using Row = std::array<std::size_t, compared_max + 2>;
    std::array<Row, 3> rows;
    for (Row& row : rows) row.fill(limit + 1);
    for (std::size_t j = 0; j <= std::min(limit, b.size()); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const Row& before_last = rows[(i + 1) % 3];
        const Row& last = rows[(i + 2) % 3];
        Row& row = rows[i % 3];
        // Whatever lies further from the diagonal costs more than the limit.
        const std::size_t first = i > limit ? i - limit : 1;
        const std::size_t end = std::min(i + limit, b.size());
        row[first - 1] = first == 1 ? i : limit + 1;
        for (std::size_t j = first; j <= end; ++j) {
            const auto same = [&](std::size_t x, std::size_t y) {
                return lower(a[x]) == lower(b[y]);
            };
            row[j] =
                std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same(i - 1, j - 1) ? 0 : 1)});
            if (i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1)) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
        row[end + 1] = limit + 1;
    }
    return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

/// U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069: what follows such a mark is shown elsewhere.
bool turns_or_breaks_lines(std::string_view character) {
    if (character.size() != 3 || character[0] != '\xe2') return false;
    const auto last = static_cast<unsigned char>(character[2]);
    if (character[1] == '\x80') {
        return last == 0x8e || last == 0x8f || (last >= 0xa8 && last <= 0xae);
    }
    return character[1] == '\x81' && last >= 0xa6 && last <= 0xa9;
}

}  // namespace

std::string Diagnostic::message(std::string_view language) const {
    return printable(base::sentence(code, language, arguments).message);
}

std::string Diagnostic::mend(std::string_view language) const {
    return printable(base::sentence(code, language, arguments).mend);
}

std::string to_string(const Diagnostic& diagnostic, std::string_view language) {
    const bool error = diagnostic.severity == Severity::error;
    const std::string_view severity =
        language == "vi" ? (error ? "lỗi" : "cảnh báo") : (error ? "error" : "warning");
    std::string text = printable(diagnostic.place.file);
    if (diagnostic.place.line != 0) {
        text += fmt::format(":{}:{}", diagnostic.place.line, diagnostic.place.column);
    }
    text += fmt::format(": {}[{}]: {}", severity, diagnostic.code, diagnostic.message(language));
    const std::string mend = diagnostic.mend(language);
    return mend.empty() ? text : text + "; " + mend;
}

bool has_errors(const Diagnostics& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
        return diagnostic.severity == Severity::error;
    });
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.size() > compared_max) return {};
    const std::size_t distance_max =
        word.size() < 4 ? 1 : std::max<std::size_t>(2, word.size() / 3);
    std::string best;
    std::size_t best_distance = distance_max + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > compared_max) continue;
        const std::size_t distance = edit_distance(word, candidate, best_distance - 1);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
        if (best_distance == 0) break;
    }
    return best;
}

std::string printable(std::string_view text) {
    const auto is_plain = [](char byte) { return byte >= 0x20 && byte < 0x7f; };
    if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = base::utf8_length(text);
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
        const bool control = length == 1 && (byte(0) < 0x20 || byte(0) == 0x7f);
        const bool control_c1 = length == 2 && byte(0) == 0xc2 && byte(1) < 0xa0;
        if (length == 0 || control || control_c1) {
            result += fmt::format("\\x{:02x}", control_c1 ? byte(1) : byte(0));
        } else if (turns_or_breaks_lines(text.substr(0, length))) {
            result += fmt::format("\\u20{:02x}", (byte(1) & 0x01U) << 6 | (byte(2) & 0x3fU));
        } else {
            result += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

}  // namespace workflow
