#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "listing_words.hpp"
#include "names.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct IncidentsOptions {
    StoreOptions store;
};

std::vector<IncidentItem> all_incidents(Engine& engine) {
    std::vector<IncidentItem> all;
    IncidentPage page;
    do {
        page = engine.incidents(page.cursor);
        std::move(page.items.begin(), page.items.end(), std::back_inserter(all));
    } while (!page.finished);
    return all;
}

std::string incidents_text(const std::vector<IncidentItem>& items, Engine& engine,
                           const Session& session) {
    const std::string& language = session.language;
    if (items.empty()) return std::string(words::no_incidents.in(language)) + '\n';
    Table table({{words::since.in(language)},
                 {words::instance.in(language)},
                 {words::item.in(language), Column::Align::right},
                 {words::state.in(language)},
                 {words::why.in(language)}});
    for (const IncidentItem& item : items) {
        const Names names(engine.get(item.instance), session);
        table.add({names.instant(item.since), Cell(item.instance, Tone::strong),
                   std::to_string(item.token), item.state,
                   Cell(incident_sentence(item.reason, language), Tone::bad)});
    }
    return table.text(session.colour);
}

Json incidents_json(const std::vector<IncidentItem>& items, Engine& engine,
                    const Session& session) {
    Json list = Json::array();
    for (const IncidentItem& item : items) {
        const Names names(engine.get(item.instance), session);
        const List* told = item.reason.list();
        const std::string* code = told == nullptr || told->empty() ? nullptr : told->front().text();
        list.push_back({{"instance", item.instance},
                        {"item", item.token},
                        {"state", item.state},
                        {"since", to_string(item.since, names.calendar().offset())},
                        {"code", code == nullptr ? Json() : Json(*code)},
                        {"why", incident_sentence(item.reason, session.language)}});
    }
    return list;
}

int run(Session& session, const IncidentsOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const std::vector<IncidentItem> items = all_incidents(*open.engine);
    print(session.format == Format::json
              ? json_page({{"incidents", incidents_json(items, *open.engine, session)}})
              : incidents_text(items, *open.engine, session));
    return exit_ok;
}

}  // namespace

void add_incidents(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "incidents", "What stands still in any dossier and waits for an operator, oldest first");
    IncidentsOptions& options = options_of<IncidentsOptions>(command, session, run);
    add_store(command, options.store, nullptr);
    add_format(command, session);
    command.footer(
        "An operator then uses `workflow operate`: retry, correct, resolve or move.\n\n"
        "Example:\n"
        "  workflow incidents --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
