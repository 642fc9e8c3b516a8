// What seal says about a model, short enough to compare.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/seal.hpp"

namespace workflow::testing {

struct SealResult {
    std::shared_ptr<const Procedure> procedure;
    Diagnostics diagnostics;
};

inline SealResult try_seal(const procedure::Model& model) {
    SealResult result;
    result.procedure = analysis::seal(model, result.diagnostics);
    return result;
}

/// `code@line`, sorted; line 0: no place.
inline std::vector<std::string> findings(const procedure::Model& model) {
    const SealResult sealed = try_seal(model);
    std::vector<std::string> found;
    for (const Diagnostic& diagnostic : sealed.diagnostics) {
        found.push_back(diagnostic.code + "@" + std::to_string(diagnostic.place.line));
    }
    std::sort(found.begin(), found.end());
    // A model is sealed exactly when nothing was found.
    if (found.empty() != (sealed.procedure != nullptr)) found.push_back("sealed-and-faulty");
    return found;
}

/// `code@line` as findings() writes it, at the place of something in the model.
inline std::string at(const char* code, const Place& place) {
    return std::string(code) + "@" + std::to_string(place.line);
}

using Findings = std::vector<std::string>;

}  // namespace workflow::testing
