#include "workflow/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/catalogue.hpp"
#include "base/utf8.hpp"

namespace workflow {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] =
                std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
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
    // Two letters changed places count as two: `titel` is near `title`.
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
