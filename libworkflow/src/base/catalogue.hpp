// Every sentence that a person may read, by code, in English and Vietnamese. Immutable.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::base {

/// `{0}`, `{1}` ... stand for the arguments. An empty mend: there is none to give.
struct CatalogueEntry {
    std::string_view code;
    std::string_view message_en;
    std::string_view mend_en;
    std::string_view message_vi;
    std::string_view mend_vi;
};

/// One section per kind of input; each is defined in a file catalogue_<section>.cpp.
std::span<const CatalogueEntry> yaml_catalogue();
std::span<const CatalogueEntry> calendar_catalogue();
std::span<const CatalogueEntry> expression_catalogue();
std::span<const CatalogueEntry> procedure_catalogue();
std::span<const CatalogueEntry> analysis_catalogue();
std::span<const CatalogueEntry> examination_catalogue();
std::span<const CatalogueEntry> difference_catalogue();
std::span<const CatalogueEntry> refusal_catalogue();
std::span<const CatalogueEntry> tokens_catalogue();
std::span<const CatalogueEntry> scenario_catalogue();
std::span<const CatalogueEntry> simulation_catalogue();
std::span<const CatalogueEntry> event_log_catalogue();

/// Null when the code is in no section.
const CatalogueEntry* find_entry(std::string_view code);

struct Sentence {
    std::string message;
    std::string mend;
};
/// An unknown code gives the code and its arguments, so that nothing is hidden.
Sentence sentence(std::string_view code, std::string_view language,
                  std::span<const std::string> arguments);

}  // namespace workflow::base
