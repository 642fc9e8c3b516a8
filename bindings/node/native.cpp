// The addon of Node.js, over Node-API alone: every call is work of a pool thread and a promise, so that the
// event loop never waits. What users see is in index.js.
#include <node_api.h>

#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "marshal/host.hpp"
#include "marshal/marshal.hpp"
#include "node/values.hpp"
#include "workflow/error.hpp"

using namespace workflow;
using workflow::node::check;
using workflow::node::Pending;

namespace {

/// Runs what JavaScript called; every exception becomes one of its own.
template <class Body>
napi_value entered(napi_env env, const Body& body) noexcept {
    try {
        return body();
    } catch (const Pending&) {
        return nullptr;
    } catch (const Error& error) {
        try {
            (void)napi_throw(env, node::error_of(env, static_cast<int>(error.code()), error.what()));
        } catch (const Pending&) {
        }
    } catch (const std::exception& error) {
        (void)napi_throw_error(env, nullptr, error.what());
    }
    return nullptr;
}

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

// --- work in a pool thread -----------------------------------------------------------------------
/// What the thread does, and what it gives. The answer is {refused, value}; index.js tells them apart.
class Work {
public:
    using Doing = std::function<marshal::Reply()>;

    static napi_value start(napi_env env, Doing doing) {
        auto work = std::make_unique<Work>();
        work->doing_ = std::move(doing);
        napi_value promise = nullptr;
        check(env, napi_create_promise(env, &work->deferred_, &promise));
        check(env, napi_create_async_work(env, nullptr, node::text_of(env, "workflow"), run, finish,
                                          work.get(), &work->work_));
        check(env, napi_queue_async_work(env, work->work_));
        (void)work.release();
        return promise;
    }

private:
    static void run(napi_env, void* data) {
        auto* self = static_cast<Work*>(data);
        try {
            self->reply_ = self->doing_();
        } catch (const Error& error) {
            self->code_ = static_cast<int>(error.code());
            self->words_ = error.what();
        } catch (const std::exception& error) {
            self->code_ = static_cast<int>(ErrorCode::internal);
            self->words_ = error.what();
        }
        self->doing_ = nullptr;  // what it held may end here, off the event loop
    }

    static void finish(napi_env env, napi_status status, void* data) {
        const std::unique_ptr<Work> self(static_cast<Work*>(data));
        (void)napi_delete_async_work(env, self->work_);
        (void)entered(env, [&]() -> napi_value {
            if (status != napi_ok || self->code_ != 0) {
                const std::string words = self->code_ != 0 ? self->words_ : "the call was given up";
                check(env, napi_reject_deferred(env, self->deferred_,
                                                node::error_of(env, self->code_, words)));
                return nullptr;
            }
            napi_value answer = nullptr;
            napi_value refused = nullptr;
            check(env, napi_create_object(env, &answer));
            check(env, napi_get_boolean(env, self->reply_.refused, &refused));
            check(env, napi_set_named_property(env, answer, "refused", refused));
            check(env, napi_set_named_property(env, answer, "value",
                                               node::object_of(env, self->reply_.value)));
            check(env, napi_resolve_deferred(env, self->deferred_, answer));
            return nullptr;
        });
    }

    Doing doing_;
    napi_async_work work_ = nullptr;
    napi_deferred deferred_ = nullptr;
    marshal::Reply reply_;
    int code_ = 0;
    std::string words_;
};

// --- functions of JavaScript, called from other threads ------------------------------------------
/// One of them. It does not keep the process alive, and may outlive the environment: then it is not called.
class Function {
public:
    Function(napi_env env, napi_value function, napi_threadsafe_function_call_js call_js)
        : state_(std::make_shared<State>()) {
        auto kept = std::make_unique<std::shared_ptr<State>>(state_);
        check(env, napi_create_threadsafe_function(env, function, nullptr, node::text_of(env, "workflow"),
                                                   0, 1, kept.get(), ended, nullptr, call_js,
                                                   &state_->function));
        (void)kept.release();
        check(env, napi_unref_threadsafe_function(env, state_->function));
    }
    ~Function() {
        const std::lock_guard lock(state_->mutex);
        if (!state_->is_gone) (void)napi_release_threadsafe_function(state_->function, napi_tsfn_release);
    }
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;

    /// Hands `data` over to the environment's thread. False: there is none any more.
    [[nodiscard]] bool call(void* data) const {
        const std::lock_guard lock(state_->mutex);
        return !state_->is_gone &&
               napi_call_threadsafe_function(state_->function, data, napi_tsfn_nonblocking) == napi_ok;
    }

private:
    struct State {
        std::mutex mutex;
        bool is_gone = false;
        napi_threadsafe_function function = nullptr;
    };
    static void ended(napi_env, void* data, void*) {
        const std::unique_ptr<std::shared_ptr<State>> kept(static_cast<std::shared_ptr<State>*>(data));
        const std::lock_guard lock((*kept)->mutex);
        (*kept)->is_gone = true;
    }

    std::shared_ptr<State> state_;
};

/// Waits in another thread for what the function says later, through answer().
class Questions {
public:
    struct Question {
        std::uint32_t number = 0;
        Value about;
    };

