// All that an officer who left has in hand, handed to somebody else.
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "names.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct HandoverOptions {
    StoreOptions store;
    ActorOptions actor;
    std::string from;
    std::string to;
    std::string reason;
};

void add(HandoverReport& all, HandoverReport batch) {
    std::move(batch.items.begin(), batch.items.end(), std::back_inserter(all.items));
    std::move(batch.failed.begin(), batch.failed.end(), std::back_inserter(all.failed));
    all.cursor = std::move(batch.cursor);
    all.finished = batch.finished;
}

std::string state_of(const InstanceView& view, const WorkItem& item, const Names& names) {
    for (const Token& token : view.instance.tokens) {
        if (token.ordinal == item.ordinal) return names.state(token.state);
    }
    return {};  // the step has led on
}

int print_report(const HandoverReport& report, Engine& engine, const Word& heading,
                 const Session& session) {
    const std::string& language = session.language;
    Json list = Json::array();
    Table table({{words::instance.in(language)},
                 {words::item.in(language), Column::Align::right},
                 {words::state.in(language)},
                 {words::due.in(language)}});
    for (const WorkItem& item : report.items) {
        const InstanceView view = engine.get(item.instance);
        const Names names(view, session);
        const UtcOffset offset = names.calendar().offset();
        list.push_back({{"instance", item.instance},
                        {"item", item.ordinal},
                        {"role", item.role},
                        {"due", item.due ? Json(to_string(*item.due, offset)) : Json()}});
        table.add({printable(item.instance), std::to_string(item.ordinal),
                   state_of(view, item, names), item.due ? names.due(*item.due) : std::string()});
    }
    if (session.format == Format::json) {
        Json failed = Json::array();
        for (const auto& [instance, why] : report.failed) {
            failed.push_back({{"instance", instance}, {"why", why}});
        }
        print(json_page({{"items", list}, {"failed", failed}}));
    } else {
        print(heading.in(language, report.items.size()) + '\n');
        if (!table.empty()) print('\n' + table.text(session.colour));
        for (const auto& [instance, why] : report.failed) {
            print_error(words::not_run.in(language, printable(instance), printable(why)) + '\n');
        }
    }
    return report.failed.empty() ? exit_ok : exit_refused;
}

int run_plan(Session& session, const HandoverOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    HandoverReport all;
    while (!all.finished) add(all, open.engine->plan_reassign_all(options.from, all.cursor));
    return print_report(all, *open.engine, words::in_hand, session);
}

int run_apply(Session& session, const HandoverOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    HandoverReport all;
    while (!all.finished) {
        add(all, open.engine->reassign_all(options.from, options.to, options.actor.actor(),
                                           options.reason, all.cursor));
    }
    return print_report(all, *open.engine, words::handed_over, session);
}

void add_common(CLI::App& command, HandoverOptions& options, Session& session) {
    command.add_option("from", options.from, "Who has left: his id")
        ->required()
        ->option_text("FROM");
    add_store(command, options.store, "--at,--now");
    add_format(command, session);
}

}  // namespace

void add_handover(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "handover", "Hand all that an officer who left has in hand to somebody else");
    command.require_subcommand(1);

    CLI::App& plan = *command.add_subcommand("plan", "What he has in hand; nothing is changed");
    add_common(plan, options_of<HandoverOptions>(plan, session, run_plan), session);
    plan.footer("Example:\n  workflow handover plan an --store sqlite:dossiers.db");

    CLI::App& apply = *command.add_subcommand("apply", "Hand it over, each item with the reason");
    HandoverOptions& options = options_of<HandoverOptions>(apply, session, run_apply);
    add_common(apply, options, session);
    apply.add_option("--to", options.to, "Who gets it: an id; he still needs the role")
        ->required()
        ->option_text("ID");
    add_actor(apply, options.actor, Needs::id_and_role);
    apply.add_option("--reason", options.reason, "For the history")->required()->option_text("TEXT");
    apply.footer(
        "What was interrupted may be run again.\n\n"
        "Example:\n"
        "  workflow handover apply an --to binh --reason \"moved to another office\" \\\n"
        "    --as lan --role operator --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
