#include "answer.hpp"
#include "commands.hpp"
#include "dossier_store.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

struct PerformOptions {
    StoreOptions store;
    ActorOptions actor;
    std::string instance;
    std::string action;
    std::string fields;
    std::optional<Ordinal> item;
    std::string request;
    std::optional<Revision> revision;
};

int run(Session& session, const PerformOptions& options) {
    const Perform action{.action = options.action,
                         .actor = options.actor.actor(),
                         .fields = parse_fields(options.fields, "--fields", session),
                         .work_item = options.item};
    const OpenStore open = open_store(options.store, Creates::no, session);
    const Answer answer =
        open.engine->perform(options.instance, action, {options.request, options.revision});
    return print_answer(answer, *open.engine, words::done, words::done_before, options.instance,
                        session);
}

}  // namespace

void add_perform(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand("perform", "Do something in a dossier");
    PerformOptions& options = options_of<PerformOptions>(command, session, run);
    add_instance(command, options.instance);
    command
        .add_option("action", options.action, "The action's id; worklist lists what is possible")
        ->required()
        ->option_text("ACTION");
    add_store(command, options.store, "--at");
    add_actor(command, options.actor, Needs::id_and_role);
    command.add_option("--fields", options.fields, "What the action asks for, a JSON object")
        ->option_text("JSON");
    command.add_option("--item", options.item, "The work item, where several offer the action")
        ->option_text("NUMBER");
    command
        .add_option("--request", options.request,
                    "Makes repeating safe: the same id again changes nothing")
        ->option_text("ID");
    command
        .add_option("--revision", options.revision,
                    "Refuse when the dossier is at another revision by now")
        ->option_text("NUMBER");
    add_format(command, session);
    command.footer(
        "Example:\n"
        "  workflow perform service_onboarding/2017-01 agree --as minh --role legal_affairs \\\n"
        "      --fields '{\"opinion\": \"opinion-12.pdf\"}' --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