    /// In another thread. std::runtime_error: it failed, or the environment ends.
    Value ask(const Function& function, Value about) {
        std::future<Value> said;
        std::unique_ptr<Question> question;
        {
            const std::lock_guard lock(mutex_);
            if (ending_) throw std::runtime_error("the process ends");
            question = std::make_unique<Question>(Question{++last_, std::move(about)});
            said = open_[question->number].get_future();
        }
        if (function.call(question.get())) {
            (void)question.release();
        } else {
            answer(question->number, {}, "the process ends");
        }
        return said.get();
    }

    /// From any thread.
    void answer(std::uint32_t number, std::optional<Value> value, const std::string& failure) {
        std::promise<Value> waiting;
        {
            const std::lock_guard lock(mutex_);
            const auto found = open_.find(number);
            if (found == open_.end()) return;
            waiting = std::move(found->second);
            open_.erase(found);
        }
        if (value) {
            waiting.set_value(std::move(*value));
        } else {
            waiting.set_exception(std::make_exception_ptr(std::runtime_error(failure)));
        }
    }

    [[nodiscard]] bool is_ending() {
        const std::lock_guard lock(mutex_);
        return ending_;
    }

    /// Nobody will answer any more.
    void end() {
        std::map<std::uint32_t, std::promise<Value>> left;
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
            left.swap(open_);
        }
        for (auto& [number, waiting] : left) {
            waiting.set_exception(std::make_exception_ptr(std::runtime_error("the process ends")));
        }
    }

private:
    std::mutex mutex_;
    bool ending_ = false;
    std::uint32_t last_ = 0;
    std::map<std::uint32_t, std::promise<Value>> open_;
};

Questions& questions() {
    static auto* const all = new Questions;  // threads may ask until the very end
    return *all;
}

/// Calls the function with (number, what it is about).
void put_question(napi_env env, napi_value function, void*, void* data) {
    const std::unique_ptr<Questions::Question> question(static_cast<Questions::Question*>(data));
    if (env == nullptr) return questions().answer(question->number, {}, "the process ends");
    (void)entered(env, [&]() -> napi_value {
        std::array<napi_value, 2> arguments{};
        napi_value nothing = nullptr;
        check(env, napi_create_uint32(env, question->number, &arguments[0]));
        arguments[1] = node::object_of(env, question->about);
        check(env, napi_get_undefined(env, &nothing));
        napi_value answer = nullptr;
        check(env, napi_call_function(env, nothing, function, arguments.size(), arguments.data(), &answer));
        return nullptr;
    });
}

/// Calls the function with what it is told; nobody waits.
void tell(napi_env env, napi_value function, void*, void* data) {
    const std::unique_ptr<Value> told(static_cast<Value*>(data));
    if (env == nullptr) return;
    (void)entered(env, [&]() -> napi_value {
        napi_value nothing = nullptr;
        napi_value argument = node::object_of(env, *told);
        napi_value answer = nullptr;
        check(env, napi_get_undefined(env, &nothing));
        check(env, napi_call_function(env, nothing, function, 1, &argument, &answer));
        return nullptr;
    });
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
            options.log = [log = std::make_shared<Function>(env, all.values[3], tell)](const LogEntry& entry) {
                static constexpr std::array<const char*, 3> levels{"debug", "info", "warning"};
                auto told = std::make_unique<Value>(
                    Members{{"level", levels.at(static_cast<std::size_t>(entry.level))},
                            {"instance", entry.instance},
                            {"text", entry.text},
                            {"trace", entry.trace}});
                if (log->call(told.get())) (void)told.release();
            };
        }
        return wrapped(env, std::make_shared<OpenEngine>(OpenEngine{std::move(options), nullptr}));
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

/// call(engine, name, arguments): a promise of {refused, value}.
napi_value call(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const Given all = given(env, info);
        const auto engine = open_one(opened(env, all.values[0])->engine, "engine");
        return Work::start(env, [engine, name = node::text_from(env, all.values[1], "the call"),
                                 arguments = node::value_of(env, all.values[2])] {
            return marshal::call(*engine, name, arguments);
        });
    });
}

napi_value close_engine(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        const auto held = opened(env, given(env, info).values[0]);
        return Work::start(env, [engine = std::exchange(held->engine, nullptr)]() mutable {
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

/// simulate(arguments): a promise of the JSON text.
napi_value simulate(napi_env env, napi_callback_info info) {
    return entered(env, [&] {
        return Work::start(env, [arguments = node::value_of(env, given(env, info).values[0])] {
            return marshal::Reply{false, marshal::simulate(arguments)};
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
    const std::array<std::pair<const char*, napi_callback>, 16> functions{{
        {"open", open_engine},
        {"connect", connect},
        {"call", call},
        {"close", close_engine},
        {"outbox", open_outbox},
        {"service", add_service},
        {"notices", add_notices},
        {"answer", answer},
        {"deliver", deliver},
        {"start", start_outbox},
        {"closeOutbox", close_outbox},
        {"timer", open_timer},
        {"closeTimer", close_timer},
        {"simulate", simulate},
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
