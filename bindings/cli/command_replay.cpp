#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ReplayOptions {
    StoreOptions store;
    std::string instance;
};

Json report_json(const std::string& instance, const ReplayReport& report) {
    return {{"instance", instance},
            {"agrees", report.agrees()},
            {"steps", report.steps},
            {"older_semantics", report.older_semantics},
            {"erased", report.erased},
            {"first_difference", report.first_difference ? Json(*report.first_difference) : Json()},
            {"difference", report.difference}};
}

std::string report_text(const ReplayReport& report, const Session& session) {
    const std::string& language = session.language;
    if (!report.agrees()) {
        return toned(words::replay_differs.in(language, *report.first_difference,
                                              printable(report.difference)),
                     Tone::bad, session.colour) +
               '\n';
    }
    std::string text = words::replay_agrees.in(language, report.steps);
    if (report.older_semantics > 0) {
        text += "; " + words::replay_older.in(language, report.older_semantics);
    }
    if (report.erased > 0) text += "; " + words::replay_erased.in(language, report.erased);
    return toned(text, Tone::good, session.colour) + '\n';
}

int run(Session& session, const ReplayOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const ReplayReport report = open.engine->replay(options.instance);
    print(session.format == Format::json ? json_page(report_json(options.instance, report))
                                         : report_text(report, session));
    return report.agrees() ? exit_ok : exit_refused;
}

}  // namespace

void add_replay(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "replay", "Run a dossier's whole history again and compare every digest");
    ReplayOptions& options = options_of<ReplayOptions>(command, session, run);
    add_instance(command, options.instance);
    add_store(command, options.store, nullptr);
    add_format(command, session);
    command.footer(
        "Exit status 1 when something differs.\n\n"
        "Example:\n"
        "  workflow replay service_onboarding/2017-01 --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
