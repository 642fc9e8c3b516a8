// Who acts on whose behalf, and when.
#include <nlohmann/json.hpp>

#include "care_words.hpp"
#include "commands.hpp"
#include "dossier_store.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct DelegationOptions {
    StoreOptions store;
    Delegation delegation;
    std::string since;
    std::string until;
};

int run_enter(Session& session, const DelegationOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    Delegation delegation = options.delegation;
    delegation.since = parse_option_time(options.since, "--since", *open.engine, session);
    delegation.until = parse_option_time(options.until, "--until", *open.engine, session);
    open.engine->put_delegation(delegation);
    print(words::delegation_entered.in(session.language, printable(delegation.delegate),
                                       printable(delegation.delegator), options.since,
                                       options.until) +
          '\n');
    return exit_ok;
}

int run_list(Session& session, const DelegationOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const std::string& language = session.language;
    Table table({{words::delegate.in(language)},
                 {words::delegator.in(language)},
                 {words::from.in(language)},
                 {words::until.in(language)},
                 {words::roles.in(language)},
                 {words::units.in(language)},
                 {words::reason.in(language)}});
    Json list = Json::array();
    const UtcOffset offset = common_offset(*open.engine);
    DelegationPage page;
    do {
        page = open.engine->delegations(page.cursor);
        for (const Delegation& one : page.delegations) {
            table.add({printable(one.delegate), printable(one.delegator),
                       to_string(one.since, offset), to_string(one.until, offset),
                       joined(one.roles), joined(one.units), printable(one.reason)});
            list.push_back({{"delegate", one.delegate},
                            {"delegator", one.delegator},
                            {"since", to_string(one.since, offset)},
                            {"until", to_string(one.until, offset)},
                            {"roles", one.roles},
                            {"units", one.units},
                            {"entered_by", one.entered_by},
                            {"reason", one.reason}});
        }
    } while (!page.finished);
    if (session.format == Format::json) {
        print(json_page({{"delegations", list}}));
    } else {
        print(table.empty() ? std::string(words::no_delegations.in(language)) + '\n'
                            : table.text(session.colour));
    }
    return exit_ok;
}

}  // namespace

void add_delegation(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "delegation", "Who may act on whose behalf, within dates");
    command.require_subcommand(1);

    CLI::App& enter = *command.add_subcommand("enter", "Enter one, or change when it ends");
    DelegationOptions& options = options_of<DelegationOptions>(enter, session, run_enter);
    Delegation& one = options.delegation;
    enter.add_option("--of", one.delegator, "Whose work it is")->required()->option_text("ID");
    enter.add_option("--to", one.delegate, "Who may do it")->required()->option_text("ID");
    enter.add_option("--since", options.since, "From when")->required()->option_text("INSTANT");
    enter.add_option("--until", options.until, "Until before when")
        ->required()
        ->option_text("INSTANT");
    enter.add_option("--role", one.roles, "A role of the delegator; repeat it for several")
        ->required()
        ->allow_extra_args(false)
        ->delimiter(',')
        ->option_text("ROLE");
    enter.add_option("--unit", one.units, "A unit of the delegator; repeat it for several")
        ->allow_extra_args(false)
        ->delimiter(',')
        ->option_text("UNIT");
    enter.add_option("--as", one.entered_by, "Who enters it")->required()->option_text("ID");
    enter.add_option("--reason", one.reason, "The decision")->option_text("TEXT");
    add_store(enter, options.store, nullptr);
    add_language(enter, session);
    enter.footer(
        "The delegate then acts with --as and --for, and names no role. The same --of, --to and\n"
        "--since again changes the rest: an earlier --until takes it back.\n\n"
        "Example:\n"
        "  workflow delegation enter --of an --to binh --role officer --since 2017-06-05 \\\n"
        "      --until 2017-06-12 --as lan --reason \"Decision 12\" --store sqlite:dossiers.db");

    CLI::App& list = *command.add_subcommand("list", "All that were entered");
    DelegationOptions& listing = options_of<DelegationOptions>(list, session, run_list);
    add_store(list, listing.store, nullptr);
    add_format(list, session);
    list.footer("Example:\n  workflow delegation list --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
