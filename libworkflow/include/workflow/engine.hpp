// The durable engine: transactions around the pure step, timers, queries, replay.
// Thread-safe: any thread may call; each call reads the host's clock once. Steps that are taken at the
// same time share one commit where the store's writers go one by one, and none undoes another; where
// they go side by side each commits by itself.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/clock.hpp"
#include "workflow/definition.hpp"
#include "workflow/delegation.hpp"
#include "workflow/history.hpp"
#include "workflow/interpreter.hpp"
#include "workflow/log.hpp"
#include "workflow/migration.hpp"
#include "workflow/statistics.hpp"
#include "workflow/store.hpp"
#include "workflow/transfer.hpp"
#include "workflow/verification.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// What makes a call safe to repeat after a lost answer.
struct Request {
    /// The same id again for one instance gives the first answer and changes nothing. Empty: none.
    std::string id;
    /// Refused `conflict` when the instance is at another revision.
    std::optional<Revision> expected_revision;
    /// W3C trace context (w3.org/TR/trace-context), as OpenTelemetry propagates it: the `traceparent`
    /// of the call. Effects carry it to their handlers, messages and calls to other instances. Empty:
    /// none. Error{misuse} for anything else.
    std::string trace = {};
};

/// A step that was taken, now or by the same request before.
struct Done {
    std::string instance;
    Revision revision = 0;
    bool repeated = false;  ///< nothing was changed: it had been done before
    std::vector<Record> records;
    Digest procedure{};  ///< of the version whose numbers the records have
};
using Answer = std::variant<Done, Refusal>;

/// An instance with the definitions it runs by.
struct InstanceView {
    Instance instance;
    std::shared_ptr<const Procedure> procedure;
    std::shared_ptr<const Calendar> calendar;    ///< the procedure's
    std::shared_ptr<const Calendars> calendars;  ///< all that the engine knows
};

/// Of a batch of all instances those that are under way by another version of something.
struct BatchReport {
    std::size_t looked_at = 0;  ///< instances of this batch
    std::size_t concerned = 0;  ///< of them under way by another version
    /// Instances that could not be looked at or moved, and why; the others were.
    std::vector<std::pair<std::string, std::string>> failed;
    std::string cursor;     ///< where the next batch begins
    bool finished = false;  ///< there is no next batch
};
/// What a calendar's version moves, or has moved, in some instances (rule R81).
struct CalendarReport : BatchReport {
    struct Moved {
        std::string instance;
        std::shared_ptr<const Procedure> procedure;
        std::vector<Redated> dates;
    };
    std::vector<Moved> moved;
};
/// What moving them to another version of their procedure would do.
struct MigrationReport : BatchReport {
    struct Planned {
        std::string instance;
        std::int64_t version = 0;  ///< by which it runs
        MigrationPlan plan;
    };
    std::vector<Planned> planned;  ///< of each that is concerned
};

struct WorkItem {
    std::string instance;
    Ordinal ordinal = 0;
    std::string role;            ///< through which it is offered
    std::string unit;            ///< a unit or an actor; empty: to anyone of the role
    std::optional<Instant> due;  ///< of the clock that runs nearest to it
};
/// Of what waits for an actor only what all of these say; empty: no matter.
struct WorkFilter {
    std::string role;
    std::string unit;       ///< a unit of his, or his own id: what is for himself
    std::string procedure;  ///< its id
    std::string state;      ///< its id
    /// Stands in the dossier's key or in a text of its data that is not sensitive; whether letters of
    /// ASCII are large or small does not count.
    std::string text;
    bool overdue = false;
};
struct WorkPage {
    std::vector<WorkItem> items;
    std::string cursor;     ///< where the next page begins
    bool finished = false;  ///< there is no next page
};

/// Work items that are handed from one officer to another.
struct HandoverReport {
    std::vector<WorkItem> items;  ///< what first falls due before the rest
    /// Instances whose item could not be handed over, and why; the others were.
    std::vector<std::pair<std::string, std::string>> failed;
    std::string cursor;     ///< where the next batch begins
    bool finished = false;  ///< there is no next batch
};

