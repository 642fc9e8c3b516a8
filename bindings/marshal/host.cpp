#include "marshal/host.hpp"

#include "marshal/answers.hpp"
#include "marshal/arguments.hpp"
#include "workflow/error.hpp"
#ifdef WORKFLOW_HAS_POSTGRES
#include "workflow/postgres_store.hpp"
#endif

namespace workflow::marshal {
namespace {

class HostClock final : public Clock {
public:
    explicit HostClock(std::function<Instant()> now) : now_(std::move(now)) {}
    [[nodiscard]] Instant now() const override { return now_(); }

private:
    std::function<Instant()> now_;
};

bool begins_with(const std::string& text, std::string_view beginning) {
    return text.compare(0, beginning.size(), beginning) == 0;
}

#ifdef WORKFLOW_HAS_POSTGRES
PostgresOptions postgres_options(const std::string& schema) {
    PostgresOptions options;
    if (!schema.empty()) options.schema = schema;
    return options;
}
#else
Error without_postgres() {
    return {ErrorCode::unsupported,
            "this build has no PostgreSQL store: build it with libpq (package libpq-dev)"};
}
#endif

std::shared_ptr<Store> open_store(const HostOptions& options) {
    const std::string& address = options.store;
    constexpr std::string_view sqlite = "sqlite:";
    if (!options.schema.empty() && !begins_with(address, "postgres")) {
        throw Error(ErrorCode::misuse, "a schema is only for PostgreSQL");
    }
    if (address == "memory") return make_memory_store();
    if (begins_with(address, sqlite)) return open_sqlite_store(address.substr(sqlite.size()));
    if (begins_with(address, "postgresql:") || begins_with(address, "postgres:")) {
#ifdef WORKFLOW_HAS_POSTGRES
        return open_postgres_store(address, postgres_options(options.schema));
#else
        throw without_postgres();
#endif
    }
    throw Error(ErrorCode::misuse,
                "the store '" + printable(address) +
                    "' is none: write memory, sqlite:PATH or postgresql://USER@HOST/DATABASE");
}

/// {key, instance, trace} and what is told of the token.
Members told(const Delivery& delivery, Engine& engine, Ordinal token, std::uint32_t state) {
    Value id;
    if (state != no_index) {
        const auto procedure = engine.get(delivery.instance).procedure;
        if (state < procedure->state_count()) {
            id = state == 0 ? procedure->id() : procedure->state(state).id;
        }
    }
    return {{"key", delivery.key},
            {"instance", delivery.instance},
            {"trace", text_or_null(delivery.trace)},
            {"token", std::int64_t{token}},
            {"state", id}};
}

Value request_of(const Delivery& delivery, Engine& engine, const ServiceRequest& request) {
    Members members = told(delivery, engine, request.token, request.state);
    members.emplace_back("attempt", std::int64_t{request.attempt});
    members.emplace_back("handler", request.handler);
    members.emplace_back("input", datum(request.input, Sensitive::shown));
    return members;
}

ServiceAnswer answer_of(const Value& given) {
    Arguments answer("a service's answer", given);
    if (answer.has("error")) {
        BusinessError error{answer.text("error"), answer.text_or_empty("text")};
        answer.done();
        return error;
    }
    FieldValues result = answer.fields("result");
    answer.done();
    return result;
}

}  // namespace

std::unique_ptr<Engine> open_engine(const HostOptions& options) {
    std::shared_ptr<const Clock> clock;
    if (options.clock) {
        clock = std::make_shared<HostClock>(options.clock);
    } else {
        clock = std::make_shared<SystemClock>();
    }
    return std::make_unique<Engine>(open_store(options), std::move(clock),
                                    EngineOptions{.salt = {}, .log = options.log});
}

std::unique_ptr<Engine> engine_in(const Engine& engine, const Transaction& transaction) {
    if (transaction.connection == nullptr) throw Error(ErrorCode::misuse, "the connection must not be null");
    std::shared_ptr<Store> store;
    if (transaction.of == Transaction::Of::sqlite) {
        store = lend_sqlite(static_cast<sqlite3*>(transaction.connection));
    } else {
#ifdef WORKFLOW_HAS_POSTGRES
        store = lend_postgres(static_cast<pg_conn*>(transaction.connection),
                              postgres_options(transaction.schema));
#else
        throw without_postgres();
#endif
    }
    return std::unique_ptr<Engine>(new Engine(engine.in(std::move(store))));
}

OutboxOptions outbox_options(const Value& given, LogSink log) {
    Arguments arguments("outbox", given);
    OutboxOptions options;
    if (log) {
        options.on_problem = [log = std::move(log)](const Delivery& delivery,
                                                    const std::string& words) {
            log({LogLevel::warning, delivery.instance, words, delivery.trace});
        };
    }
    const auto read = [&](std::string_view name, std::chrono::milliseconds& length) {
        constexpr std::int64_t day = 86'400'000;
        if (const auto number = arguments.integer(name, 1, day)) {
            length = std::chrono::milliseconds(*number);
        }
    };
    read("poll", options.poll);
    read("lease", options.lease);
    read("first_pause", options.first_pause);
    read("longest_pause", options.longest_pause);
    arguments.done();
    return options;
}

void handle_service(OutboxService& outbox, Engine& engine, const std::string& name,
                    Service service) {
    outbox.handle_service(
        name, [&engine, service = std::move(service)](const Delivery& delivery,
                                                      const ServiceRequest& request) {
            return answer_of(service(request_of(delivery, engine, request)));
        });
}

void handle_withdrawal(OutboxService& outbox, Engine& engine, const std::string& name,
                       WithdrawalTaker taker) {
    outbox.handle_withdrawal(
        name, [&engine, taker = std::move(taker)](const Delivery& delivery,
                                                  const ServiceRequest& request) {
            taker(request_of(delivery, engine, request));
        });
}

void handle_notices(OutboxService& outbox, Engine& engine, NoticeTaker taker) {
    outbox.handle_notices([&engine, taker = std::move(taker)](const Delivery& delivery,
                                                              const Notice& notice) {
        Members members = told(delivery, engine, notice.token, notice.state);
        List roles;
        if (!notice.roles.empty()) {
            const auto procedure = engine.get(delivery.instance).procedure;
            for (const std::uint32_t role : notice.roles) roles.emplace_back(procedure->role(role).id);
        }
        members.emplace_back("roles", std::move(roles));
        members.emplace_back("text", notice.text.in("en"));
        taker(Value(std::move(members)));
    });
}

}  // namespace workflow::marshal
