#include <nlohmann/json.hpp>

#include "analysis_words.hpp"
#include "commands.hpp"
#include "definition_file.hpp"
#include "dossier_store.hpp"
#include "terminal.hpp"
#include "workflow/difference.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string before;
    std::string after;
    StoreOptions store;
};

/// An open dossier of the procedure, and what keeps it from moving.
struct OpenDossier {
    std::string id;
    std::vector<Change> obstacles;
};

Holdings holdings_of(const Instance& instance) {
    Holdings holdings;
    for (const Token& token : instance.tokens) holdings.states.push_back(token.state);
    for (const ClockState& clock : instance.clocks) {
        holdings.clocks.push_back(clock.clock);
    }
    for (std::uint32_t field = 0; field < instance.data.size(); ++field) {
        if (!instance.data[field].is_null()) holdings.fields.push_back(field);
    }
    return holdings;
}

std::vector<OpenDossier> open_dossiers(const Procedure& after, const StoreOptions& options,
                                       const Session& session) {
    const OpenStore open = open_store(options, Creates::no, session);
    std::vector<OpenDossier> dossiers;
    std::string last;
    for (;;) {
        const std::vector<std::string> ids = open.engine->instances(last);
        if (ids.empty()) return dossiers;
        last = ids.back();
        for (const std::string& id : ids) {
            const InstanceView view = open.engine->get(id);
            const bool concerned = view.procedure->id() == after.id() &&
                                   view.instance.status != Instance::Status::ended &&
                                   view.procedure->digest() != after.digest();
            if (!concerned) continue;
            dossiers.push_back({id, obstacles(*view.procedure, after, holdings_of(view.instance))});
        }
    }
}

Json dossiers_json(const std::vector<OpenDossier>& dossiers, const Session& session) {
    Json json = Json::array();
    for (const OpenDossier& dossier : dossiers) {
        Json because = Json::array();
        for (const Change& obstacle : dossier.obstacles) {
            because.push_back(obstacle.message(session.language));
        }
        json.push_back({{"instance", dossier.id},
                        {"could_move", dossier.obstacles.empty()},
                        {"because", std::move(because)}});
    }
    return json;
}

void print_dossiers(const std::vector<OpenDossier>& dossiers, const Session& session) {
    std::size_t movable = 0;
    for (const OpenDossier& dossier : dossiers) movable += dossier.obstacles.empty() ? 1 : 0;
    print('\n' + words::could_move.in(session.language, movable, dossiers.size()) + '\n');
    for (const OpenDossier& dossier : dossiers) {
        for (const Change& obstacle : dossier.obstacles) {
            print(wrapped("- " + printable(dossier.id) + ": " + obstacle.message(session.language),
                          page_width, 2) +
                  '\n');
        }
    }
}

Json changes_json(const std::vector<Change>& changes, const Session& session) {
    Json json = Json::array();
    for (const Change& change : changes) {
        json.push_back({{"code", change.code},
                        {"file", change.place.file},
                        {"line", change.place.line},
                        {"column", change.place.column},
                        {"message", change.message(session.language)}});
    }
    return json;
}

void print_changes(const Procedure& before, const Procedure& after,
                   const std::vector<Change>& changes, const Session& session) {
    if (changes.empty()) {
        print(std::string(words::no_changes.in(session.language)) + '\n');
        return;
    }
    print(words::changes.in(session.language, before.version(), after.version(), changes.size()) +
          '\n');
    for (const Change& change : changes) {
        print(wrapped("- " + change.message(session.language), page_width, 2) + '\n');
    }
}

int run(Session& session, const Options& options) {
    const auto before = find_procedure(options.before, session);
    const auto after = find_procedure(options.after, session);
    const std::vector<Change> changes = differences(*before, *after);
    std::optional<std::vector<OpenDossier>> dossiers;
    if (!options.store.store.empty()) dossiers = open_dossiers(*after, options.store, session);
    if (session.format == Format::json) {
        Json page{{"procedure", after->id()},
                  {"before", before->version()},
                  {"after", after->version()},
                  {"changes", changes_json(changes, session)}};
        if (dossiers) page["dossiers"] = dossiers_json(*dossiers, session);
        print(json_page(page));
        return exit_ok;
    }
    print_changes(*before, *after, changes, session);
    if (dossiers) print_dossiers(*dossiers, session);
    return exit_ok;
}

}  // namespace

void add_diff(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "diff", "Say in words what changed from one version of a procedure to another");
    Options& options = options_of<Options>(command, session, run);
    command.add_option("old", options.before, "The file as it was")->required()->option_text("OLD");
    command.add_option("new", options.after, "The file as it is")->required()->option_text("NEW");
    command
        .add_option("--store", options.store.store,
                    "Also tell which open dossiers of that store could move to NEW")
        ->option_text("STORE");
    add_format(command, session);
    command.footer(
        "States, roles, limits, conditions, ways, data, outcomes, parameters. Exit status 0,\n"
        "whether there are changes or not.\n\n"
        "Examples:\n"
        "  workflow diff old.yaml procedures/service_onboarding/procedure.yaml\n"
        "  workflow diff old.yaml new.yaml --lang vi");
}

}  // namespace workflow::cli
