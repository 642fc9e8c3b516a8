#include "workflow/text.hpp"

#include <algorithm>

namespace workflow {

const std::string& Text::in(std::string_view language) const {
    static const std::string nothing;
    for (const auto& [code, text] : translations) {
        if (code == language) return text;
    }
    return translations.empty() ? nothing : translations.front().second;
}

bool Text::has(std::string_view language) const {
    return std::any_of(translations.begin(), translations.end(), [&](const auto& translation) {
        return translation.first == language || translation.first.empty();
    });
}

}  // namespace workflow
