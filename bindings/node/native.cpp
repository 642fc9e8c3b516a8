// The addon of Node.js, over Node-API alone: every call is work of a pool thread and a promise, so that the
// event loop never waits. What users see is in index.js.
#include <node_api.h>

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
#include "workflow/error.hpp"

using namespace workflow;
using workflow::node::check;
using workflow::node::entered;
using workflow::node::Function;
using workflow::node::put_question;
using workflow::node::questions;
using workflow::node::Work;

namespace {

constexpr std::size_t arguments_max = 6;

struct Given {
    std::array<napi_value, arguments_max> values{};
    std::size_t count = arguments_max;
};

Given given(napi_env env, napi_callback_info info) {
    Given all;
    check(env, napi_get_cb_info(env, info, &all.count, all.values.data(), nullptr, nullptr));
    return all;
}

bool is_function(napi_env env, napi_value given_value) {
    napi_valuetype type{};
    check(env, napi_typeof(env, given_value, &type));
    return type == napi_function;
}

// --- handles -------------------------------------------------------------------------------------
struct OpenEngine {
    marshal::HostOptions options;
    std::shared_ptr<Engine> engine;  // once it is connected, until it is closed
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
napi_value wrapped(napi_env env, Held held) {
    napi_value object = nullptr;
    auto owned = std::make_unique<Held>(std::move(held));
    const auto drop = [](napi_env, void* data, void*) {
        std::unique_ptr<Held> left(static_cast<Held*>(data));
        --live_handles;
        // What was not closed waits for its handlers, and those for the event loop: elsewhere, then.
        if (!questions().is_ending()) std::thread([left = std::move(left)] {}).detach();
    };
    check(env, napi_create_external(env, owned.get(), drop, nullptr, &object));
    (void)owned.release();
    ++live_handles;
    return object;
}

template <class Held>
Held& unwrapped(napi_env env, napi_value external) {
    void* data = nullptr;
    check(env, napi_get_value_external(env, external, &data));
    return *static_cast<Held*>(data);
}

template <class Service>
std::shared_ptr<Service> open_one(const std::shared_ptr<Service>& service, const char* what) {
    if (service == nullptr) throw Error(ErrorCode::misuse, std::string("the ") + what + " is closed");
    return service;
}

std::shared_ptr<OpenEngine> opened(napi_env env, napi_value external) {
    return unwrapped<std::shared_ptr<OpenEngine>>(env, external);
}

// --- what index.js calls -------------------------------------------------------------------------
/// open(store, schema, clock, log): `clock` answers a Date through answer(), `log` is told. To be connected.
napi_value open_engine(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const Given all = given(env, info);
        marshal::HostOptions options;
        options.store = node::text_from(env, all.values[0], "the store");
        options.schema = node::text_from(env, all.values[1], "the schema");
        if (is_function(env, all.values[2])) {
            options.clock = [clock = std::make_shared<Function>(env, all.values[2], put_question)] {
                const Value told = questions().ask(*clock, {});
                if (told.instant() == nullptr) throw Error(ErrorCode::misuse, "the clock must return a Date");
                return *told.instant();
            };
        }
        if (is_function(env, all.values[3])) {
            options.log = [log = std::make_shared<Function>(env, all.values[3], node::tell)](const LogEntry& entry) {
                static constexpr std::array<const char*, 3> levels{"debug", "info", "warning"};
                auto told = std::make_unique<Value>(
                    Members{{"level", levels.at(static_cast<std::size_t>(entry.level))},
                            {"instance", entry.instance},
                            {"text", entry.text},
                            {"trace", entry.trace}});
                if (log->call(told.get())) (void)told.release();
            };
        }
        return wrapped(env, std::make_shared<OpenEngine>(OpenEngine{std::move(options), nullptr, nullptr}));
    });
}

/// connect(engine): a promise.
napi_value connect(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        return Work::start(env, [held = opened(env, given(env, info).values[0])] {
            held->engine = marshal::open_engine(held->options);
            return marshal::Reply{};
        });
    });
}

