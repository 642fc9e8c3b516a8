#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis_words.hpp"
#include "answer.hpp"
#include "commands.hpp"
#include "definition_file.hpp"
#include "dossier_store.hpp"
#include "installed_definition.hpp"
#include "terminal.hpp"
#include "workflow/difference.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct DiffOptions {
    std::string before;
    std::string after;
    StoreOptions store;
};

/// The open dossiers of other versions, each with what would become of it.
std::vector<MigrationReport::Planned> open_dossiers(const std::shared_ptr<const Procedure>& after,
                                                    const StoreOptions& options,
                                                    const Session& session) {
    const OpenStore open = open_store(options, Creates::no, session);
    std::vector<MigrationReport::Planned> dossiers;
    for (MigrationReport batch; !batch.finished;) {
        batch = open.engine->plan_migration(after, {}, batch.cursor);
        dossiers.insert(dossiers.end(), batch.planned.begin(), batch.planned.end());
        for (const auto& [instance, why] : batch.failed) {
            print_error(words::not_run.in(session.language, printable(instance), printable(why)) +
                        '\n');
        }
    }
    return dossiers;
}

Json dossiers_json(const std::vector<MigrationReport::Planned>& dossiers, const Session& session) {
    Json json = Json::array();
    for (const auto& [instance, version, plan] : dossiers) {
        Json because = Json::array();
        if (plan.refused) {
            for (const Refusal& one : plan.refused->because) {
                because.push_back(one.reason(session.language));
            }
        }
        json.push_back({{"instance", instance},
                        {"version", version},
                        {"could_move", !plan.refused},
                        {"because", std::move(because)}});
    }
    return json;
}

void print_dossiers(const std::vector<MigrationReport::Planned>& dossiers,
                    const Session& session) {
    const auto movable = std::count_if(dossiers.begin(), dossiers.end(),
                                       [](const auto& one) { return !one.plan.refused; });
    print('\n' + words::could_move.in(session.language, movable, dossiers.size()) + '\n');
    for (const auto& [instance, version, plan] : dossiers) {
        if (plan.refused) print(refused_lines(instance, *plan.refused, session));
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
        print(std::string(words::no_difference.in(session.language)) + '\n');
        return;
    }
    print(words::changes.in(session.language, before.version(), after.version(), changes.size()) +
          '\n');
    for (const Change& change : changes) {
        print(wrapped("- " + change.message(session.language), page_width, 2) + '\n');
    }
}

int run(Session& session, const DiffOptions& options) {
    const auto before = find_procedure(options.before, session);
    const auto after = find_procedure(options.after, session);
    const std::vector<Change> changes = differences(*before, *after);
    std::optional<std::vector<MigrationReport::Planned>> dossiers;
    if (!options.store.store.empty()) dossiers = open_dossiers(after, options.store, session);
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
    DiffOptions& options = options_of<DiffOptions>(command, session, run);
    takes_names(command.add_option("old", options.before, "The file as it was"))->required()->option_text("OLD");
    takes_names(command.add_option("new", options.after, "The file as it is"))->required()->option_text("NEW");
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
