// A year of new online services, with the limits of Decision 1690 (30, 5 and 10 working days) and with shorter
// ones (20, 3 and 7): who is late then, and how often.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "workflow/definition.hpp"
#include "workflow/error.hpp"
#include "workflow/simulation.hpp"

using namespace workflow;
using namespace workflow::simulation;

namespace {

namespace fs = std::filesystem;

/// Limits do not make people work faster: what changes is what counts as late.
constexpr const char* shorter =
    "set: {setup_limit: 20 working days, confirmation_limit: 3 working days, phase_limit: 7 working "
    "days}\n";

std::string scenario_text(const fs::path& folder) {
    std::ifstream file(folder / "simulation.yaml");
    return {std::istreambuf_iterator<char>(file), {}};
}

Assumptions load(const fs::path& folder, const std::string& yaml) {
    const auto procedure = procedure_or_throw(load_procedure_file(folder / "procedure.yaml"));
    Calendars calendars;
    calendars.add(calendar_or_throw(load_calendar_file(folder / "../calendars/vn-state.yaml")));
    LoadedAssumptions loaded = load_assumptions(yaml, "simulation.yaml", procedure, calendars);
    if (!loaded.assumptions) throw DefinitionError(loaded.diagnostics);
    return std::move(*loaded.assumptions);
}

double share_late(const Simulated& simulated, const std::string& clock) {
    const ClockResultCounts& counts = simulated.together.clocks.at(clock);
    return static_cast<double>(counts.late) /
           static_cast<double>(counts.early + counts.on_time + counts.late);
}

void print_late(const Simulated& law, const Simulated& short_limits, const std::string& clock,
                const std::string& title) {
    const auto percent = [](double share) { return fmt::format("{:.1f} %", share * 100); };
    const auto sure = [&](const Simulated& of) {
        const auto found = of.late.find(clock);
        if (found == of.late.end()) return std::string();
        return fmt::format("({} to {})", percent(std::max(0.0, found->second.low())),
                           percent(found->second.high()));
    };
    std::cout << fmt::format("  {:<22} {:>8} {:<19} {:>8} {}\n", title,
                             percent(share_late(law, clock)), sure(law),
                             percent(share_late(short_limits, clock)), sure(short_limits));
}

int run() {
    const fs::path folder = fs::path(WORKFLOW_PROCEDURES) / "service_onboarding";
    const std::string yaml = scenario_text(folder);
    const Assumptions by_law = load(folder, yaml);
    const Assumptions by_shorter = load(folder, yaml + shorter);
    Plan plan;
    plan.run.seed = 1690;
    plan.run.dossiers = UINT64_MAX;
    plan.run.until = by_law.begins + std::chrono::days(365);
    plan.replications = 20;
    plan.threads = std::max(1U, std::thread::hardware_concurrency());
    const Simulated law = simulate(by_law, plan);
    const Simulated short_limits = simulate(by_shorter, plan);
    const double day = hours_of_day(by_law.calendar());
    std::cout << fmt::format(
        "A year of new online services: {} of them in 20 replications.\n"
        "One takes {:.1f} working days from draft to decision (95 % sure: {:.1f} to {:.1f}).\n\n"
        "Late, with limits of      30/5/10 (95 % sure)          20/3/7 (95 % sure)\n",
        law.together.ended, law.together.lead.mean() / day, law.lead->low() / day,
        law.lead->high() / day);
    print_late(law, short_limits, "it_setup", "set up and install");
    print_late(law, short_limits, "confirm", "units confirm");
    print_late(law, short_limits, "piloting", "pilot and submission");
    return 0;
}

}  // namespace

int main() {
    try {
        return run();
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
