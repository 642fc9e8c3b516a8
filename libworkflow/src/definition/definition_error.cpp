#include "workflow/definition.hpp"

namespace workflow {
namespace {

std::string all_of(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics) {
        text += (text.empty() ? "" : "\n") + to_string(diagnostic);
    }
    return text;
}

}  // namespace

DefinitionError::DefinitionError(Diagnostics diagnostics)
    : Error(ErrorCode::misuse, all_of(diagnostics)), diagnostics_(std::move(diagnostics)) {}

std::shared_ptr<const Procedure> procedure_or_throw(LoadedProcedure loaded) {
    if (loaded.procedure == nullptr) throw DefinitionError(std::move(loaded.diagnostics));
    return std::move(loaded.procedure);
}

std::shared_ptr<const Calendar> calendar_or_throw(LoadedCalendar loaded) {
    if (loaded.calendar == nullptr) throw DefinitionError(std::move(loaded.diagnostics));
    return std::move(loaded.calendar);
}

}  // namespace workflow
