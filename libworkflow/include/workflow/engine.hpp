// The durable engine: transactions around the pure step, timers, queries, replay.
// Thread-safe: any thread may call; each call reads the host's clock once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/clock.hpp"
#include "workflow/definition.hpp"
#include "workflow/history.hpp"
#include "workflow/interpreter.hpp"
#include "workflow/store.hpp"

namespace workflow {

/// What makes a call safe to repeat after a lost answer.
struct Request {
    /// The same id again for one instance gives the first answer and changes nothing. Empty: none.
    std::string id;
    /// Refused `conflict` when the instance is at another revision.
    std::optional<Revision> expected_revision;
};

/// A step that was taken, now or by the same request before.
struct Done {
    std::string instance;
    Revision revision = 0;
    bool repeated = false;  ///< nothing was changed: it had been done before
    std::vector<Record> records;
};
using Answer = std::variant<Done, Refusal>;

/// An instance with the definitions it runs by.
struct InstanceView {
    Instance instance;
    std::shared_ptr<const Procedure> procedure;
    std::shared_ptr<const Calendar> calendar;
};

struct WorkItem {
    std::string instance;
    Ordinal ordinal = 0;
    std::string role;  ///< through which it is offered
    std::string unit;  ///< empty: to anyone of the role
};

struct DueReport {
    std::size_t fired = 0;
    /// Instances whose timer could not be run; their rows stay, the others were run.
    std::vector<std::pair<std::string, std::string>> failed;
};

/// The result of running an instance's history again.
struct ReplayReport {
    std::size_t steps = 0;                 ///< verified by running step
    std::size_t older_semantics = 0;       ///< verified by chain only
    std::size_t erased = 0;                ///< hold erased sensitive values: verified by chain only
    std::optional<Revision> first_difference;
    std::string difference;                ///< in words; empty when all agree
    [[nodiscard]] bool agrees() const { return !first_difference.has_value(); }
};

struct EngineOptions {
    /// Salt for sensitive values: 16 unpredictable bytes. Default: OpenSSL's RAND_bytes.
    std::function<std::string()> salt;
};

class Engine {
public:
    /// Definitions that the store holds are ready at once.
    Engine(std::shared_ptr<Store> store, std::shared_ptr<const Clock> clock, EngineOptions options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // --- definitions: kept in the store with their digest; the same bytes again change nothing ---
    /// DefinitionError when it has errors; Error{conflict} when id and version are taken by others.
    void register_calendar(const LoadedCalendar& calendar);
    /// Also Error{not_found} when its calendar is not registered.
    void register_procedure(const LoadedProcedure& procedure);
    /// Every procedure and calendar of a registry without errors.
    void register_all(const ProcedureRegistry& registry);
    /// The highest version, or the one asked for. Error{not_found}.
    [[nodiscard]] std::shared_ptr<const Procedure> procedure(
        const std::string& id, std::optional<std::int64_t> version = {}) const;
    [[nodiscard]] std::vector<std::shared_ptr<const Procedure>> procedures() const;

    // --- what happens to an instance ---
    struct StartRequest {
        std::string procedure;
        std::string key;  ///< the host's business key: with the procedure it is the instance's id
        Actor actor;
        FieldValues data;
        std::string variant;
    };
    /// The same procedure, key, data and variant again is the same instance: answered `repeated`,
    /// nothing changed. With other data it is refused `already_started`.
    Answer start(const StartRequest& start, const Request& request = {});
    /// Error{not_found} when there is no such instance, in this and all that follow.
    Answer perform(const std::string& instance, const Perform& action, const Request& request = {});
    /// Timers of the instance that fell due before now run first, each as a step of its own: what
    /// an action finds does not depend on when run_due was called last.
    /// Any event: an operator's Retry, Correct or Cancel, or one of the above.
    Answer send(const std::string& instance, const Event& event, const Request& request = {});

    // --- time ---
    /// Runs every timer due at or before now, in the order of due instant, instance, ordinal.
    DueReport run_due();
    /// When the host should call run_due next.
    [[nodiscard]] std::optional<Instant> next_due();

    // --- questions ---
    [[nodiscard]] InstanceView get(const std::string& instance);
    /// Ids in order, after `after`; at most limits::page_rows_max.
    [[nodiscard]] std::vector<std::string> instances(const std::string& after = {},
                                                     std::size_t rows_max = 100);
    [[nodiscard]] std::vector<HistoryEntry> history(const std::string& instance);
    [[nodiscard]] std::vector<PermittedAction> permitted(const std::string& instance,
                                                         const Actor& actor);
    /// What waits for the actor: his roles, open to anyone of them or to his units or himself.
    [[nodiscard]] std::vector<WorkItem> worklist(const Actor& actor, std::size_t rows_max = 100);
    /// Runs `step` again over the whole history and compares every digest.
    [[nodiscard]] ReplayReport replay(const std::string& instance);
    /// Every clock that the instance has or had, derived again from the history, oldest first.
    [[nodiscard]] std::vector<ClockExplanation> explain(const std::string& instance);
    /// Effects not yet taken: oldest first per instance.
    struct Pending {
        std::string instance;
        Revision revision = 0;
        std::uint32_t number = 0;
        Notice notice;
    };
    [[nodiscard]] std::vector<Pending> pending_effects(std::size_t rows_max = 100);
    /// Takes an effect out of the outbox, once it has been delivered.
    void acknowledge(const Pending& effect);

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

/// `<procedure>/<key>`; Error{misuse} for an empty key or one with control characters, Error{limit}
/// when too long.
[[nodiscard]] std::string instance_id(const std::string& procedure, const std::string& key);

}  // namespace workflow
