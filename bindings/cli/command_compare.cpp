// Two procedures or two scenarios with the same random numbers: what changes.
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "definition_file.hpp"
#include "installed_definition.hpp"
#include "simulation_report.hpp"
#include "simulation_setup.hpp"
#include "simulation_words.hpp"
#include "terminal.hpp"
#include "text_file.hpp"

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct CompareOptions {
    SimulationOptions simulation;
    std::string before;
    std::string after;
    std::string procedure;
    std::string scenario;
    std::string json;
    std::string html;
};

/// A scenario, or a procedure with the scenario beside it; the other half may be given for both.
simulation::Assumptions load_side(const std::string& given, const CompareOptions& options,
                                  const Session& session) {
    const fs::path path = given;
    const bool is_scenario = first_key(read_input(given, session)).key == "simulation";
    const auto beside = [&](const std::string& named, const char* name) {
        return named.empty() ? path.parent_path() / name : fs::path(named);
    };
    if (is_scenario) {
        return load_simulation(beside(options.procedure, "procedure.yaml"), path, options.simulation,
                               session);
    }
    return load_simulation(path, beside(options.scenario, "simulation.yaml"), options.simulation,
                           session);
}

int run(Session& session, const CompareOptions& options) {
    const auto before = load_side(options.before, options, session);
    const auto after = load_side(options.after, options, session);
    for (const std::string& path : {options.json, options.html}) {
        if (!path.empty()) expect_writable(path, session);
    }
    auto plan = plan_of(options.simulation, before, session);
    const auto first = run_simulation(before, plan, session);
    simulation::Examples examples;
    if (!options.html.empty()) {
        plan.run.on_end = [&](const simulation::FinishedDossier& course) { examples.add(course); };
    }
    const auto second = run_simulation(after, plan, session);
    const auto found = differences(before, first, after, second);
    const auto json = [&] {
        return json_page(Json{{"before", to_json(before, plan, first)},
                              {"after", to_json(after, plan, second)},
                              {"differences",
                               to_json(found, simulation::hours_of_day(before.calendar()))}});
    };
    if (!options.json.empty()) write_output(options.json, json(), session);
    if (!options.html.empty()) {
        write_page(options.html,
                   {.assumptions = after,
                    .plan = plan,
                    .simulated = second,
                    .before = &before,
                    .differences = found},
                   examples, session);
    }
    print(session.format == Format::json ? json() : comparison_text(before, found, session));
    return exit_ok;
}

}  // namespace

void add_compare(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "compare", "Simulate two procedures or two scenarios, and say what changes");
    CompareOptions& options = options_of<CompareOptions>(command, session, run);
    takes_names(command.add_option("before", options.before,
                                   "A procedure with simulation.yaml beside it, or a scenario with\n"
                                   "procedure.yaml beside it"))
        ->required()
        ->option_text("A");
    takes_names(command.add_option("after", options.after, "The same, in which something differs"))
        ->required()
        ->option_text("B");
    command
        .add_option("--procedure", options.procedure, "Of scenarios: their procedure, wherever it is")
        ->option_text("PROCEDURE");
    command
        .add_option("--scenario", options.scenario, "Of procedures: their scenario, wherever it is")
        ->option_text("FILE");
    add_simulation_options(command, options.simulation);
    command.add_option("--json", options.json, "Also write all figures of both as JSON")
        ->option_text("FILE");
    command
        .add_option("--html", options.html,
                    "Also write a page with charts of B, and with what changes from A to B")
        ->option_text("FILE");
    add_format(command, session);
    command.footer(
        "Both meet the same dossiers with the same efforts (common random numbers), so that what\n"
        "differs comes of the rules and not of chance. What the 95 % interval of a change does not\n"
        "tell apart from nothing is printed faint.\n\n"
        "Examples:\n"
        "  workflow compare onboarding/simulation.yaml onboarding/two_more_people.yaml\n"
        "  workflow compare old/procedure.yaml new/procedure.yaml --scenario simulation.yaml");
}

}  // namespace workflow::cli
