// What the dossier that a step is about shows after it, in the words of `then`. Pure.
#pragma once

#include <string>
#include <string_view>
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
[[nodiscard]] std::string subject_of(const Script& script, const ScriptStep& step,
                                     const Expectation& expected);

/// Of `can`: what stands against the actions that were expected to be open, one line each.
[[nodiscard]] std::vector<std::string> objections(const Dossier& dossier, const Script& script,
                                                  const Expectation& expected, Instant now,
                                                  std::string_view language);

/// Codes of the incidents opened since the step before that was about it, sorted.
[[nodiscard]] std::vector<std::string> incidents(const Life& life);
/// `a, b`; empty: `-`.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

}  // namespace workflow::scenario
