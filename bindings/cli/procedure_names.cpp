#include "procedure_names.hpp"

#include "analysis_words.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::cli {
namespace {

std::string called(const Named& named, const std::string& language) {
    return printable(named.title.empty() ? named.id : named.title.in(language));
}

}  // namespace

std::string ProcedureNames::procedure() const {
    return printable(procedure_.title().in(language_));
}

std::string ProcedureNames::state(std::uint32_t state) const {
    return state == 0 ? procedure() : called(procedure_.state(state), language_);
}

std::string ProcedureNames::outcome(std::uint32_t outcome) const {
    if (outcome == UINT32_MAX) return std::string(words::no_outcome.in(language_));
    return called(procedure_.outcome(outcome), language_);
}

std::string ProcedureNames::action(std::uint32_t state, std::uint32_t action) const {
    return called(procedure_.action(state, action), language_);
}

}  // namespace workflow::cli
