// What is wrong in a file, where, and how to mend it. Immutable values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

enum class Severity : std::uint8_t { error, warning };

/// A place in a file; line and column start at 1, columns count characters. 0: the whole file.
struct Place {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    friend bool operator==(const Place&, const Place&) = default;
};

/// One finding. The words come from one catalogue (base/catalogue.hpp), in English and Vietnamese;
/// `code` is stable and in kebab-case, `arguments` fill the catalogue's places in order.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string code;
    Place place;
    std::vector<std::string> arguments;

    [[nodiscard]] std::string message(std::string_view language = "en") const;
    [[nodiscard]] std::string mend(std::string_view language = "en") const;
};

using Diagnostics = std::vector<Diagnostic>;

/// `file:line:column: error[code]: what; mend`. Control characters of the file are shown escaped.
[[nodiscard]] std::string to_string(const Diagnostic& diagnostic, std::string_view language = "en");
[[nodiscard]] bool has_errors(const Diagnostics& diagnostics);

/// The candidate nearest to `word` by edit distance, or empty when none is near.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates);
/// `text` with control characters (and invalid UTF-8) as `\x1b`: safe to print on a terminal.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace workflow
