// What happens to instances: what people, operators, services, other systems and the time do.
#include <array>

#include "marshal/methods.hpp"
#include "workflow/error.hpp"

namespace workflow::marshal {
namespace {

/// The same for whoever waits and for whoever does not.
struct Starting {
    explicit Starting(Arguments& arguments)
        : wanted{.procedure = arguments.text("procedure"),
                 .key = arguments.text("key"),
                 .actor = arguments.actor(),
                 .data = arguments.fields("data"),
                 .variant = arguments.text_or_empty("variant"),
                 .entry = arguments.text_or_empty("entry")},
          request(arguments.request()) {
        arguments.done();
    }
    Engine::StartRequest wanted;
    Request request;
};

Reply start(Engine& engine, Arguments& arguments) {
    const Starting given(arguments);
    return reply(engine.start(given.wanted, given.request), engine, "");
}

/// Of a step that has ended.
CommitService::Completion<Answer> completion(Engine& engine, std::string instance, Completion told) {
    return [&engine, instance = std::move(instance), told = std::move(told)](std::future<Answer> ready) {
        told([&] { return reply(ready.get(), engine, instance); });
    };
}

void start_later(CommitService& commits, Engine& engine, Arguments& arguments, Completion told) {
    const Starting given(arguments);
    commits.start_later(given.wanted, given.request, completion(engine, "", std::move(told)));
}

// --- what is sent to an instance, each event as its arguments say --------------------------------
using ReadEvent = Event (*)(Arguments& arguments);

/// Sends it, or tells what would come of it: `plan`.
template <ReadEvent read>
Reply sent(Engine& engine, Arguments& arguments) {
    const Event event = read(arguments);
    const std::string instance = arguments.text("instance");
    const bool only_planned = arguments.flag("plan");
    const Request request = arguments.request();
    arguments.done();
    return reply(only_planned ? engine.plan(instance, event) : engine.send(instance, event, request),
                 engine, instance);
}

template <ReadEvent read>
void sent_later(CommitService& commits, Engine& engine, Arguments& arguments, Completion told) {
    const Event event = read(arguments);
    const std::string instance = arguments.text("instance");
    const Request request = arguments.request();
    arguments.done();
    commits.send_later(instance, event, request, completion(engine, instance, std::move(told)));
}

Event perform(Arguments& arguments) {
    return Perform{.action = arguments.text("action"),
                         .actor = arguments.actor(),
                         .fields = arguments.fields("fields"),
                         .work_item = arguments.token_or_none("item")};
}

Event claim(Arguments& arguments) {
    return Claim{arguments.actor(), arguments.token("item")};
}

Event release(Arguments& arguments) {
    return Release{arguments.actor(), arguments.token("item")};
}

Event delegate(Arguments& arguments) {
    return Delegate{arguments.actor(), arguments.token("item"), arguments.text("to")};
}

Event reassign(Arguments& arguments) {
    return Reassign{arguments.actor(), arguments.token("item"), arguments.text("to"),
                          arguments.text("reason")};
}

Event retry(Arguments& arguments) {
    return Retry{arguments.actor(), arguments.token("token"), arguments.text_or_empty("reason")};
}

Event resolve(Arguments& arguments) {
    const bool is_error = arguments.has("error");
    if (is_error && arguments.has("result")) throw arguments.wrong("result", "cannot stand beside 'error'");
    return Resolve{arguments.actor(), arguments.token("token"), arguments.fields("result"),
                         arguments.text_or_empty("error"), arguments.text("reason")};
}

Event correct(Arguments& arguments) {
    return Correct{arguments.actor(), arguments.fields("data"), arguments.text("reason"),
                         arguments.token_or_none("token").value_or(0)};
}

Event move(Arguments& arguments) {
    return MoveToken{arguments.actor(), arguments.token("token"), arguments.text("to"),
                           arguments.text("reason")};
}

Event cancel(Arguments& arguments) {
    return Cancel{arguments.actor(), arguments.text("reason")};
}

Event suspend(Arguments& arguments) {
    return Suspend{arguments.actor(), arguments.text("reason"), arguments.flag("clocks_wait")};
}

Event resume(Arguments& arguments) {
    return Resume{arguments.actor(), arguments.text("reason")};
}

Event answer_service(Arguments& arguments) {
    const std::string_view kind = arguments.one_of({"result", "error", "failure"});
    EffectResult result{.token = arguments.token("token"),
                        .attempt = static_cast<std::uint32_t>(
                            arguments.integer("attempt", 1, UINT32_MAX).value_or(1))};
    if (kind == "result") {
        result.result = arguments.fields("result");
    } else if (kind == "error") {
        result.kind = EffectResult::Kind::error;
        result.code = arguments.text("error");
        result.text = arguments.text_or_empty("text");
    } else {
        result.kind = EffectResult::Kind::failure;
        result.text = arguments.text("failure");
    }
    return result;
}

// --- the others -----------------------------------------------------------------------------------
Reply erase(Engine& engine, Arguments& arguments) {
    const std::string instance = arguments.text("instance");
    const auto fields = arguments.texts("fields");
    const Actor actor = arguments.actor();
    const std::string reason = arguments.text("reason");
    const Request request = arguments.request();
    arguments.done();
    return reply(engine.erase(instance, fields, actor, reason, request), engine, instance);
}

Reply send_message(Engine& engine, Arguments& arguments) {
    const Message message{.message = arguments.text("message"),
                          .key = arguments.text_or_empty("key"),
                          .fields = arguments.fields("fields"),
                          .sender = arguments.text_or_empty("sender"),
                          .place = {}};
    const std::string instance = arguments.text_or_empty("instance");
    const Request request = arguments.request();
    arguments.done();
    if (instance.empty() && !request.id.empty()) {
        throw arguments.wrong("request", "goes with 'instance' only: a message by key is another one "
                                         "each time");
    }
    const MessageAnswer answer =
        instance.empty() ? engine.send(message) : engine.send_to(instance, message, request);
    if (const auto* refused = std::get_if<Refusal>(&answer)) {
        return reply(*refused, engine, instance);
    }
    const auto& delivered = std::get<Delivered>(answer);
    return {false, Members{{"delivered", to_string(delivered.how)},
                           {"steps", list_of(delivered.steps, [&](const Done& one) {
                                return done(one, engine);
                            })}}};
}

Reply run_due(Engine& engine, Arguments& arguments) {
    arguments.done();
    const DueReport report = engine.run_due();
    return {false, Members{{"fired", count(report.fired)},
                           {"delivered", count(report.delivered)},
                           {"undelivered", count(report.undelivered)},
                           {"carried", count(report.carried)},
                           {"failed", failures(report.failed)}}};
}

template <ReadEvent read>
constexpr Method event(const char* name) {
    return {name, sent<read>, sent_later<read>};
}

constexpr std::array<Method, 17> methods_of_events{{
    event<answer_service>("answer_service"),
    event<cancel>("cancel"),
    event<claim>("claim"),
    event<correct>("correct"),
    event<delegate>("delegate"),
    {"erase", erase},
    event<move>("move"),
    event<perform>("perform"),
    event<reassign>("reassign"),
    event<release>("release"),
    event<resolve>("resolve"),
    event<resume>("resume"),
    event<retry>("retry"),
    {"run_due", run_due},
    {"send_message", send_message},
    {"start", start, start_later},
    event<suspend>("suspend"),
}};

}  // namespace

std::span<const Method> event_methods() {
    return methods_of_events;
}

}  // namespace workflow::marshal
