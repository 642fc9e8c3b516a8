// What happened in a step, on one line, and why a deadline is where it is, day by day. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/dossier.hpp"

namespace workflow::scenario {

/// `2026-07-20 09:00  minh: do agree  -> entered it_setup; clock it_setup due 2026-08-28`, of the
/// dossier and of all that it has called.
[[nodiscard]] std::string timeline_line(const Dossier& dossier, const Script& script,
                                        const ScriptStep& step, std::string_view language);
/// Of every clock of that number that runs in the dossier; where none does, one line says so.
[[nodiscard]] std::vector<std::string> reasoning_of(const Life& life, const Script& script,
                                                    std::uint32_t clock, Instant now,
                                                    std::string_view language);

}  // namespace workflow::scenario
