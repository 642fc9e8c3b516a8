// What a procedure will do: replications in virtual time, told in words, tables and files.
#include <fstream>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "installed_definition.hpp"
#include "simulation_csv.hpp"
#include "simulation_report.hpp"
#include "simulation_setup.hpp"
#include "simulation_words.hpp"
#include "terminal.hpp"
#include "text_file.hpp"
#include "workflow/calibration.hpp"

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;

struct SimulateOptions {
    SimulationOptions simulation;
    std::string procedure;
    std::string scenario;
    std::string json;
    std::string csv;
    std::string html;
    std::string xes;
    std::string replay;
    std::string map;
    StoreOptions store{.store = {}, .at = {}, .at_option = "--now"};
};

/// Dossiers under way of this very version of the procedure.
struct OpenDossiers {
    std::vector<Instance> instances;
    std::size_t of_other_versions = 0;
};

OpenDossiers take_open(const SimulateOptions& options, simulation::Assumptions& assumptions,
                       const Session& session) {
    OpenDossiers open;
    const OpenStore store = open_store(options.store, Creates::no, session);
    assumptions.begins = store.clock->now();
    for (UnderWayPage page = store.engine->under_way(assumptions.procedure->id());;
         page = store.engine->under_way(assumptions.procedure->id(), page.cursor)) {
        for (const UnderWayItem& row : page.items) {
            InstanceView view = store.engine->get(row.instance);
            if (view.procedure->digest() != assumptions.procedure->digest()) {
                ++open.of_other_versions;
                continue;
            }
            for (const auto& calendar : view.calendars->all()) {
                if (assumptions.calendars.find(calendar->digest()) == nullptr) {
                    assumptions.calendars.add(calendar);
                }
            }
            assumptions.begins = std::max(assumptions.begins, view.instance.last_now);
            open.instances.push_back(std::move(view.instance));
        }
        if (page.finished) return open;
    }
}

/// Nothing of the file is true any more but the people: the log says the rest.
void replay_log(const SimulateOptions& options, simulation::Assumptions& assumptions, const Session& session) {
    const simulation::LogMap map = load_map(options.map, *assumptions.procedure, session);
    assumptions = replay_of(std::move(assumptions), load_log(options.replay, map, session), map);
}

/// Takes what dossiers did as they end: for the page and for the log.
class Witness {
public:
    Witness(const SimulateOptions& options, const simulation::Assumptions& assumptions)
        : options_(options), assumptions_(assumptions) {
        if (options.xes.empty()) return;
        file_.open(options.xes, std::ios::binary | std::ios::trunc);
        writer_.emplace(file_, assumptions.calendar().offset());
    }
    [[nodiscard]] bool is_needed() const { return !options_.html.empty() || writer_.has_value(); }
    void see(const simulation::FinishedDossier& dossier) {
        if (!options_.html.empty()) examples_.add(dossier);
        if (writer_) writer_->add(logged(assumptions_, dossier));
    }
    void finish() {
        if (writer_) writer_->finish();
    }
    [[nodiscard]] const simulation::Examples& examples() const { return examples_; }

private:
    const SimulateOptions& options_;
    const simulation::Assumptions& assumptions_;
    simulation::Examples examples_;
    std::ofstream file_;
    std::optional<XesWriter> writer_;
};

void write_files(const SimulateOptions& options, const simulation::Assumptions& assumptions,
                 const simulation::Plan& plan, const simulation::Simulated& simulated,
                 const Witness& witness, const Session& session) {
    if (!options.json.empty()) {
        write_output(options.json, json_page(to_json(assumptions, plan, simulated)), session);
    }
    if (!options.csv.empty()) {
        write_output(options.csv, simulation_csv(assumptions, simulated), session);
    }
    if (options.html.empty()) return;
    write_page(options.html, {.assumptions = assumptions, .plan = plan, .simulated = simulated},
               witness.examples(), session);
}

