#include <array>

#include "answer.hpp"
#include "care_words.hpp"
#include "commands.hpp"
#include "dossier_store.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

struct OperateOptions {
    StoreOptions store;
    ActorOptions actor;
    std::string verb;
    std::string instance;
    std::optional<Ordinal> item;
    std::string to;
    std::string fields;
    std::vector<std::string> erased;
    std::string error;
    std::string failed;
    std::string reason;
    std::string request;
    bool clocks_wait = false;
    bool plan = false;
};

/// What a verb needs besides the dossier, and makes of it.
struct Verb {
    std::string_view name;
    bool item = false;
    bool to = false;
};
constexpr std::array<Verb, 13> verbs{{{"claim", true},
                                      {"release", true},
                                      {"delegate", true, true},
                                      {"reassign", true, true},
                                      {"move", true, true},
                                      {"retry", true},
                                      {"resolve", true},
                                      {"answer", true},
                                      {"correct"},
                                      {"erase"},
                                      {"suspend"},
                                      {"resume"},
                                      {"cancel"}}};

Event event_of(const OperateOptions& options, const Session& session) {
    const Actor actor = options.actor.actor();
    const Ordinal item = options.item.value_or(0);
    const auto fields = [&] { return parse_fields(options.fields, "--fields", session); };
    if (options.verb == "claim") return Claim{actor, item};
    if (options.verb == "release") return Release{actor, item};
    if (options.verb == "delegate") return Delegate{actor, item, options.to};
    if (options.verb == "reassign") return Reassign{actor, item, options.to, options.reason};
    if (options.verb == "move") return MoveToken{actor, item, options.to, options.reason};
    if (options.verb == "retry") return Retry{actor, item, options.reason};
    if (options.verb == "resolve") {
        return Resolve{actor, item, fields(), options.error, options.reason};
    }
    if (options.verb == "correct") return Correct{actor, fields(), options.reason, item};
    if (options.verb == "suspend") return Suspend{actor, options.reason, options.clocks_wait};
    if (options.verb == "resume") return Resume{actor, options.reason};
    if (options.verb == "cancel") return Cancel{actor, options.reason};
    if (options.verb == "erase") return Erase{actor, options.erased, options.reason};
    EffectResult answer{.token = item, .result = fields()};
    if (!options.error.empty()) {
        answer.kind = EffectResult::Kind::error;
        answer.code = options.error;
    } else if (!options.failed.empty()) {
        answer.kind = EffectResult::Kind::failure;
        answer.text = options.failed;
    }
    return answer;
}

/// The attempt that is waited for: the tool answers for the host.
void complete(Event& event, Engine& engine, const OperateOptions& options) {
    auto* answer = std::get_if<EffectResult>(&event);
    if (answer == nullptr) return;
    for (const Awaited& one : engine.get(options.instance).instance.awaited) {
        if (one.token == answer->token) answer->attempt = one.attempt;
    }
}

int run(Session& session, const OperateOptions& options) {
    for (const Verb& verb : verbs) {
        if (verb.name != options.verb) continue;
        if (verb.item && !options.item) {
            throw Failure(words::verb_needs.in(session.language, options.verb, "--item"),
                          exit_usage);
        }
        if (verb.to && options.to.empty()) {
            throw Failure(words::verb_needs.in(session.language, options.verb, "--to"), exit_usage);
        }
    }
    if (options.verb == "erase" && options.erased.empty()) {
        throw Failure(words::verb_needs.in(session.language, options.verb, "--field"), exit_usage);
    }
    Event event = event_of(options, session);
    const OpenStore open = open_store(options.store, Creates::no, session);
    complete(event, *open.engine, options);
    if (options.plan) {
        return print_answer(open.engine->plan(options.instance, event), *open.engine,
                            words::planned, words::planned, options.instance, session);
    }
    const Answer answer = open.engine->send(options.instance, event, {options.request, {}});
    return print_answer(answer, *open.engine, words::done, words::done_before, options.instance,
                        session);
}

}  // namespace

void add_operate(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "operate", "Hand work items on, answer for services, mend what stands still");
    OperateOptions& options = options_of<OperateOptions>(command, session, run);
    std::vector<std::string> names;
    for (const Verb& verb : verbs) names.emplace_back(verb.name);
    command.add_option("verb", options.verb, "What to do")
        ->required()
        ->option_text("VERB")
        ->check(CLI::IsMember(names));
    add_instance(command, options.instance);
    add_store(command, options.store, "--at");
    add_actor(command, options.actor, Needs::nothing);
    command
        .add_option("--item", options.item,
                    "Work item, or the number of what stands still or waits for an answer")
        ->option_text("NUMBER");
    command
        .add_option("--to", options.to,
                    "Of delegate and reassign the person, of move the state")
        ->option_text("NAME");
    command
        .add_option("--fields", options.fields,
                    "Of correct the data, of answer and resolve the result, a JSON object")
        ->option_text("JSON");
    command
        .add_option("--field", options.erased,
                    "Of erase a sensitive field, all its values; repeat it for several")
        ->allow_extra_args(false)
        ->option_text("ID");
    command.add_option("--error", options.error, "Of answer and resolve: a code instead of a result")
        ->option_text("CODE");
    command.add_option("--failed", options.failed, "Of answer: why the service could not")
        ->option_text("TEXT");
    command.add_option("--reason", options.reason, "For the history")->option_text("TEXT");
    command.add_flag("--clocks-wait", options.clocks_wait, "Of suspend: its clocks wait, too");
    command.add_flag("--plan", options.plan, "Show what it would do; nothing is changed");
    command
        .add_option("--request", options.request,
                    "Makes repeating safe: the same id again changes nothing")
        ->option_text("ID");
    add_format(command, session);
    command.footer(
        "Verbs: claim, release, delegate, reassign, move, retry, resolve, answer, correct, cancel,\n"
        "suspend, resume, erase.\n\n"
        "Example:\n"
        "  workflow operate retry service_onboarding/2017-01 --item 7 --as root \\\n"
        "      --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
