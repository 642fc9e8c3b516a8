#include "c/workflow.h"

#include <atomic>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>
#include <string>

#include "c/handles.hpp"
#include "c/writing.hpp"
#include "marshal/host.hpp"
#include "marshal/marshal.hpp"
#include "workflow/error.hpp"

namespace {
std::atomic<std::size_t> live_texts{0};
}

struct workflow_text {
    explicit workflow_text(std::string content) : bytes(std::move(content)) { ++live_texts; }
    ~workflow_text() { --live_texts; }
    workflow_text(const workflow_text&) = delete;
    workflow_text& operator=(const workflow_text&) = delete;

    std::string bytes;
};

namespace workflow::c {
namespace {

using nlohmann::json;

/// Words of a callback that has failed: no defect, and shown as they are.
struct CallbackFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct OpenEngine {
    UtcOffset offset{};
    bool tagged = false;
    LogSink log;
    std::unique_ptr<Engine> engine;
    std::shared_ptr<OpenEngine> outside;  ///< of an engine inside a transaction
};

struct OpenOutbox {
    std::shared_ptr<OpenEngine> host;  // outlives the service
    std::unique_ptr<OutboxService> service;
};

struct OpenCommits {
    std::shared_ptr<OpenEngine> host;
    std::unique_ptr<CommitService> service;
};

struct OpenTimer {
    std::shared_ptr<OpenEngine> host;
    std::unique_ptr<TimerService> service;
};

Handles<OpenEngine>& engines() {
    static auto* const all = new Handles<OpenEngine>;  // lives on while other libraries end
    return *all;
}
Handles<OpenOutbox>& outboxes() {
    static auto* const all = new Handles<OpenOutbox>;
    return *all;
}
Handles<OpenCommits>& commit_services() {
    static auto* const all = new Handles<OpenCommits>;
    return *all;
}
Handles<OpenTimer>& timers() {
    static auto* const all = new Handles<OpenTimer>;
    return *all;
}

thread_local std::string last_error;

template <class Handle>
std::uintptr_t number_of(const Handle* handle) {
    return reinterpret_cast<std::uintptr_t>(handle);
}
template <class Handle>
Handle* handle_of(std::uintptr_t number) {
    return reinterpret_cast<Handle*>(number);  // NOLINT(performance-no-int-to-ptr)
}

template <class Held>
std::shared_ptr<Held> open_one(const Handles<Held>& handles, std::uintptr_t number, const char* what) {
    auto held = handles.find(number);
    if (held == nullptr) {
        throw Error(ErrorCode::misuse, std::string("the ") + what + " is closed, or was never opened");
    }
    return held;
}

void put(workflow_text** answer, std::string text) {
    if (answer != nullptr) *answer = new workflow_text(std::move(text));
}

int failed(int code, const std::string& message, workflow_text** answer) noexcept {
    try {
        last_error = message;
        if (answer != nullptr && *answer == nullptr) {
            put(answer, json{{"code", code}, {"name", workflow_code_name(code)}, {"message", message}}.dump(
                            -1, ' ', false, json::error_handler_t::replace));
        }
    } catch (...) {
        last_error.clear();
    }
    return code;
}

/// Runs `body`, whose answer goes to *answer; every exception becomes a code.
template <class Body>
int guarded(workflow_text** answer, const Body& body) noexcept {
    if (answer != nullptr) *answer = nullptr;
    try {
        last_error.clear();
        return body();
    } catch (const Error& error) {
        return failed(static_cast<int>(error.code()), error.what(), answer);
    } catch (const std::bad_alloc&) {
        return failed(WORKFLOW_LIMIT, "memory is short", answer);
    } catch (const std::exception& error) {
        return failed(WORKFLOW_INTERNAL, error.what(), answer);
    } catch (...) {
        return failed(WORKFLOW_INTERNAL, "something unknown was thrown", answer);
    }
}

/// Puts what was answered; its code.
int told(const marshal::Reply& reply, const Writing& writing, workflow_text** answer) {
    put(answer, printed(reply.value, writing));
    if (!reply.refused) return WORKFLOW_OK;
    const Value* reason = reply.value.member("reason");
    last_error = reason != nullptr && reason->text() != nullptr ? *reason->text() : "refused";
    return WORKFLOW_REFUSED;
}

int call_by_name(workflow_engine* engine, const char* name, const char* arguments,
                 workflow_text** answer) noexcept {
    return guarded(answer, [&] {
        if (name == nullptr) throw Error(ErrorCode::misuse, "the name of the call is missing");
        const auto host = open_one(engines(), number_of(engine), "engine");
        return told(marshal::call(*host->engine, name, parsed(arguments)), {host->offset, host->tagged},
                    answer);
    });
}

/// What a callback gave, which is freed here.
std::string taken(workflow_text* text) {
    const std::unique_ptr<workflow_text> owned(text);
    return owned == nullptr ? std::string() : std::move(owned->bytes);
}

int call_alone(const char* name, const char* arguments, workflow_text** answer) noexcept {
    return guarded(answer, [&] {
        put(answer, marshal::call_without_engine(name, parsed(arguments)));
        return int{WORKFLOW_OK};
    });
}

/// Calls a function that answers nothing but words where it fails.
void tell_callback(workflow_notice callback, void* user, const Value& what, const Writing& writing) {
    const std::string text = printed(what, writing);
    workflow_text* answer = nullptr;
    const int code = callback(user, text.c_str(), &answer);
    const std::string said = taken(answer);
    if (code != 0) throw CallbackFailed(said.empty() ? "the handler failed" : said);
}

/// One that any thread may call.
std::shared_ptr<OpenEngine> engine_for_threads(workflow_engine* engine) {
    auto host = open_one(engines(), number_of(engine), "engine");
    if (host->outside != nullptr) {
        throw Error(ErrorCode::misuse, "an engine inside a transaction is for one thread: open outboxes, timers "
                                       "and commits of the engine outside");
    }
    return host;
}

int open_inside(workflow_engine* engine, const marshal::Transaction& transaction,
                workflow_engine** inside) noexcept {
    return guarded(nullptr, [&] {
        if (inside == nullptr) throw Error(ErrorCode::misuse, "inside must not be null");
        *inside = nullptr;
        const auto outside = open_one(engines(), number_of(engine), "engine");
        const auto opened = std::make_shared<OpenEngine>(
            OpenEngine{outside->offset, outside->tagged, outside->log,
                       marshal::engine_in(*outside->engine, transaction), outside});
        *inside = handle_of<workflow_engine>(engines().add(opened));
        return int{WORKFLOW_OK};
    });
}

UtcOffset offset_of(const char* text) {
    if (text == nullptr) return UtcOffset{};
    const auto offset = parse_offset(text);
    if (!offset) {
        throw Error(ErrorCode::misuse, "'" + printable(text) + "' is no distance from UTC: write +07:00");
    }
    return *offset;
}

const char* name_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
    }
    return "debug";
}

