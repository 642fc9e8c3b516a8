// The addon of Node.js, over Node-API: every call is work of another thread and a promise, so that the event loop
// never waits. What users see is in index.js.
#include <array>
#include <atomic>
#include <memory>
#include <thread>

#include "marshal/host.hpp"
#include "marshal/marshal.hpp"
#include "node/questions.hpp"
#include "node/steps.hpp"
#include "node/values.hpp"
#include "node/work.hpp"

using namespace workflow;
using workflow::node::entered;
using workflow::node::Function;
using workflow::node::questions_of;
using workflow::node::text_from;
using workflow::node::value_of;
using workflow::node::Work;

namespace {

// --- handles -------------------------------------------------------------------------------------
struct OpenEngine {
    /// Before the last step could be the last to know the threads that commit it.
    ~OpenEngine() {
        if (steps != nullptr) steps->stop();
    }
    marshal::HostOptions options;
    std::shared_ptr<Engine> engine;      // once it is connected, until it is closed
    std::shared_ptr<node::Steps> steps;  // none: they are work of pool threads, too
};
struct OpenOutbox {
    std::shared_ptr<Engine> engine;  // outlives the service
    std::shared_ptr<OutboxService> service;
};
struct OpenTimer {
    std::shared_ptr<Engine> engine;
    std::shared_ptr<TimerService> service;
};
std::atomic<std::uint32_t> live_handles{0};

template <class Held>
Napi::Value wrapped(Napi::Env env, Held held) {
    const auto drop = [questions = questions_of(env)](Napi::Env, Held* data) {
        std::unique_ptr<Held> left(data);
        --live_handles;
        // What was not closed waits for its handlers, and those for the event loop: elsewhere, then.
        if (!questions->is_ending()) std::thread([left = std::move(left)] {}).detach();
    };
    auto external = Napi::External<Held>::New(env, new Held(std::move(held)), drop);
    ++live_handles;
    return external;
}

template <class Held>
Held& unwrapped(const Napi::Value& external) {
    return *external.As<Napi::External<Held>>().Data();
}

template <class Service>
std::shared_ptr<Service> open_one(const std::shared_ptr<Service>& service, const char* what) {
    if (service == nullptr) throw Error(ErrorCode::misuse, std::string("the ") + what + " is closed");
    return service;
}

std::shared_ptr<OpenEngine> opened(const Napi::Value& external) {
    return unwrapped<std::shared_ptr<OpenEngine>>(external);
}

std::shared_ptr<Function> function_of(const Napi::Value& given) {
    if (!given.IsFunction()) throw Error(ErrorCode::misuse, "a handler must be a function");
    return std::make_shared<Function>(given.Env(), given.As<Napi::Function>());
}

/// What another thread asks of a function, whose answer comes through answer().
std::function<Value(const Value&)> asked_of(const Napi::Value& given) {
    return [questions = questions_of(given.Env()), function = function_of(given)](const Value& about) {
        return questions->ask(*function, about);
    };
}

/// At least 1.
std::uint32_t positive(const Napi::Value& given, const char* words) {
    const std::uint32_t number = given.IsNumber() ? given.As<Napi::Number>().Uint32Value() : 0;
    if (number == 0) throw Error(ErrorCode::misuse, words);
    return number;
}

// --- what index.js calls -------------------------------------------------------------------------
/// open(store, schema, clock, log): `clock` answers a Date through answer(), `log` is told. To be connected.
Napi::Value open_engine(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        marshal::HostOptions options;
        options.store = text_from(info[0], "the store");
        options.schema = text_from(info[1], "the schema");
        if (info[2].IsFunction()) {
            options.clock = [clock = asked_of(info[2])] {
                const Value told = clock({});
                if (told.instant() == nullptr) throw Error(ErrorCode::misuse, "the clock must return a Date");
                return *told.instant();
            };
        }
        if (info[3].IsFunction()) {
            options.log = [log = function_of(info[3])](const LogEntry& entry) {
                static constexpr std::array<const char*, 3> levels{"debug", "info", "warning"};
                Value told = Members{{"level", levels.at(static_cast<std::size_t>(entry.level))},
                                     {"instance", entry.instance},
                                     {"text", entry.text},
                                     {"trace", entry.trace}};
                (void)log->call([told = std::move(told)](Napi::Env env, const Napi::Function& tell) {
                    tell.Call({node::object_of(env, told)});
                });
            };
        }
        return wrapped(info.Env(), std::make_shared<OpenEngine>(OpenEngine{std::move(options), nullptr, nullptr}));
    });
}

/// connect(engine): a promise.
Napi::Value connect(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        return Work::start(info.Env(), [held = opened(info[0])] {
            held->engine = marshal::open_engine(held->options);
            return marshal::Reply{};
        });
    });
}

/// commits(engine, threads): steps are committed together from now on.
Napi::Value commit_together(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        const auto held = opened(info[0]);
        held->steps = std::make_shared<node::Steps>(info.Env(), open_one(held->engine, "engine"),
                                                    positive(info[1], "commits must be 0 or more"));
        return info.Env().Undefined();
    });
}

/// call(engine, name, arguments): a promise of {refused, value}.
Napi::Value call(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        const auto held = opened(info[0]);
        const auto engine = open_one(held->engine, "engine");
        const std::string name = text_from(info[1], "the call");
        Value arguments = value_of(info[2]);
        // To be handed over, a start may have to read definitions: no work for this thread.
        if (held->steps != nullptr && name != "start" && marshal::is_step(name, arguments)) {
            return held->steps->call(info.Env(), name, arguments);
        }
        return Work::start(info.Env(), [engine, name, arguments = std::move(arguments)] {
            return marshal::call(*engine, name, arguments);
        });
    });
}

