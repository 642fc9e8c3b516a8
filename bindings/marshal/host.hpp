// An engine as another language opens it: its store by an address, its clock and log as functions, its
// handlers with values in and out. Thread-safe as what it makes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "workflow/engine.hpp"
#include "workflow/services.hpp"

namespace workflow::marshal {

struct HostOptions {
    std::string store;   ///< memory | sqlite:PATH | postgresql://...
    std::string schema;  ///< of PostgreSQL's tables; empty: the usual one
    std::function<Instant()> clock;  ///< empty: the machine's
    LogSink log;
};
/// Error{misuse}: no such address; Error{unsupported}: this build has no PostgreSQL; Error as the stores.
[[nodiscard]] std::unique_ptr<Engine> open_engine(const HostOptions& options);

/// The connection on which the host has a transaction open: a sqlite3* or a PGconn* of the libraries that this
/// one is linked with.
struct Transaction {
    enum class Of : std::uint8_t { sqlite, postgres };
    Of of{};
    void* connection = nullptr;
    std::string schema;  ///< of PostgreSQL's tables; empty: the usual one
};
/// The same engine in it, for the thread that has the transaction; `engine` outlives it. Error{misuse}: there
/// is none; Error{unsupported}: this build has no PostgreSQL; Error as lend_sqlite() and lend_postgres().
[[nodiscard]] std::unique_ptr<Engine> engine_in(const Engine& engine, const Transaction& transaction);

/// `{poll, lease, first_pause, longest_pause}`, each in milliseconds; what goes wrong is a warning in `log`.
/// Error{misuse}.
[[nodiscard]] OutboxOptions outbox_options(const Value& given, LogSink log);

/// Takes {key, instance, trace, token, attempt, state, handler, input} and answers {"result": {...}} or
/// {"error": code, "text": words}, both optional; null: an empty result. What it throws is a failure.
using Service = std::function<Value(const Value& request)>;
void handle_service(OutboxService& outbox, Engine& engine, const std::string& name, Service service);
/// Takes what a service takes, its input null, once nobody waits for its answer any more; what it throws is tried again.
using WithdrawalTaker = std::function<void(const Value& request)>;
void handle_withdrawal(OutboxService& outbox, Engine& engine, const std::string& name,
                       WithdrawalTaker taker);
/// Takes {key, instance, trace, token, state, roles, text}; what it throws is tried again.
using NoticeTaker = std::function<void(const Value& notice)>;
void handle_notices(OutboxService& outbox, Engine& engine, NoticeTaker taker);

}  // namespace workflow::marshal