int run(Session& session, const SimulateOptions& options) {
    const fs::path procedure = options.procedure;
    const fs::path scenario = options.scenario.empty() ? procedure.parent_path() / "simulation.yaml"
                                                       : fs::path(options.scenario);
    auto assumptions = load_simulation(procedure, scenario, options.simulation, session);
    if (!options.replay.empty()) replay_log(options, assumptions, session);
    OpenDossiers open;
    if (!options.store.store.empty()) open = take_open(options, assumptions, session);
    auto plan = plan_of(options.simulation, assumptions, session);
    plan.run.open = open.instances;
    if (!assumptions.traces.empty()) {
        plan.run.dossiers = assumptions.traces.size();
        plan.replications = 1;
    }
    for (const std::string& path : {options.json, options.csv, options.html, options.xes}) {
        if (!path.empty()) expect_writable(path, session);
    }
    Witness witness(options, assumptions);
    if (witness.is_needed()) {
        plan.run.on_end = [&](const simulation::FinishedDossier& one) { witness.see(one); };
    }
    const auto simulated = run_simulation(assumptions, plan, session);
    witness.finish();
    write_files(options, assumptions, plan, simulated, witness, session);
    if (session.format == Format::json) {
        print(json_page(to_json(assumptions, plan, simulated)));
        return exit_ok;
    }
    print(simulation_text(assumptions, plan, simulated, session));
    if (!open.instances.empty()) print('\n' + open_text(assumptions, open.instances, simulated, session));
    if (open.of_other_versions > 0) {
        print(words::sim_other_versions.in(session.language, open.of_other_versions) + '\n');
    }
    return exit_ok;
}

}  // namespace

void add_simulate(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "simulate", "Say how long dossiers will take, where they pile up and what will be late");
    SimulateOptions& options = options_of<SimulateOptions>(command, session, run);
    takes_names(command.add_option("procedure", options.procedure, "The procedure's file"))
        ->required()
        ->option_text("PROCEDURE");
    command
        .add_option("--scenario", options.scenario,
                    "Who comes, how long things take, who is there (default: simulation.yaml beside\n"
                    "the procedure)")
        ->option_text("FILE");
    add_simulation_options(command, options.simulation);
    command.add_option("--json", options.json, "Also write all figures as JSON")->option_text("FILE");
    command
        .add_option("--csv", options.csv, "Also write the figures as a table for a spreadsheet")
        ->option_text("FILE");
    command
        .add_option("--xes", options.xes,
                    "Also write the dossiers of the first replication as an event log (XES)")
        ->option_text("FILE");
    command
        .add_option("--replay", options.replay,
                    "Instead of drawing anything: every case of this log (XES, CSV) comes and is dealt\n"
                    "with as it was; who works on it is as the scenario says")
        ->option_text("LOG");
    command
        .add_option("--map", options.map,
                    "Which activity of the log is which action (default: they are called STATE/ACTION)")
        ->needs("--replay")
        ->option_text("FILE");
    command
        .add_option("--from-store", options.store.store,
                    "Begin with the dossiers that are under way in this store: which will be late")
        ->option_text("STORE");
    command
        .add_option("--now", options.store.at, "With --from-store: when it begins (default: now)")
        ->needs("--from-store")
        ->option_text("TIME");
    command.add_option("--html", options.html, "Also write a page with charts, to be read anywhere")
        ->option_text("FILE");
    add_format(command, session);
    command.footer(
        "Ctrl-C stops it: what has been computed so far is told. The same scenario and seed give the\n"
        "same figures, on any number of threads.\n\n"
        "Examples:\n"
        "  workflow simulate procedures/service_onboarding/procedure.yaml\n"
        "  workflow simulate procedures/petition_handling/procedure.yaml --until 2026-12-31\n"
        "  workflow simulate my/procedure.yaml --scenario fewer_people.yaml --json figures.json\n"
        "  workflow simulate procedures/service_onboarding/procedure.yaml --html report.html --lang vi\n"
        "  workflow simulate my/procedure.yaml --from-store dossiers.db --dossiers 0");
}

}  // namespace workflow::cli