/// commits(engine, threads): steps are committed together from now on.
napi_value commit_together(napi_env env, napi_callback_info info) {
    return entered(env, [&]() -> napi_value {
        const Given all = given(env, info);
        const auto held = opened(env, all.values[0]);
        std::uint32_t threads = 0;
        check(env, napi_get_value_uint32(env, all.values[1], &threads));
        held->steps = std::make_shared<node::Steps>(env, open_one(held->engine, "engine"), threads);
        return nullptr;
    });
}

/// call(engine, name, arguments): a promise of {refused, value}.
napi_value call(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const Given all = given(env, info);
        const auto held = opened(env, all.values[0]);
        const auto engine = open_one(held->engine, "engine");
        const std::string name = node::text_from(env, all.values[1], "the call");
        Value arguments = node::value_of(env, all.values[2]);
        // To be handed over, a start may have to read definitions: no work for this thread.
        if (held->steps != nullptr && name != "start" && marshal::is_step(name, arguments)) {
            return held->steps->call(env, name, arguments);
        }
        return Work::start(env, [engine, name, arguments = std::move(arguments)] {
            return marshal::call(*engine, name, arguments);
        });
    });
}

napi_value close_engine(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const auto held = opened(env, given(env, info).values[0]);
        return Work::start(env, [engine = std::exchange(held->engine, nullptr),
                                 steps = std::exchange(held->steps, nullptr)]() mutable {
            if (steps != nullptr) steps->stop();
            steps.reset();
            engine.reset();
            return marshal::Reply{};
        });
    });
}

/// outbox(engine, options)
napi_value open_outbox(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const Given all = given(env, info);
        const auto host = opened(env, all.values[0]);
        const auto engine = open_one(host->engine, "engine");
        auto service = std::make_shared<OutboxService>(
            *engine, marshal::outbox_options(node::value_of(env, all.values[1]), host->options.log));
        return wrapped(env, OpenOutbox{engine, std::move(service)});
    });
}

/// service(outbox, name, function): the function answers through answer().
napi_value add_service(napi_env env, napi_callback_info info) {
    return entered(env, [&]() -> napi_value {
        const Given all = given(env, info);
        auto& held = unwrapped<OpenOutbox>(env, all.values[0]);
        const auto service = open_one(held.service, "outbox");
        if (!is_function(env, all.values[2])) throw Error(ErrorCode::misuse, "a handler must be a function");
        marshal::handle_service(*service, *held.engine, node::text_from(env, all.values[1], "the name"),
                                [handler = std::make_shared<Function>(env, all.values[2], put_question)](const Value& request) {
                                    return questions().ask(*handler, request);
                                });
        return nullptr;
    });
}

napi_value add_withdrawals(napi_env env, napi_callback_info info) {
    return entered(env, [&]() -> napi_value {
        const Given all = given(env, info);
        auto& held = unwrapped<OpenOutbox>(env, all.values[0]);
        const auto service = open_one(held.service, "outbox");
        if (!is_function(env, all.values[2])) throw Error(ErrorCode::misuse, "a handler must be a function");
        marshal::handle_withdrawal(*service, *held.engine, node::text_from(env, all.values[1], "the name"),
                                   [handler = std::make_shared<Function>(env, all.values[2], put_question)](const Value& request) {
                                       (void)questions().ask(*handler, request);
                                   });
        return nullptr;
    });
}

napi_value add_notices(napi_env env, napi_callback_info info) {
    return entered(env, [&]() -> napi_value {
        const Given all = given(env, info);
        auto& held = unwrapped<OpenOutbox>(env, all.values[0]);
        const auto service = open_one(held.service, "outbox");
        if (!is_function(env, all.values[1])) throw Error(ErrorCode::misuse, "a handler must be a function");
        marshal::handle_notices(*service, *held.engine,
                                [handler = std::make_shared<Function>(env, all.values[1], put_question)](const Value& notice) {
                                    (void)questions().ask(*handler, notice);
                                });
        return nullptr;
    });
}

