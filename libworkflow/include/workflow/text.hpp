// Text for people in several languages. Immutable values.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// One text in one or more languages, in the order of the file. Language codes are ISO 639-1.
/// A plain string in a definition is a text whose only language is empty: it serves every language.
struct Text {
    std::vector<std::pair<std::string, std::string>> translations;

    [[nodiscard]] bool empty() const { return translations.empty(); }
    /// The text in `language`, else the first one (language rule R87), else empty.
    [[nodiscard]] const std::string& in(std::string_view language) const;
    [[nodiscard]] bool has(std::string_view language) const;
    friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace workflow
