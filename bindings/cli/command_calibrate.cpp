// From an event log to a scenario.
#include "commands.hpp"
#include "definition_file.hpp"
#include "installed_definition.hpp"
#include "simulation_report.hpp"
#include "simulation_setup.hpp"
#include "simulation_words.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "text_file.hpp"

namespace workflow::cli {
namespace {

struct CalibrateOptions {
    std::string procedure;
    std::string log;
    std::string map;
    std::string output;
    std::string calendar;
};

Table fits_table(const simulation::Calibration& calibration, const std::string& language) {
    const auto right = Column::Align::right;
    Table table({{words::cal_what.in(language)},
                 {words::cal_seen.in(language), right},
                 {words::cal_distribution.in(language)},
                 {words::cal_mean.in(language), right},
                 {words::cal_distance.in(language), right}});
    for (const simulation::FittedAmount& one : calibration.fits) {
        table.add({one.what == "arrivals" ? std::string(words::cal_arrivals.in(language)) : one.what,
                   grouped(one.count, language), simulation::kind_of(one.distribution),
                   decimal(simulation::mean_of(one.distribution), language),
                   fmt::format("{:.3f}", one.distance)});
    }
    return table;
}

std::string report(const simulation::Calibration& calibration, const Session& session) {
    const std::string& language = session.language;
    std::string text =
        words::cal_head.in(language, grouped(calibration.cases, language),
                           grouped(calibration.events, language),
                           grouped(calibration.mapped, language)) +
        '\n';
    text += wrapped((calibration.begins_are_known ? words::cal_begins_known
                                                  : words::cal_begins_unknown)
                        .in(language),
                    page_width, 2) +
            '\n';
    for (const auto& [activity, times] : calibration.unmapped) {
        text += toned(words::cal_unmapped.in(language, printable(activity), grouped(times, language)),
                      Tone::warning, session.colour) +
                '\n';
    }
    return text + '\n' + fits_table(calibration, language).text(session.colour) +
           wrapped(words::cal_note.in(language), page_width, 2) + '\n';
}

int run(Session& session, const CalibrateOptions& options) {
    const auto procedure = find_procedure(options.procedure, session);
    const simulation::LogMap map = load_map(options.map, *procedure, session);
    if (!options.output.empty()) expect_writable(options.output, session);
    const Calendars calendars =
        find_all_calendars(*procedure, options.calendar, session, options.procedure);
    const simulation::Calibration calibration =
        simulation::calibrate(procedure, calendars, load_log(options.log, map, session), map);
    const std::string scenario = to_yaml(calibration);
    if (options.output.empty()) {
        print_error(report(calibration, session));
        print(scenario);
        return exit_ok;
    }
    write_output(options.output, scenario, session);
    print(report(calibration, session));
    print(words::sim_written.in(session.language, printable(options.output)) + '\n');
    return exit_ok;
}

}  // namespace

void add_calibrate(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "calibrate", "Make the scenario of a simulation from a real event log");
    CalibrateOptions& options = options_of<CalibrateOptions>(command, session, run);
    takes_names(command.add_option("procedure", options.procedure, "The procedure's file"))
        ->required()
        ->option_text("PROCEDURE");
    command.add_option("--log", options.log, "XES (also .xes.gz) or CSV")
        ->required()
        ->option_text("LOG");
    command
        .add_option("--map", options.map,
                    "Which activity of the log is which state and action (default: they are called\n"
                    "STATE/ACTION, as `workflow simulate --xes` calls them)")
        ->option_text("FILE");
    command
        .add_option("-o,--output", options.output, "Where the scenario goes (default: to the terminal)")
        ->option_text("FILE");
    command
        .add_option("--calendar", options.calendar,
                    "File of the procedure's calendar (default: found by its id, as `workflow test` does)")
        ->option_text("CALENDAR");
    add_language(command, session);
    command.footer(
        "A map is YAML:\n"
        "  map: leave_request\n"
        "  activities: {\"Check it\": check/approve, \"Send back\": check/return}\n"
        "  ignored: [\"Print\"]\n"
        "  columns: {case: Case ID, activity: Activity, time: Complete, resource: Who}   # of CSV\n"
        "  zone: \"+07:00\"                                                             # of CSV\n\n"
        "Examples:\n"
        "  workflow calibrate my/procedure.yaml --log 2025.xes.gz --map map.yaml -o scenario.yaml\n"
        "  workflow simulate my/procedure.yaml --scenario scenario.yaml");
}

}  // namespace workflow::cli