Napi::Value close_engine(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        const auto held = opened(info[0]);
        return Work::start(info.Env(), [engine = std::exchange(held->engine, nullptr),
                                        steps = std::exchange(held->steps, nullptr)]() mutable {
            if (steps != nullptr) steps->stop();
            steps.reset();
            engine.reset();
            return marshal::Reply{};
        });
    });
}

/// outbox(engine, options)
Napi::Value open_outbox(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        const auto host = opened(info[0]);
        const auto engine = open_one(host->engine, "engine");
        auto service = std::make_shared<OutboxService>(
            *engine, marshal::outbox_options(value_of(info[1]), host->options.log));
        return wrapped(info.Env(), OpenOutbox{engine, std::move(service)});
    });
}

/// service(outbox, name, function): the function answers through answer().
Napi::Value add_service(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        auto& held = unwrapped<OpenOutbox>(info[0]);
        const auto service = open_one(held.service, "outbox");
        marshal::handle_service(*service, *held.engine, text_from(info[1], "the name"), asked_of(info[2]));
        return info.Env().Undefined();
    });
}

/// withdrawals(outbox, name, function): the same.
Napi::Value add_withdrawals(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        auto& held = unwrapped<OpenOutbox>(info[0]);
        const auto service = open_one(held.service, "outbox");
        marshal::handle_withdrawal(*service, *held.engine, text_from(info[1], "the name"), asked_of(info[2]));
        return info.Env().Undefined();
    });
}

/// notices(outbox, function): the same.
Napi::Value add_notices(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        auto& held = unwrapped<OpenOutbox>(info[0]);
        const auto service = open_one(held.service, "outbox");
        marshal::handle_notices(*service, *held.engine, asked_of(info[1]));
        return info.Env().Undefined();
    });
}

/// answer(number, value, failure): `failure` is a string where it has failed.
Napi::Value answer(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        const std::uint32_t number = info[0].As<Napi::Number>().Uint32Value();
        const auto questions = questions_of(info.Env());
        if (info[2].IsString()) {
            questions->answer(number, {}, text_from(info[2], "the failure"));
            return info.Env().Undefined();
        }
        try {
            questions->answer(number, value_of(info[1]), {});
        } catch (const Error& error) {
            questions->answer(number, {}, error.what());
        }
        return info.Env().Undefined();
    });
}

Napi::Value deliver(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        const auto service = open_one(unwrapped<OpenOutbox>(info[0]).service, "outbox");
        return Work::start(info.Env(), [service] {
            return marshal::Reply{false, static_cast<std::int64_t>(service->deliver_all())};
        });
    });
}

Napi::Value start_outbox(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        const std::uint32_t threads = positive(info[1], "threads must be at least 1");
        open_one(unwrapped<OpenOutbox>(info[0]).service, "outbox")->start(threads);
        return info.Env().Undefined();
    });
}

Napi::Value close_outbox(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        auto& held = unwrapped<OpenOutbox>(info[0]);
        return Work::start(info.Env(), [engine = std::exchange(held.engine, nullptr),
                                        service = std::exchange(held.service, nullptr)]() mutable {
            if (service != nullptr) service->stop();
            service.reset();
            engine.reset();
            return marshal::Reply{};
        });
    });
}

/// timer(engine, poll in milliseconds)
Napi::Value open_timer(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        const auto engine = open_one(opened(info[0])->engine, "engine");
        const std::uint32_t poll = positive(info[1], "poll must be at least 1 ms");
        auto service = std::make_shared<TimerService>(
            *engine, TimerOptions{.poll = std::chrono::milliseconds(poll), .on_report = {}, .on_problem = {}});
        service->start();
        return wrapped(info.Env(), OpenTimer{engine, std::move(service)});
    });
}

Napi::Value close_timer(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        auto& held = unwrapped<OpenTimer>(info[0]);
        return Work::start(info.Env(), [engine = std::exchange(held.engine, nullptr),
                                        service = std::exchange(held.service, nullptr)]() mutable {
            service.reset();
            engine.reset();
            return marshal::Reply{};
        });
    });
}

/// callWithoutEngine(name, arguments): a promise of the JSON text.
Napi::Value call_without_engine(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        return Work::start(info.Env(), [name = text_from(info[0], "the call"), arguments = value_of(info[1])] {
            return marshal::Reply{false, marshal::call_without_engine(name, arguments)};
        });
    });
}

Napi::Value calls(const Napi::CallbackInfo& info) {
    return entered(info.Env(), [&] {
        List names;
        for (const std::string& name : marshal::calls()) names.emplace_back(name);
        return node::object_of(info.Env(), Value(std::move(names)));
    });
}

Napi::Value handles(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), live_handles.load());
}

Napi::Object begin(Napi::Env env, Napi::Object exports) {
    using Called = Napi::Value (*)(const Napi::CallbackInfo&);
    const std::array<std::pair<const char*, Called>, 18> functions{{
        {"open", open_engine},
        {"connect", connect},
        {"commits", commit_together},
        {"call", call},
        {"close", close_engine},
        {"outbox", open_outbox},
        {"service", add_service},
        {"withdrawals", add_withdrawals},
        {"notices", add_notices},
        {"answer", answer},
        {"deliver", deliver},
        {"start", start_outbox},
        {"closeOutbox", close_outbox},
        {"timer", open_timer},
        {"closeTimer", close_timer},
        {"callWithoutEngine", call_without_engine},
        {"calls", calls},
        {"handles", handles},
    }};
    for (const auto& [name, function] : functions) exports.Set(name, Napi::Function::New(env, function, name));
    exports.Set("version", WORKFLOW_VERSION);
    (void)questions_of(env);
    return exports;
}

}  // namespace

NODE_API_MODULE(native, begin)
