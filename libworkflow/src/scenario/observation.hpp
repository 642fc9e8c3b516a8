// What a dossier shows after a step, in the words of `then`. Pure.
#pragma once

#include <string>
#include <vector>

#include "scenario/dossier.hpp"

namespace workflow::scenario {

struct Observation {
    bool holds = false;
    std::string expected;
    std::string found;
};

/// Never of Kind::refused, which is the step's own answer.
[[nodiscard]] Observation observe(const Dossier& dossier, const Script& script,
                                  const Expectation& expected, Instant now);
/// What is looked at: `states`, `due of it_setup`.
[[nodiscard]] std::string subject_of(const Script& script, const Expectation& expected);

/// Codes of the incidents opened since the step before, sorted.
[[nodiscard]] std::vector<std::string> incidents(const Dossier& dossier);
/// `a, b`; empty: `-`.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

}  // namespace workflow::scenario
