#include "simulation_setup.hpp"

#include <algorithm>
#include <thread>

#include "definition_file.hpp"
#include "graphviz.hpp"
#include "progress_bar.hpp"
#include "simulation_report.hpp"
#include "simulation_words.hpp"
#include "terminal.hpp"
#include "text_file.hpp"

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;

void check_load(const simulation::Assumptions& assumptions, const Session& session) {
    const simulation::Load load = simulation::heaviest_load(assumptions);
    if (load.ratio() < 1) return;
    const SimulationNames names(*assumptions.procedure, session.language);
    std::string who;
    for (const std::uint32_t role : load.roles) {
        who += (who.empty() ? "" : ", ") + names.role(assumptions.procedure->role(role).id);
    }
    const Place& at = assumptions.arrivals_at;
    const std::string place = at.line == 0 ? std::string() : fmt::format("{}:{}:{}: ", printable(at.file), at.line, at.column);
    throw Failure(place + words::sim_overloaded.in(session.language, who,
                                                   decimal(load.hours_coming, session.language),
                                                   decimal(load.people, session.language)));
}

}  // namespace

void add_simulation_options(CLI::App& command, SimulationOptions& options) {
    command.add_option("--dossiers", options.dossiers, "How many come in each replication (default: 1000)")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{100'000'000}))
        ->option_text("N");
    command.add_option("--until", options.until, "None comes after this day; instead of --dossiers")
        ->option_text("DATE");
    command
        .add_option("--warm-up", options.warm_up,
                    "The first so many of them fill the empty office and are not counted (default: 0)")
        ->option_text("N");
    command
        .add_option("--replications", options.replications,
                    "How often, each with random numbers of its own (default: 10)")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000}))
        ->option_text("R");
    command.add_option("--seed", options.seed, "The same gives the same figures (default: 1)")
        ->option_text("S");
    command
        .add_option("--threads", options.threads,
                    "Replications side by side (default: as many as the machine has processors)")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'024}))
        ->option_text("T");
    command
        .add_option("--calendar", options.calendar,
                    "File of the procedure's calendar (default: found by its id, as `workflow test` does)")
        ->option_text("CALENDAR");
    command.add_flag("--allow-overload", options.allow_overload,
                     "Run it although the people cannot do all that comes");
}

simulation::Assumptions load_simulation(const fs::path& procedure, const fs::path& scenario,
                                        const SimulationOptions& options, const Session& session) {
    const auto loaded_procedure = find_procedure(procedure.string(), session);
    std::error_code failure;
    if (!fs::exists(scenario, failure)) {
        throw Failure(words::sim_no_scenario.in(session.language, printable(scenario.string())));
    }
    simulation::LoadedAssumptions loaded = simulation::load_assumptions_file(
        scenario, loaded_procedure,
        find_all_calendars(*loaded_procedure, options.calendar, session, procedure));
    print_findings(loaded.diagnostics, session);
    if (!loaded.assumptions) throw Failure("");
    const auto objections = simulation::objections_to(*loaded.assumptions);
    if (!objections.empty()) {
        throw Failure(printable(scenario.string()) + ": " + objections.front());
    }
    if (!options.allow_overload) check_load(*loaded.assumptions, session);
    return std::move(*loaded.assumptions);
}

simulation::Plan plan_of(const SimulationOptions& options,
                         const simulation::Assumptions& assumptions, const Session& session) {
    simulation::Plan plan;
    plan.run.dossiers = options.dossiers;
    plan.run.warm_up = options.warm_up;
    plan.run.seed = options.seed;
    plan.replications = options.replications;
    plan.threads = options.threads != 0 ? options.threads
                                        : std::max(1U, std::thread::hardware_concurrency());
    if (!options.until.empty()) {
        const auto date = parse_date(options.until);
        if (!date) {
            throw usage_failure(words::sim_bad_until.in(session.language, printable(options.until)));
        }
        const UtcOffset offset = assumptions.calendar().offset();
        const Instant end = instant_of(Day(*date) + std::chrono::days(1), {}, offset);
        if (end <= assumptions.begins) {
            throw usage_failure(words::sim_until_before.in(
                session.language, options.until, to_short_string(assumptions.begins, offset)));
        }
        plan.run.until = end;
        plan.run.dossiers = UINT64_MAX;
    }
    return plan;
}

simulation::Simulated run_simulation(const simulation::Assumptions& assumptions,
                                     simulation::Plan plan, const Session& session) {
    const bool counts_dossiers = !plan.run.until;
    const double whole = static_cast<double>(plan.replications) *
                         (counts_dossiers ? static_cast<double>(plan.run.dossiers) : 1.0);
    ProgressBar bar(whole, session);
    plan.progress = [&](std::uint64_t replications, std::uint64_t dossiers) {
        return bar.update(static_cast<double>(counts_dossiers ? dossiers : replications), dossiers);
    };
    return simulation::simulate(assumptions, plan);
}

EventLog load_log(const std::string& path, const simulation::LogMap& map, const Session& session) {
    LoadedEventLog loaded = load_event_log_file(path, map.columns);
    print_findings(loaded.diagnostics, session);
    if (!loaded.log) throw Failure("");
    return std::move(*loaded.log);
}

simulation::LogMap load_map(const std::string& path, const Procedure& procedure,
                            const Session& session) {
    if (path.empty()) return simulation::own_log_map(procedure);
    simulation::LoadedLogMap loaded =
        simulation::load_log_map(read_input(path, session), path, procedure);
    print_findings(loaded.diagnostics, session);
    if (!loaded.map) throw Failure("");
    return std::move(*loaded.map);
}

void write_page(const std::string& path, SimulationPage page, const simulation::Examples& examples,
                const Session& session) {
    constexpr std::size_t shown = 3;
    page.typical = examples.typical(shown, page.simulated.together.lead.quantile(0.5));
    page.worst = examples.worst(shown);
    try {
        page.graph = svg_of_dot(load_graph(page.assumptions, page.simulated, session.language),
                                session.language);
    } catch (const Failure&) {  // the page says that there is none
        page.graph.clear();
    }
    write_output(path, simulation_html(page, session.language), session);
}

}  // namespace workflow::cli