/// A token that stands still, and waits for an operator: Retry, Correct, Resolve, MoveToken.
struct IncidentItem {
    std::string instance;
    Ordinal token = 0;
    std::string state;  ///< id
    Value reason;       ///< as Incident::reason; incident_sentence() says it in words
    Instant since;
};
struct IncidentPage {
    std::vector<IncidentItem> items;
    std::string cursor;     ///< where the next page begins
    bool finished = false;  ///< there is no next page
};

/// One step of any instance.
struct CommittedStep {
    std::string instance;
    HistoryEntry entry;  ///< sensitive values sealed
};
struct ChangePage {
    std::vector<CommittedStep> changes;
    /// Where the next page begins, and where one asks again later: keep it with what was done about
    /// the changes. Good for this store only.
    std::string cursor;
    bool finished = false;  ///< there is no more now
};

/// How a message was delivered (rules R60, R61).
struct Delivered {
    enum class How : std::uint8_t {
        taken,
        kept,       ///< it waits for its place
        ignored,    ///< the instance that it is addressed to does not wait for it
        not_found,  ///< nobody waits for it, and it is not kept
    };
    How how = How::not_found;
    std::vector<Done> steps;  ///< of each instance in which something is recorded
};
using MessageAnswer = std::variant<Delivered, Refusal>;
[[nodiscard]] const char* to_string(Delivered::How how);

struct DueReport {
    std::size_t fired = 0;
    std::size_t delivered = 0;    ///< messages of ways, taken or kept
    std::size_t undelivered = 0;  ///< those that nobody took
    std::size_t carried = 0;      ///< children started, cancelled, and their ends told
    /// Instances whose timer could not be run, or which had more than limits::timers_in_a_call_max;
    /// their rows stay, the others were run.
    std::vector<std::pair<std::string, std::string>> failed;
};

/// The result of running an instance's history again.
struct ReplayReport {
    std::size_t steps = 0;                 ///< verified by running step
    std::size_t older_semantics = 0;       ///< verified by chain only
    /// Hold sensitive values that were erased, or come behind a step that cannot be run without them:
    /// the latter are verified by chain only.
    std::size_t erased = 0;
    std::optional<Revision> first_difference;
    std::string difference;                ///< in words; empty when all agree
    [[nodiscard]] bool agrees() const { return !first_difference.has_value(); }
};

struct EngineOptions {
    /// Salt for sensitive values: 16 unpredictable bytes. Called by several threads at once. Default:
    /// OpenSSL's RAND_bytes.
    std::function<std::string()> salt;
    LogSink log;
};

