#include <iterator>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "listing_words.hpp"
#include "situation.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct WorklistOptions {
    StoreOptions store;
    ActorOptions actor;
    WorkFilter filter;
    std::size_t limit = 100;
};

struct WorkListed {
    std::vector<WorkItem> items;
    bool is_whole = true;
};

/// One work item with where it stands.
struct Row {
    WorkItem work;
    OpenItem item;
    InstanceView view;
    std::vector<std::string> actions;  ///< ids of those that are open to the actor
};

std::vector<std::string> actions_of(Engine& engine, const WorkItem& work, const Actor& actor,
                                    const Procedure& procedure) {
    std::vector<std::string> ids;
    for (const PermittedAction& one : engine.permitted(work.instance, actor)) {
        if (one.work_item != work.ordinal || one.refused) continue;
        ids.push_back(procedure.action(one.declared_by, one.action).id);
    }
    return ids;
}

WorkListed listed(Engine& engine, const WorklistOptions& options) {
    WorkListed all;
    WorkPage page;
    do {
        page = engine.worklist(options.actor.actor(), options.filter, page.cursor,
                               options.limit - all.items.size());
        std::move(page.items.begin(), page.items.end(), std::back_inserter(all.items));
    } while (!page.finished && all.items.size() < options.limit);
    all.is_whole = page.finished;
    return all;
}

std::vector<Row> rows_of(Engine& engine, std::vector<WorkItem> items, const Actor& actor,
                         Instant now) {
    std::vector<Row> rows;
    for (WorkItem& work : items) {
        InstanceView view = engine.get(work.instance);
        auto actions = actions_of(engine, work, actor, *view.procedure);
        for (OpenItem& item : open_items(view, now)) {
            if (item.ordinal != work.ordinal) continue;
            rows.push_back({work, std::move(item), view, std::move(actions)});
            break;
        }
    }
    return rows;
}

std::string rows_text(const std::vector<Row>& rows, const Session& session) {
    const std::string& language = session.language;
    if (rows.empty()) return std::string(words::empty_list.in(language)) + '\n';
    Table table({{words::instance.in(language)},
                 {words::item.in(language), Column::Align::right},
                 {words::state.in(language)},
                 {words::due.in(language)},
                 {words::standing.in(language)},
                 {words::actions.in(language)}});
    for (const Row& row : rows) {
        const Names names(row.view, session);
        std::string state = names.state(row.item.state);
        if (!row.item.for_whom.empty()) state += " (" + row.item.for_whom + ")";
        table.add({Cell(row.work.instance, Tone::strong), std::to_string(row.work.ordinal), state,
                   row.item.clock ? due_cell(*row.item.clock, names) : Cell(""),
                   row.item.clock ? Cell(names.result(row.item.clock->result),
                                         standing_cell(*row.item.clock, names).tone)
                                  : Cell(""),
                   joined(row.actions)});
    }
    return table.text(session.colour);
}

Json rows_json(const std::vector<Row>& rows, const Session& session) {
    Json list = Json::array();
    for (const Row& row : rows) {
        const Names names(row.view, session);
        list.push_back({{"instance", row.work.instance},
                        {"item", row.work.ordinal},
                        {"role", row.work.role},
                        {"unit", row.work.unit},
                        {"state", names.graph().state(row.item.state).id},
                        {"title", names.state(row.item.state)},
                        {"since", to_string(row.item.since, names.calendar().offset())},
                        {"clock", row.item.clock ? clock_json(*row.item.clock, names) : Json()},
                        {"actions", row.actions}});
    }
    return list;
}

int run(Session& session, const WorklistOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    WorkListed found = listed(*open.engine, options);
    const std::vector<Row> rows = rows_of(*open.engine, std::move(found.items),
                                          options.actor.actor(), open.clock->now());
    if (session.format == Format::json) {
        print(json_page(
            {{"worklist", rows_json(rows, session)}, {"finished", found.is_whole}}));
        return exit_ok;
    }
    print(rows_text(rows, session));
    if (!found.is_whole) {
        print(words::more_items.in(session.language, 2 * options.limit) + '\n');
    }
    return exit_ok;
}

}  // namespace

void add_worklist(CLI::App& application, Session& session) {
    CLI::App& command =
        *application.add_subcommand("worklist", "What waits for somebody, most urgent first");
    WorklistOptions& options = options_of<WorklistOptions>(command, session, run);
    add_store(command, options.store, "--at,--now");
    add_actor(command, options.actor, Needs::id_and_role);
    command.add_flag("--overdue", options.filter.overdue, "Only what is late");
    command.add_option("--procedure", options.filter.procedure, "Only of this procedure")
        ->type_name("ID");
    command.add_option("--state", options.filter.state, "Only what stands on this state")
        ->type_name("ID");
    command.add_option("--text", options.filter.text,
                       "Only dossiers whose key or data, but for what is sensitive, hold this")
        ->type_name("TEXT");
    command.add_option("--limit", options.limit, "So many at most")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000));
    add_format(command, session);
    command.footer(
        "Examples:\n"
        "  workflow worklist --as minh --role legal_affairs --store sqlite:dossiers.db\n"
        "  workflow worklist --as hoa --role confirming_unit --unit culture --lang vi \\\n"
        "      --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
