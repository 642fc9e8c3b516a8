// What must hold in a store whose processes were killed. Names every breach; empty: all is well.
#pragma once

#include <string>
#include <vector>

#include "crash/dossiers.hpp"

namespace workflow::test {

using Breaches = std::vector<std::string>;

/// Chains and replay, and that instance and history tell of the same last step.
[[nodiscard]] Breaches broken_histories(Engine& engine);
/// The store wakes and lists exactly what its instances want.
[[nodiscard]] Breaches broken_index(Engine& engine, Store& store);
/// Each step that was acknowledged is there, and its request repeated gives the same answer.
[[nodiscard]] Breaches lost_steps(Engine& engine, const std::vector<Acknowledged>& acknowledged);
/// Each timer of each activation has fired once at most.
[[nodiscard]] Breaches doubled_timers(Engine& engine);
/// Keys of what the histories say was asked of handlers, and what the handlers saw.
[[nodiscard]] Breaches undelivered(Engine& engine, const std::vector<std::string>& handled);

}  // namespace workflow::test