std::shared_ptr<OpenEngine> open_host(const workflow_options& given) {
    if (given.size < sizeof(workflow_options)) {
        throw Error(ErrorCode::misuse, "workflow_options.size must be sizeof(workflow_options)");
    }
    if (given.store == nullptr) {
        throw Error(ErrorCode::misuse, "workflow_options.store is missing: memory, sqlite:PATH or "
                                       "postgresql://USER@HOST/DATABASE");
    }
    auto host = std::make_shared<OpenEngine>();
    host->offset = offset_of(given.utc_offset);
    host->tagged = given.tagged != 0;
    marshal::HostOptions options;
    options.store = given.store;
    if (given.schema != nullptr) options.schema = given.schema;
    if (given.clock != nullptr) {
        options.clock = [clock = given.clock, user = given.clock_user] {
            return Instant(std::chrono::milliseconds(clock(user)));
        };
    }
    if (given.log != nullptr) {
        options.log = [log = given.log, user = given.log_user](const LogEntry& entry) {
            log(user, name_of(entry.level), entry.instance.c_str(), entry.text.c_str(),
                entry.trace.c_str());
        };
    }
    host->log = options.log;
    host->engine = marshal::open_engine(options);
    return host;
}

}  // namespace
}  // namespace workflow::c

using namespace workflow::c;
using workflow::Error;
using workflow::ErrorCode;
using workflow::Value;
using workflow::marshal::Transaction;

int workflow_abi_serves(int abi) {
    return abi == WORKFLOW_C_ABI ? 1 : 0;
}

const char* workflow_version(void) {
    return WORKFLOW_VERSION;
}

const char* workflow_code_name(int code) {
    if (code == WORKFLOW_OK) return "ok";
    if (code == WORKFLOW_REFUSED) return "refused";
    if (code < WORKFLOW_NOT_FOUND || code > WORKFLOW_INTERNAL) return "unknown";
    return workflow::to_string(static_cast<ErrorCode>(code));
}

const char* workflow_last_error(void) {
    return last_error.c_str();
}

workflow_text* workflow_text_new(const char* bytes, size_t size) {
    try {
        return new workflow_text(bytes == nullptr ? std::string() : std::string(bytes, size));
    } catch (...) {
        return nullptr;
    }
}

const char* workflow_text_bytes(const workflow_text* text) {
    return text == nullptr ? "" : text->bytes.c_str();
}

size_t workflow_text_size(const workflow_text* text) {
    return text == nullptr ? 0 : text->bytes.size();
}

