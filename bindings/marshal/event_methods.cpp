// What happens to instances: what people, operators, services, other systems and the time do.
#include <array>

#include "marshal/methods.hpp"
#include "workflow/error.hpp"

namespace workflow::marshal {
namespace {

Reply start(Engine& engine, Arguments& arguments) {
    const Engine::StartRequest wanted{.procedure = arguments.text("procedure"),
                                      .key = arguments.text("key"),
                                      .actor = arguments.actor(),
                                      .data = arguments.fields("data"),
                                      .variant = arguments.text_or_empty("variant"),
                                      .entry = arguments.text_or_empty("entry")};
    const Request request = arguments.request();
    arguments.done();
    return reply(engine.start(wanted, request), engine, "");
}

/// Sends the event, or tells what would come of it: `plan`.
Reply taken(Engine& engine, Arguments& arguments, const Event& event) {
    const std::string instance = arguments.text("instance");
    const bool only_planned = arguments.flag("plan");
    const Request request = arguments.request();
    arguments.done();
    return reply(only_planned ? engine.plan(instance, event) : engine.send(instance, event, request),
                 engine, instance);
}

Reply perform(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments,
                 Perform{.action = arguments.text("action"),
                         .actor = arguments.actor(),
                         .fields = arguments.fields("fields"),
                         .work_item = arguments.token_or_none("item")});
}

Reply claim(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments, Claim{arguments.actor(), arguments.token("item")});
}

Reply release(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments, Release{arguments.actor(), arguments.token("item")});
}

Reply delegate(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments,
                 Delegate{arguments.actor(), arguments.token("item"), arguments.text("to")});
}

Reply reassign(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments,
                 Reassign{arguments.actor(), arguments.token("item"), arguments.text("to"),
                          arguments.text("reason")});
}

Reply retry(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments,
                 Retry{arguments.actor(), arguments.token("token"), arguments.text_or_empty("reason")});
}

Reply resolve(Engine& engine, Arguments& arguments) {
    const bool is_error = arguments.has("error");
    if (is_error && arguments.has("result")) throw arguments.wrong("result", "cannot stand beside 'error'");
    return taken(engine, arguments,
                 Resolve{arguments.actor(), arguments.token("token"), arguments.fields("result"),
                         arguments.text_or_empty("error"), arguments.text("reason")});
}

Reply correct(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments,
                 Correct{arguments.actor(), arguments.fields("data"), arguments.text("reason"),
                         arguments.token_or_none("token").value_or(0)});
}

Reply move(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments,
                 MoveToken{arguments.actor(), arguments.token("token"), arguments.text("to"),
                           arguments.text("reason")});
}

Reply cancel(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments, Cancel{arguments.actor(), arguments.text("reason")});
}

Reply suspend(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments,
                 Suspend{arguments.actor(), arguments.text("reason"), arguments.flag("clocks_wait")});
}

Reply resume(Engine& engine, Arguments& arguments) {
    return taken(engine, arguments, Resume{arguments.actor(), arguments.text("reason")});
}

Reply erase(Engine& engine, Arguments& arguments) {
    const std::string instance = arguments.text("instance");
    const auto fields = arguments.texts("fields");
    const Actor actor = arguments.actor();
    const std::string reason = arguments.text("reason");
    const Request request = arguments.request();
    arguments.done();
    return reply(engine.erase(instance, fields, actor, reason, request), engine, instance);
}

Reply answer_service(Engine& engine, Arguments& arguments) {
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
    return taken(engine, arguments, result);
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

constexpr std::array<Method, 17> methods_of_events{{
    {"answer_service", answer_service},
    {"cancel", cancel},
    {"claim", claim},
    {"correct", correct},
    {"delegate", delegate},
    {"erase", erase},
    {"move", move},
    {"perform", perform},
    {"reassign", reassign},
    {"release", release},
    {"resolve", resolve},
    {"resume", resume},
    {"retry", retry},
    {"run_due", run_due},
    {"send_message", send_message},
    {"start", start},
    {"suspend", suspend},
}};

}  // namespace

std::span<const Method> event_methods() {
    return methods_of_events;
}

}  // namespace workflow::marshal
