#include "answer.hpp"
#include "commands.hpp"
#include "dossier_store.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

struct StartOptions {
    StoreOptions store;
    ActorOptions actor;
    std::string procedure;
    std::string key;
    std::string data;
    std::string variant;
    std::string entry;
};

int run(Session& session, const StartOptions& options) {
    Engine::StartRequest request{.procedure = options.procedure,
                                 .key = options.key,
                                 .actor = options.actor.actor(),
                                 .data = parse_fields(options.data, "--data", session),
                                 .variant = options.variant,
                                 .entry = options.entry};
    const OpenStore open = open_store(options.store, Creates::no, session);
    const Answer answer = open.engine->start(request);
    return print_answer(answer, *open.engine, words::started, words::already_started,
                        options.procedure, session);
}

}  // namespace

void add_start(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand("start", "Start a dossier");
    StartOptions& options = options_of<StartOptions>(command, session, run);
    command.add_option("procedure", options.procedure, "The procedure's id")
        ->required()
        ->option_text("PROCEDURE");
    command.add_option("key", options.key, "Your own number of the dossier")
        ->required()
        ->option_text("KEY");
    add_store(command, options.store, "--at");
    add_actor(command, options.actor, Needs::nothing);
    command.add_option("--data", options.data, "What the procedure asks for, a JSON object")
        ->option_text("JSON");
    command.add_option("--variant", options.variant, "A variant of the procedure")
        ->option_text("VARIANT");
    command.add_option("--entry", options.entry, "Where to begin, if the procedure has several starts")
        ->option_text("ENTRY");
    add_format(command, session);
    command.footer(
        "The dossier is called PROCEDURE/KEY. Starting the same again changes nothing.\n\n"
        "Example:\n"
        "  workflow start service_onboarding 2017-01 --as lan --role proposing_unit \\\n"
        "      --data '{\"service_name\": \"Licence\", \"units\": [\"culture\"]}' \\\n"
        "      --at 2017-04-25T09:00 --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
