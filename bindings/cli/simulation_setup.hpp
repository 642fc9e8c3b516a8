// What `simulate` and `compare` have in common: which scenario, how much of it, and the run. Confined.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "session.hpp"
#include "simulation_page.hpp"
#include "workflow/definition.hpp"
#include "workflow/calibration.hpp"
#include "workflow/simulation.hpp"

namespace workflow::cli {

struct SimulationOptions {
    std::uint64_t dossiers = 1'000;
    std::string until;
    std::uint64_t warm_up = 0;
    std::uint64_t replications = 10;
    std::uint64_t seed = 1;
    std::uint64_t threads = 0;  ///< 0: as many as the machine has
    std::string calendar;
    bool allow_overload = false;
};
void add_simulation_options(CLI::App& command, SimulationOptions& options);

/// A procedure and what is supposed around it. Findings go to stderr; Failure when there are errors, and, where
/// actions come by chance, when the people cannot do what comes.
[[nodiscard]] simulation::Assumptions load_simulation(const std::filesystem::path& procedure,
                                                      const std::filesystem::path& scenario,
                                                      const SimulationOptions& options,
                                                      const Session& session);
[[nodiscard]] simulation::Plan plan_of(const SimulationOptions& options,
                                       const simulation::Assumptions& assumptions,
                                       const Session& session);
/// With a bar on a terminal, and stopped by Ctrl-C.
[[nodiscard]] simulation::Simulated run_simulation(const simulation::Assumptions& assumptions,
                                                   simulation::Plan plan, const Session& session);

/// An event log; findings go to stderr, Failure when there are errors.
[[nodiscard]] EventLog load_log(const std::string& path, const simulation::LogMap& map,
                                const Session& session);
/// Empty: activities are called STATE/ACTION.
[[nodiscard]] simulation::LogMap load_map(const std::string& path, const Procedure& procedure,
                                          const Session& session);
/// The page of a simulation with its graph, where `dot` is there, and with some of its dossiers.
void write_page(const std::string& path, SimulationPage page, const simulation::Examples& examples,
                const Session& session);

}  // namespace workflow::cli
