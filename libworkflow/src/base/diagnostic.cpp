#include "workflow/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/catalogue.hpp"
#include "base/utf8.hpp"

namespace workflow {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Letters to change, add, drop or swap with their neighbour; capitals count as small ones.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> rows(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                rows[i][j] = i + j;
                continue;
            }
            const auto same = [&](std::size_t x, std::size_t y) {
                return lower(a[x]) == lower(b[y]);
            };
            rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                                   rows[i - 1][j - 1] + (same(i - 1, j - 1) ? 0 : 1)});
            if (i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1)) {
                rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        }
    }
    return rows[a.size()][b.size()];
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
    if (word.size() > 100) return {};
    const std::size_t distance_max =
        word.size() < 4 ? 1 : std::max<std::size_t>(2, word.size() / 3);
    std::string best;
    std::size_t best_distance = distance_max + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > 100) continue;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = base::utf8_length(text);
        const auto byte = static_cast<unsigned char>(text.front());
        const bool control = length == 1 && (byte < 0x20 || byte == 0x7f);
        const bool control_c1 =
            length == 2 && byte == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0;
        if (length == 0 || control || control_c1) {
            result +=
                fmt::format("\\x{:02x}", control_c1 ? static_cast<unsigned char>(text[1]) : byte);
        } else {
            result += text.substr(0, length);
        }
        text.remove_prefix(control_c1 ? 2 : std::max<std::size_t>(length, 1));
    }
    return result;
}

}  // namespace workflow
