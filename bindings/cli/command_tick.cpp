#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct TickOptions {
    StoreOptions store;
};

/// The offset of the first dossier's calendar.
UtcOffset shown_offset(Engine& engine) {
    const auto first = engine.instances({}, 1);
    return first.empty() ? UtcOffset{} : engine.get(first.front()).calendar->offset();
}

void print_report(const DueReport& report, Engine& engine, const Session& session) {
    const auto next = engine.next_due();
    const UtcOffset offset = shown_offset(engine);
    if (session.format == Format::json) {
        Json failed = Json::array();
        for (const auto& [instance, why] : report.failed) {
            failed.push_back({{"instance", instance}, {"why", why}});
        }
        print(json_page({{"fired", report.fired},
                         {"failed", failed},
                         {"next", next ? Json(to_string(*next, offset)) : Json()}}));
        return;
    }
    const std::string& language = session.language;
    std::string text = words::fired.in(language, report.fired) + '\n';
    text += next ? words::next_timer.in(language, to_short_string(*next, offset))
                 : std::string(words::no_timer.in(language));
    print(text + '\n');
    for (const auto& [instance, why] : report.failed) {
        print_error(words::not_run.in(language, printable(instance), printable(why)) + '\n');
    }
}

int run(Session& session, const TickOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const DueReport report = open.engine->run_due();
    print_report(report, *open.engine, session);
    return report.failed.empty() ? exit_ok : exit_refused;
}

}  // namespace

void add_tick(CLI::App& application, Session& session) {
    CLI::App& command =
        *application.add_subcommand("tick", "Let time pass: run every timer that is due");
    TickOptions& options = options_of<TickOptions>(command, session, run);
    add_store(command, options.store, "--now,--at");
    add_format(command, session);
    command.footer(
        "Warnings, escalations and waits happen here. Call it from cron, or with --now to try out\n"
        "what a day would bring.\n\n"
        "Examples:\n"
        "  workflow tick --store sqlite:dossiers.db\n"
        "  workflow tick --now 2017-06-01T08:00 --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