void workflow_text_free(workflow_text* text) {
    delete text;
}

size_t workflow_open_handles(void) {
    return engines().size() + outboxes().size() + timers().size() + commit_services().size() +
           live_texts.load();
}

int workflow_engine_open(const workflow_options* options, workflow_engine** engine) {
    return guarded(nullptr, [&] {
        if (options == nullptr || engine == nullptr) {
            throw Error(ErrorCode::misuse, "options and engine must not be null");
        }
        *engine = nullptr;
        *engine = handle_of<workflow_engine>(engines().add(open_host(*options)));
        return int{WORKFLOW_OK};
    });
}

void workflow_engine_close(workflow_engine* engine) {
    (void)guarded(nullptr, [&] {
        (void)engines().remove(number_of(engine));
        return int{WORKFLOW_OK};
    });
}

int workflow_call(workflow_engine* engine, const char* name, const char* arguments,
                  workflow_text** answer) {
    return call_by_name(engine, name, arguments, answer);
}

#define WORKFLOW_CALL(name)                                                             \
    int workflow_##name(workflow_engine* engine, const char* arguments, workflow_text** answer) { \
        return call_by_name(engine, #name, arguments, answer);                                    \
    }
#include "c/calls.inc"
#undef WORKFLOW_CALL

int workflow_outbox_open(workflow_engine* engine, const char* options, workflow_outbox** outbox) {
    return guarded(nullptr, [&] {
        if (outbox == nullptr) throw Error(ErrorCode::misuse, "outbox must not be null");
        *outbox = nullptr;
        auto opened = std::make_shared<OpenOutbox>();
        opened->host = engine_for_threads(engine);
        opened->service = std::make_unique<workflow::OutboxService>(
            *opened->host->engine, workflow::marshal::outbox_options(parsed(options), opened->host->log));
        *outbox = handle_of<workflow_outbox>(outboxes().add(std::move(opened)));
        return int{WORKFLOW_OK};
    });
}

int workflow_outbox_service(workflow_outbox* outbox, const char* name, workflow_service service,
                            void* user) {
    return guarded(nullptr, [&] {
        if (name == nullptr || service == nullptr) {
            throw Error(ErrorCode::misuse, "name and service must not be null");
        }
        const auto opened = open_one(outboxes(), number_of(outbox), "outbox");
        const Writing writing{opened->host->offset, opened->host->tagged};
        workflow::marshal::handle_service(
            *opened->service, *opened->host->engine, name, [writing, service, user](const Value& request) {
                const std::string text = printed(request, writing);
                workflow_text* answer = nullptr;
                const int code = service(user, text.c_str(), &answer);
                const std::string said = taken(answer);
                if (code != 0) throw CallbackFailed(said.empty() ? "the handler failed" : said);
                return said.empty() ? Value() : parsed(said.c_str());
            });
        return int{WORKFLOW_OK};
    });
}

int workflow_outbox_notices(workflow_outbox* outbox, workflow_notice notice, void* user) {
    return guarded(nullptr, [&] {
        if (notice == nullptr) throw Error(ErrorCode::misuse, "notice must not be null");
        const auto opened = open_one(outboxes(), number_of(outbox), "outbox");
        const Writing writing{opened->host->offset, opened->host->tagged};
        workflow::marshal::handle_notices(
            *opened->service, *opened->host->engine,
            [writing, notice, user](const Value& what) { tell_callback(notice, user, what, writing); });
        return int{WORKFLOW_OK};
    });
}

int workflow_outbox_withdrawals(workflow_outbox* outbox, const char* name, workflow_notice withdrawal,
                                void* user) {
    return guarded(nullptr, [&] {
        if (name == nullptr || withdrawal == nullptr) {
            throw Error(ErrorCode::misuse, "name and withdrawal must not be null");
        }
        const auto opened = open_one(outboxes(), number_of(outbox), "outbox");
        const Writing writing{opened->host->offset, opened->host->tagged};
        workflow::marshal::handle_withdrawal(
            *opened->service, *opened->host->engine, name, [writing, withdrawal, user](const Value& request) {
                tell_callback(withdrawal, user, request, writing);
            });
        return int{WORKFLOW_OK};
    });
}

int workflow_outbox_deliver(workflow_outbox* outbox, uint64_t* delivered) {
    return guarded(nullptr, [&] {
        const auto opened = open_one(outboxes(), number_of(outbox), "outbox");
        const std::size_t many = opened->service->deliver_all();
        if (delivered != nullptr) *delivered = many;
        return int{WORKFLOW_OK};
    });
}

