// Adds a finding, up to the limit. Not thread-safe: the list is the caller's.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/limits.hpp"

namespace workflow::analysis {

inline void report(Diagnostics& diagnostics, const char* code, const Place& place,
                   std::vector<std::string> arguments = {}) {
    // The first error is always kept: it is what refuses the model.
    if (diagnostics.size() >= limits::diagnostics_max && has_errors(diagnostics)) return;
    diagnostics.push_back({Severity::error, code, place, std::move(arguments)});
}

inline void warn(Diagnostics& diagnostics, const char* code, const Place& place,
                 std::vector<std::string> arguments = {}) {
    if (diagnostics.size() >= limits::diagnostics_max) return;
    diagnostics.push_back({Severity::warning, code, place, std::move(arguments)});
}

/// What a person calls a state: its id; of the root the procedure's.
inline const std::string& name_of(const procedure::Model& model, procedure::StateIndex state) {
    return state == procedure::root_state ? model.id : model.states[state].id;
}

}  // namespace workflow::analysis
