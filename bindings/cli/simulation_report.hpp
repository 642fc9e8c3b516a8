// A simulation's figures for people: words first, then tables. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "session.hpp"
#include "table.hpp"
#include "workflow/simulation.hpp"

namespace workflow::cli {

/// One procedure's names in the session's language, printable; ids that it does not have as they are.
class SimulationNames {
public:
    SimulationNames(const Procedure& procedure, std::string language);
    [[nodiscard]] std::string procedure() const;
    [[nodiscard]] std::string role(const std::string& id) const;
    [[nodiscard]] std::string clock(const std::string& id) const;
    [[nodiscard]] std::string outcome(const std::string& id) const;
    [[nodiscard]] std::string state(std::uint32_t number) const;

private:
    const Procedure& procedure_;
    std::string language_;
};

/// What a manager reads first, one sentence each.
[[nodiscard]] std::vector<std::string> headline(const simulation::Assumptions& assumptions,
                                                const simulation::Simulated& simulated,
                                                const std::string& language);
/// What is to be doubted: dossiers that never end, work for nothing.
[[nodiscard]] std::vector<std::string> reservations(const simulation::Simulated& simulated,
                                                    const std::string& language);
/// Of outcomes, limits, states and offices.
[[nodiscard]] std::vector<Table> simulation_tables(const simulation::Assumptions& assumptions,
                                                   const simulation::Simulated& simulated,
                                                   const std::string& language);
[[nodiscard]] std::string simulation_text(const simulation::Assumptions& assumptions,
                                          const simulation::Plan& plan,
                                          const simulation::Simulated& simulated,
                                          const Session& session);
/// The dossiers that were under way, those first that will most likely be late.
[[nodiscard]] std::string open_text(const simulation::Assumptions& assumptions,
                                    const std::vector<Instance>& open,
                                    const simulation::Simulated& simulated, const Session& session);
/// The same for two that differ in something.
[[nodiscard]] std::vector<std::string> comparison_headline(
    const simulation::Assumptions& before, const std::vector<simulation::Difference>& differences,
    const std::string& language);
[[nodiscard]] Table comparison_table(const simulation::Assumptions& before,
                                     const std::vector<simulation::Difference>& differences,
                                     const std::string& language);
[[nodiscard]] std::string comparison_text(const simulation::Assumptions& before,
                                          const std::vector<simulation::Difference>& differences,
                                          const Session& session);

/// `12.3`, `12,300`, `31 %` as people of that language write them.
[[nodiscard]] std::string decimal(double value, const std::string& language);
[[nodiscard]] std::string grouped(std::uint64_t value, const std::string& language);
[[nodiscard]] std::string percent(double share, const std::string& language);

}  // namespace workflow::cli