int workflow_outbox_start(workflow_outbox* outbox, unsigned threads) {
    return guarded(nullptr, [&] {
        if (threads == 0) throw Error(ErrorCode::misuse, "threads must be at least 1");
        open_one(outboxes(), number_of(outbox), "outbox")->service->start(threads);
        return int{WORKFLOW_OK};
    });
}

int workflow_outbox_stop(workflow_outbox* outbox) {
    return guarded(nullptr, [&] {
        open_one(outboxes(), number_of(outbox), "outbox")->service->stop();
        return int{WORKFLOW_OK};
    });
}

void workflow_outbox_close(workflow_outbox* outbox) {
    (void)guarded(nullptr, [&] {
        const auto opened = outboxes().find(number_of(outbox));
        if (opened == nullptr) return int{WORKFLOW_OK};
        opened->service->stop();  // refused within its own handlers: then it stays open
        (void)outboxes().remove(number_of(outbox));
        return int{WORKFLOW_OK};
    });
}

int workflow_engine_in_sqlite(workflow_engine* engine, void* connection, workflow_engine** inside) {
    return open_inside(engine, {Transaction::Of::sqlite, connection, {}}, inside);
}

int workflow_engine_in_postgres(workflow_engine* engine, void* connection, const char* schema,
                                workflow_engine** inside) {
    return open_inside(engine,
                       {Transaction::Of::postgres, connection, schema == nullptr ? "" : schema}, inside);
}

int workflow_commits_start(workflow_engine* engine, unsigned threads, workflow_commits** commits) {
    return guarded(nullptr, [&] {
        if (commits == nullptr) throw Error(ErrorCode::misuse, "commits must not be null");
        *commits = nullptr;
        if (threads == 0) throw Error(ErrorCode::misuse, "threads must be at least 1");
        auto opened = std::make_shared<OpenCommits>();
        opened->host = engine_for_threads(engine);
        opened->service = std::make_unique<workflow::CommitService>(*opened->host->engine);
        opened->service->start(threads);
        *commits = handle_of<workflow_commits>(commit_services().add(std::move(opened)));
        return int{WORKFLOW_OK};
    });
}

int workflow_commits_call(workflow_commits* commits, const char* name, const char* arguments,
                          workflow_completion completion, void* user) {
    return guarded(nullptr, [&] {
        if (name == nullptr || completion == nullptr) {
            throw Error(ErrorCode::misuse, "name and completion must not be null");
        }
        const auto opened = open_one(commit_services(), number_of(commits), "commits");
        const Writing writing{opened->host->offset, opened->host->tagged};
        workflow::marshal::call_later(
            *opened->service, *opened->host->engine, name, parsed(arguments),
            [writing, completion, user](const std::function<workflow::marshal::Reply()>& get) {
                workflow_text* answer = nullptr;
                const int code = guarded(&answer, [&] { return told(get(), writing, &answer); });
                completion(user, code, workflow_text_bytes(answer));
                workflow_text_free(answer);
            });
        return int{WORKFLOW_OK};
    });
}

void workflow_commits_close(workflow_commits* commits) {
    (void)guarded(nullptr, [&] {
        const auto opened = commit_services().find(number_of(commits));
        if (opened == nullptr) return int{WORKFLOW_OK};
        opened->service->stop();
        (void)commit_services().remove(number_of(commits));
        return int{WORKFLOW_OK};
    });
}

int workflow_timer_start(workflow_engine* engine, unsigned poll_milliseconds, workflow_timer** timer) {
    return guarded(nullptr, [&] {
        if (timer == nullptr) throw Error(ErrorCode::misuse, "timer must not be null");
        *timer = nullptr;
        if (poll_milliseconds == 0) throw Error(ErrorCode::misuse, "poll_milliseconds must be at least 1");
        auto opened = std::make_shared<OpenTimer>();
        opened->host = engine_for_threads(engine);
        opened->service = std::make_unique<workflow::TimerService>(
            *opened->host->engine,
            workflow::TimerOptions{.poll = std::chrono::milliseconds(poll_milliseconds),
                                   .on_report = {},
                                   .on_problem = {}});
        opened->service->start();
        *timer = handle_of<workflow_timer>(timers().add(std::move(opened)));
        return int{WORKFLOW_OK};
    });
}

void workflow_timer_close(workflow_timer* timer) {
    (void)guarded(nullptr, [&] {
        (void)timers().remove(number_of(timer));
        return int{WORKFLOW_OK};
    });
}

int workflow_simulate(const char* arguments, workflow_text** answer) {
    return call_alone("simulate", arguments, answer);
}

int workflow_compare_simulations(const char* arguments, workflow_text** answer) {
    return call_alone("compare_simulations", arguments, answer);
}

int workflow_calibrate(const char* arguments, workflow_text** answer) {
    return call_alone("calibrate", arguments, answer);
}