class Engine {
public:
    /// Definitions that the store holds are ready at once.
    Engine(std::shared_ptr<Store> store, std::shared_ptr<const Clock> clock, EngineOptions options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// The same engine inside the host's own transaction: `transaction` is what lend_sqlite() or
    /// lend_postgres() gave. Every call does its work there, and it is kept or lost when the host
    /// commits or rolls back; what its answer says holds only then. Confined to the thread that has
    /// the transaction. Definitions are registered outside: Error{misuse}.
    [[nodiscard]] Engine in(std::shared_ptr<Store> transaction) const;

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
    /// That by which a row of history was written. Error{not_found}.
    [[nodiscard]] std::shared_ptr<const Procedure> procedure(const Digest& digest) const;
    [[nodiscard]] std::vector<std::shared_ptr<const Procedure>> procedures() const;
    /// The highest version of a calendar. Error{not_found}.
    [[nodiscard]] std::shared_ptr<const Calendar> calendar(const std::string& id) const;

    // --- what happens to an instance ---
    struct StartRequest {
        std::string procedure;
        std::string key;  ///< the host's business key: with the procedure it is the instance's id
        Actor actor;
        FieldValues data;
        std::string variant;
        std::string entry = {};  ///< which of several starts
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

    /// A message to whom waits under its key, or, broadcast, to all of them. What is `keep` waits in
    /// the store until somebody does. Whoever repeats it sends another message.
    MessageAnswer send(const Message& message);
    /// The same, addressed to one instance, with or without a key.
    MessageAnswer send_to(const std::string& instance, const Message& message,
                          const Request& request = {});

    // --- time ---
    /// Runs every timer due at or before now, in the order of due instant, instance, ordinal, and
    /// brings messages, calls and ends of called instances to where they go.
    DueReport run_due();
    /// When the host should call run_due next.
    [[nodiscard]] std::optional<Instant> next_due();

    // --- a new version of a calendar: batch after batch, from an empty cursor until `finished` ---
    /// What `calendar` would move in the instances that count by an older version of it. It need
    /// not be registered; nothing is changed.
    [[nodiscard]] CalendarReport calendar_impact(const std::shared_ptr<const Calendar>& calendar,
                                                 const std::string& cursor = {},
                                                 std::size_t rows_max = 100);
    /// Lets those instances count by the highest registered version of the calendar `id`; each in a
    /// transaction of its own. What was interrupted may go on from its cursor, or begin again: an
    /// instance that has been moved is not concerned any more. Error{not_found} without a version.
    CalendarReport apply_calendar(const std::string& id, const Actor& actor,
                                  const std::string& cursor = {}, std::size_t rows_max = 100);

    // --- a new version of a procedure ---
    /// Moves the instance to the version `version` of its procedure, as a step with that event: what
    /// Migrate says, with the versions that its calendars have now. Refused `same_version`, or
    /// `not_migratable` with all that has no place there; then nothing is changed. Error{not_found}: no
    /// such version.
    Answer migrate(const std::string& instance, std::int64_t version,
                   const MigrationMapping& mapping, const Actor& actor, const std::string& reason,
                   const Request& request = {});
    /// What that would do now to each instance that is under way by another version than `to`, batch
    /// after batch, from an empty cursor until `finished`. `to` need not be registered; its calendars
    /// must be. Nothing is changed.
    [[nodiscard]] MigrationReport plan_migration(const std::shared_ptr<const Procedure>& to,
                                                 const MigrationMapping& mapping = {},
                                                 const std::string& cursor = {},
                                                 std::size_t rows_max = 100);

    // --- who acts for whom, within dates ---
    /// Enters a delegation, or changes the one with the same delegate, delegator and begin: an earlier
    /// end takes it back. Whose decision that may be is the host's to say. Error{misuse}: an id is
    /// missing, they are the same, or it ends before it begins.
    ///
    /// A Perform, Claim, Release or Delegate whose actor has `acting_for` and names no roles is resolved
    /// before the step: he acts with the delegated roles and units, those are recorded, and four eyes
    /// count both persons. Refused `not_delegated` where no delegation holds now. Work that the delegator
    /// has claimed, or that is for him, is open to the delegate.
    void put_delegation(const Delegation& delegation);
    /// All that were entered, also those of the past and to come.
    [[nodiscard]] DelegationPage delegations(const std::string& cursor = {},
                                             std::size_t rows_max = 100);

    // --- an officer who left ---
    /// What he has in hand: claimed by him, given to him, or for him alone. Batch after batch, from an
    /// empty cursor until `finished`; nothing is changed. Error{misuse}: no id.
    [[nodiscard]] HandoverReport plan_reassign_all(const std::string& from,
                                                   const std::string& cursor = {},
                                                   std::size_t rows_max = 100);
    /// Gives each of these items to `to`, a step each, as Reassign does (rule R68): he still needs the
    /// role. What was interrupted may go on from its cursor, or begin again.
    HandoverReport reassign_all(const std::string& from, const std::string& to, const Actor& actor,
                                const std::string& reason, const std::string& cursor = {},
                                std::size_t rows_max = 100);

    // --- what is to be forgotten ---
    /// Erases every value that these sensitive fields of the instance ever had, with their salts, for
    /// good: what is left is that they were there, and this step. Also of one that has ended. Refused
    /// `not_sensitive`. Backups and archives made before keep them. verify() tells which values are
    /// not there without such a step.
    Answer erase(const std::string& instance, const std::vector<std::string>& fields,
                 const Actor& actor, const std::string& reason, const Request& request = {});

    // --- a plan first ---
    /// What send() would answer now, timers that fell due before included; nothing is changed. Where
    /// writers go one by one it waits for its turn as they do.
    [[nodiscard]] Answer plan(const std::string& instance, const Event& event);

    // --- files ---
    /// Writes all that the store holds, as it stood at one instant, to the new file `path`: for a store
    /// of another kind, or a later build. The file is there whole and on the disk, or not at all.
    /// Error{misuse}: it is there; Error{storage}.
    TransferReport export_to(const std::string& path, const TransferProgress& progress = {});
    /// Brings what export_to() or archive() wrote into this store, each instance with its whole history
    /// as it was. The file is read to its end first: its digest, the chain of each history, whether each
    /// instance can be one of its procedure, and that none is there with other contents; a file in which
    /// anything is wrong is refused, with nothing brought. Who made it can have made up a history: verify()
    /// says so. What was interrupted is run again: an instance that is there already is left. The place
    /// of steps in changes() is that of their coming here. Error{corrupt}: no such file, damaged, or a
    /// history that is not whole; Error{unsupported}: of a newer build; Error{conflict}: an instance or
    /// definition is there with other contents; Error{storage}.
    TransferReport import_from(const std::string& path, const TransferProgress& progress = {});
    /// Writes the instances that ended before `before` to the new file `path`, and once that is on the
    /// disk takes them out of the store, with their histories and sensitive values; what counts them
    /// stays. One whose caller is under way, or for which something waits in the outbox, stays. The file
    /// holds their definitions, so that it can be read and verified by itself: import_from() into an
    /// empty store. What is to be erased in it is imported, erased and archived again.
    TransferReport archive(const std::string& path, Instant before,
                           const TransferProgress& progress = {});

    // --- questions ---
    [[nodiscard]] InstanceView get(const std::string& instance);
    /// Ids in order, after `after`; at most limits::page_rows_max.
    [[nodiscard]] std::vector<std::string> instances(const std::string& after = {},
                                                     std::size_t rows_max = 100);
    [[nodiscard]] std::vector<HistoryEntry> history(const std::string& instance);
    [[nodiscard]] std::vector<PermittedAction> permitted(const std::string& instance,
                                                         const Actor& actor);
    /// What waits for the actor, what is due first before the rest: by his roles, open to anyone of
    /// them or to his units or himself, and nothing on which he may not act now (rule R69), for a guard
    /// or because of what he did before. A page may hold fewer than `rows_max` and not be the last.
    /// Error{misuse}: a cursor that is none.
    [[nodiscard]] WorkPage worklist(const Actor& actor, const WorkFilter& filter = {},
                                    const std::string& cursor = {}, std::size_t rows_max = 100);
    /// Who stands on a state of a procedure or, of one around others, inside it: by state, role, unit
    /// and due date. Error{not_found}: no version of the procedure has such a state.
    [[nodiscard]] StandingPage standing(const std::string& procedure, const std::string& state,
                                        const std::string& cursor = {}, std::size_t rows_max = 100);
    /// How many stand where, by state and unit; of states around others nothing, for what is inside is
    /// counted. Linear in the number of dossiers under way.
    [[nodiscard]] std::vector<StandingCount> standing_counts(const std::string& procedure);
    /// What is under way, by unit and receipt.
    [[nodiscard]] UnderWayPage under_way(const std::string& procedure,
                                         const std::string& cursor = {},
                                         std::size_t rows_max = 100);
    /// What has ended with an outcome (`cancelled`; empty: none), by the time of its end. Those that
    /// were archived are told, too. Error{not_found}: no version has such an outcome.
    [[nodiscard]] ClosedPage closed(const std::string& procedure, const std::string& outcome,
                                    const std::string& cursor = {}, std::size_t rows_max = 100);
    /// Instances, under way or ended, whose field marked `indexed` holds the value now: a text, or what
    /// to_string() makes of another value; only its first field_value_bytes_max bytes count.
    /// Error{not_found}: no version has such a field; Error{misuse}: it is not indexed.
    [[nodiscard]] FoundPage find(const std::string& procedure, const std::string& field,
                                 const Value& value, const std::string& cursor = {},
                                 std::size_t rows_max = 100);
    /// By unit what came in and what became of it from `from` until before `until`. Linear in the
    /// number of dossiers under way and of those that have ended since `from`.
    [[nodiscard]] std::vector<UnitStatistics> statistics(const std::string& procedure, Instant from,
                                                         Instant until);
    /// What stands still, the oldest first.
    [[nodiscard]] IncidentPage incidents(const std::string& cursor = {},
                                         std::size_t rows_max = 100);
    /// Every step of every instance in the order in which they were committed, for outer systems. No
    /// committed step is ever skipped, also where others are still under way: those come later, and
    /// what was committed behind them with them. Steps that were archived are not told any more.
    [[nodiscard]] ChangePage changes(const std::string& cursor = {}, std::size_t rows_max = 100);
    /// Runs `step` again over the whole history and compares every digest.
    [[nodiscard]] ReplayReport replay(const std::string& instance);

    // --- proof: batch after batch, from an empty cursor until `finished` ---
    /// Looks at every row of history: whether it is the one that was written, and whether the same
    /// step run again does the same. What it finds is no error but a fault in the report. It reads
    /// instance by instance, and may run beside everything else.
    [[nodiscard]] VerifyReport verify(const std::string& cursor = {}, std::size_t rows_max = 100);
    [[nodiscard]] VerifyReport verify_one(const std::string& instance);
    /// The heads of the chains of the next instances, for a place that who writes the store cannot
    /// reach. Error{corrupt} where an instance has no history.
    [[nodiscard]] std::vector<Anchor> anchors(const std::string& after = {},
                                              std::size_t rows_max = 100);
    /// What differs from anchors that were taken earlier: later rows are none of it.
    [[nodiscard]] std::vector<VerifyReport::Fault> compare(const std::vector<Anchor>& anchors);

    /// Every clock that the instance has or had, derived again from the history, oldest first.
    [[nodiscard]] std::vector<ClockExplanation> explain(const std::string& instance);

    // --- the outbox: what the host is to do. OutboxService does all of this ---
    /// A notice to give or a service to run. The host answers a service with send(instance,
    /// EffectResult), then acknowledges. A row that comes again after a crash has the same instance
    /// and token: the key under which the work is done once.
    struct Pending {
        std::string instance;
        Revision revision = 0;
        std::uint32_t number = 0;
        std::variant<Notice, ServiceRequest> effect;
        Instant at;               ///< not to be delivered before; of one that is taken: until when it is
        std::uint32_t tries = 0;  ///< how often it was taken
        std::string trace = {};   ///< `traceparent` of the call that it comes from; empty: none
    };
    /// All that stand there, those that are taken or in a pause too, in the order in which they are to
    /// be delivered, after `after` when given.
    [[nodiscard]] std::vector<Pending> pending_effects(const std::optional<Pending>& after = {},
                                                       std::size_t rows_max = 100);
    /// Takes those to be delivered now, of all that `wanted` wants (none: all), so that no other
    /// process has them until `lease` has gone. One that is not acknowledged or postponed by then is
    /// to be had again: whoever took it is taken for dead. A service whose answer is not waited for
    /// any more is not given a second time.
    [[nodiscard]] std::vector<Pending> take_effects(
        std::chrono::milliseconds lease, std::size_t rows_max,
        const std::function<bool(const Pending&)>& wanted = {});
    /// Takes an effect out of the outbox, once it has been delivered. Nothing happens when the lease
    /// had run out and somebody else has it.
    void acknowledge(const Pending& effect);
    /// Gives one back that could not be delivered: to be had again after `pause`.
    void postpone(const Pending& effect, std::chrono::milliseconds pause);
    /// The host's clock.
    [[nodiscard]] Instant now() const;

    /// What this engine has done since it was made, and how its store stands, as OpenMetrics 1.0 text
    /// (openmetrics.io) for a page that a collector reads: steps by event, refusals by code, how long
    /// ago the first timer that was not run fell due, the depth of the outbox (all its keys are read),
    /// how long commits took. It names no dossier and nobody.
    [[nodiscard]] std::string metrics();

private:
    friend class CommitService;
    struct Implementation;
    explicit Engine(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

/// `<procedure>/<key>`; Error{misuse} for an empty key or one with control characters, Error{limit}
/// when too long.
[[nodiscard]] std::string instance_id(const std::string& procedure, const std::string& key);

}  // namespace workflow