/// answer(number, value, failure): `failure` is a string where it has failed.
napi_value answer(napi_env env, napi_callback_info info) {
    return entered(env, [&]() -> napi_value {
        const Given all = given(env, info);
        std::uint32_t number = 0;
        check(env, napi_get_value_uint32(env, all.values[0], &number));
        napi_valuetype type{};
        check(env, napi_typeof(env, all.values[2], &type));
        if (type == napi_string) {
            questions().answer(number, {}, node::text_from(env, all.values[2], "the failure"));
            return nullptr;
        }
        try {
            questions().answer(number, node::value_of(env, all.values[1]), {});
        } catch (const Error& error) {
            questions().answer(number, {}, error.what());
        }
        return nullptr;
    });
}

napi_value deliver(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const auto service = open_one(unwrapped<OpenOutbox>(env, given(env, info).values[0]).service, "outbox");
        return Work::start(env, [service] {
            return marshal::Reply{false, static_cast<std::int64_t>(service->deliver_all())};
        });
    });
}

napi_value start_outbox(napi_env env, napi_callback_info info) {
    return entered(env, [&]() -> napi_value {
        const Given all = given(env, info);
        std::uint32_t threads = 0;
        check(env, napi_get_value_uint32(env, all.values[1], &threads));
        if (threads == 0) throw Error(ErrorCode::misuse, "threads must be at least 1");
        open_one(unwrapped<OpenOutbox>(env, all.values[0]).service, "outbox")->start(threads);
        return nullptr;
    });
}

napi_value close_outbox(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        auto& held = unwrapped<OpenOutbox>(env, given(env, info).values[0]);
        return Work::start(env, [engine = std::exchange(held.engine, nullptr),
                                 service = std::exchange(held.service, nullptr)]() mutable {
            if (service != nullptr) service->stop();
            service.reset();
            engine.reset();
            return marshal::Reply{};
        });
    });
}

/// timer(engine, poll in milliseconds)
napi_value open_timer(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const Given all = given(env, info);
        const auto engine = open_one(opened(env, all.values[0])->engine, "engine");
        std::uint32_t poll = 0;
        check(env, napi_get_value_uint32(env, all.values[1], &poll));
        if (poll == 0) throw Error(ErrorCode::misuse, "poll must be at least 1 ms");
        auto service = std::make_shared<TimerService>(
            *engine, TimerOptions{.poll = std::chrono::milliseconds(poll), .on_report = {}, .on_problem = {}});
        service->start();
        return wrapped(env, OpenTimer{engine, std::move(service)});
    });
}

napi_value close_timer(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        auto& held = unwrapped<OpenTimer>(env, given(env, info).values[0]);
        return Work::start(env, [engine = std::exchange(held.engine, nullptr),
                                 service = std::exchange(held.service, nullptr)]() mutable {
            service.reset();
            engine.reset();
            return marshal::Reply{};
        });
    });
}

/// callWithoutEngine(name, arguments): a promise of the JSON text.
napi_value call_without_engine(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const Given all = given(env, info);
        return Work::start(env, [name = node::text_from(env, all.values[0], "the call"),
                                 arguments = node::value_of(env, all.values[1])] {
            return marshal::Reply{false, marshal::call_without_engine(name, arguments)};
        });
    });
}

napi_value calls(napi_env env, napi_callback_info) {
    return entered(env, [&] {
        List names;
        for (const std::string& name : marshal::calls()) names.emplace_back(name);
        return node::object_of(env, Value(std::move(names)));
    });
}

napi_value handles(napi_env env, napi_callback_info) {
    return entered(env, [&] {
        napi_value number = nullptr;
        check(env, napi_create_uint32(env, live_handles.load(), &number));
        return number;
    });
}

napi_value begin(napi_env env, napi_value exports) {
    const std::array<std::pair<const char*, napi_callback>, 18> functions{{
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
    return entered(env, [&] {
        for (const auto& [name, function] : functions) {
            napi_value made = nullptr;
            check(env, napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &made));
            check(env, napi_set_named_property(env, exports, name, made));
        }
        check(env, napi_set_named_property(env, exports, "version", node::text_of(env, WORKFLOW_VERSION)));
        check(env, napi_add_env_cleanup_hook(env, [](void*) { questions().end(); }, nullptr));
        return exports;
    });
}

}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, begin)
