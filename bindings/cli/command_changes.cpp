#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "listing_words.hpp"
#include "names.hpp"
#include "readable.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ChangesOptions {
    StoreOptions store;
    std::string after;
    std::size_t limit = 100;
};

Names names_of(const CommittedStep& change, Engine& engine, const Session& session) {
    return {engine.get(change.instance), engine.procedure(change.entry.procedure), session};
}

/// What the step did, line by line, in the names of its procedure.
std::vector<std::string> lines_of(const CommittedStep& change, const Names& names) {
    Reader reader(names);
    std::vector<std::string> lines;
    for (const Line& line : reader.lines(change.entry.records)) lines.push_back(line.text);
    return lines;
}

std::string changes_text(const ChangePage& page, Engine& engine, const Session& session) {
    const std::string& language = session.language;
    std::string text;
    if (page.changes.empty()) text = std::string(words::no_changes.in(language)) + '\n';
    Table table({{words::when.in(language)},
                 {words::instance.in(language)},
                 {words::revision.in(language), Column::Align::right},
                 {words::actor.in(language)},
                 {words::what.in(language)}});
    for (const CommittedStep& change : page.changes) {
        const Names names = names_of(change, engine, session);
        bool first = true;
        for (const std::string& line : lines_of(change, names)) {
            table.add({first ? names.instant(change.entry.now) : "",
                       first ? change.instance : "",
                       first ? std::to_string(change.entry.revision) : "",
                       first ? actor_of(change.entry.event, language) : "", line});
            first = false;
        }
    }
    if (!table.empty()) text += table.text(session.colour);
    if (!page.cursor.empty()) text += words::next_cursor.in(language, page.cursor) + '\n';
    return text;
}

Json changes_json(const ChangePage& page, Engine& engine, const Session& session) {
    Json list = Json::array();
    for (const CommittedStep& change : page.changes) {
        const Names names = names_of(change, engine, session);
        list.push_back({{"instance", change.instance},
                        {"revision", change.entry.revision},
                        {"now", to_string(change.entry.now, names.calendar().offset())},
                        {"who", actor_of(change.entry.event, session.language)},
                        {"what", lines_of(change, names)}});
    }
    return {{"changes", list}, {"cursor", page.cursor}, {"finished", page.finished}};
}

int run(Session& session, const ChangesOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const ChangePage page = open.engine->changes(options.after, options.limit);
    print(session.format == Format::json ? json_page(changes_json(page, *open.engine, session))
                                         : changes_text(page, *open.engine, session));
    return exit_ok;
}

}  // namespace

void add_changes(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "changes", "What has happened in any dossier since a cursor, in the order of the commits");
    ChangesOptions& options = options_of<ChangesOptions>(command, session, run);
    command.add_option("--after", options.after, "The cursor of the page before; none: from the beginning")
        ->type_name("CURSOR");
    command.add_option("--limit", options.limit, "So many steps at most")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000));
    add_store(command, options.store, nullptr);
    add_format(command, session);
    command.footer(
        "A cursor is good for its store only. No step is ever skipped.\n\n"
        "Example:\n"
        "  workflow changes --after 0.1520. --format json --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
