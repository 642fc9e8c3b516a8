#include <nlohmann/json.hpp>

#include "answer.hpp"
#include "commands.hpp"
#include "dossier_store.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct SendOptions {
    StoreOptions store;
    std::string message;
    std::string key;
    std::string instance;
    std::string fields;
    std::string sender;
    std::string request;
};

const Word& word_of(Delivered::How how) {
    switch (how) {
        case Delivered::How::taken:
            return words::message_taken;
        case Delivered::How::kept:
            return words::message_kept;
        case Delivered::How::ignored:
            return words::message_ignored;
        case Delivered::How::not_found:
            return words::message_not_found;
    }
    return words::message_not_found;
}

int print_delivered(const Delivered& delivered, const SendOptions& options, const Session& session) {
    if (session.format == Format::json) {
        Json steps = Json::array();
        for (const Done& step : delivered.steps) {
            steps.push_back({{"instance", step.instance},
                             {"revision", step.revision},
                             {"repeated", step.repeated}});
        }
        print(json_page({{"message", options.message},
                         {"delivered", to_string(delivered.how)},
                         {"steps", steps}}));
    } else {
        std::string text =
            word_of(delivered.how).in(session.language, printable(options.message)) + '\n';
        for (const Done& step : delivered.steps) {
            text += fmt::format("  {} ({})\n", printable(step.instance), step.revision);
        }
        print(text);
    }
    const bool arrived =
        delivered.how == Delivered::How::taken || delivered.how == Delivered::How::kept;
    return arrived ? exit_ok : exit_refused;
}

int run(Session& session, const SendOptions& options) {
    const Message message{options.message,
                          options.key,
                          parse_fields(options.fields, "--fields", session),
                          options.sender,
                          {}};
    const OpenStore open = open_store(options.store, Creates::no, session);
    const MessageAnswer answer =
        options.instance.empty()
            ? open.engine->send(message)
            : open.engine->send_to(options.instance, message, {options.request, {}});
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        return print_answer(*refusal, *open.engine, words::done, words::done_before,
                            options.instance, session);
    }
    return print_delivered(std::get<Delivered>(answer), options, session);
}

}  // namespace

void add_send(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand("send", "Send a message to whom waits for it");
    SendOptions& options = options_of<SendOptions>(command, session, run);
    command.add_option("message", options.message, "The message's id")
        ->required()
        ->option_text("MESSAGE");
    command.add_option("--key", options.key, "What the place that takes it waits under")
        ->option_text("KEY");
    CLI::Option* instance =
        command.add_option("--instance", options.instance, "Only to this dossier, PROCEDURE/KEY")
            ->option_text("INSTANCE");
    add_store(command, options.store, "--at");
    command.add_option("--fields", options.fields, "What the message says, a JSON object")
        ->option_text("JSON");
    command.add_option("--from", options.sender, "Who sends it, for the history")
        ->option_text("NAME");
    command
        .add_option("--request", options.request,
                    "Makes repeating safe: the same id again changes nothing")
        ->option_text("ID")
        ->needs(instance);
    add_format(command, session);
    command.footer(
        "Exit status 1 when nobody waits for it and it is not kept.\n\n"
        "Example:\n"
        "  workflow send fee_paid --key 2017-01 --fields '{\"amount\": 300}' --from bank \\\n"
        "      --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
