#include "base/catalogue.hpp"

#include <charconv>

namespace workflow::base {
namespace {

std::string fill(std::string_view pattern, std::span<const std::string> arguments) {
    std::string text;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        text += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        pattern.remove_prefix(open);
        std::size_t index = 0;
        const char* const begin = pattern.data() + 1;
        const auto [end, error] = std::from_chars(begin, pattern.data() + pattern.size(), index);
        const bool is_place = error == std::errc{} && end != pattern.data() + pattern.size() &&
                              *end == '}' && index < arguments.size();
        if (!is_place) {
            text += '{';
            pattern.remove_prefix(1);
            continue;
        }
        text += arguments[index];
        pattern.remove_prefix(static_cast<std::size_t>(end - pattern.data()) + 1);
    }
    return text;
}

}  // namespace

const CatalogueEntry* find_entry(std::string_view code) {
    for (const auto section :
         {yaml_catalogue(), calendar_catalogue(), expression_catalogue(), procedure_catalogue(),
          analysis_catalogue(), examination_catalogue(), difference_catalogue(),
          refusal_catalogue(), tokens_catalogue(), scenario_catalogue(), simulation_catalogue(), event_log_catalogue()}) {
        for (const CatalogueEntry& entry : section) {
            if (entry.code == code) return &entry;
        }
    }
    return nullptr;
}

Sentence sentence(std::string_view code, std::string_view language,
                  std::span<const std::string> arguments) {
    const CatalogueEntry* entry = find_entry(code);
    if (entry == nullptr) {
        std::string text(code);
        for (const std::string& argument : arguments) text += " '" + argument + "'";
        return {text, {}};
    }
    const bool vietnamese = language == "vi";
    return {fill(vietnamese ? entry->message_vi : entry->message_en, arguments),
            fill(vietnamese ? entry->mend_vi : entry->mend_en, arguments)};
}

}  // namespace workflow::base
