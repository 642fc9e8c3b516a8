// Keys and bytes, durably. A store knows nothing of procedures.
// Store is thread-safe; a Transaction is confined to the thread that began it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/error.hpp"
#include "workflow/visibility.hpp"

struct sqlite3;  // of SQLite: an open connection

namespace workflow WORKFLOW_PUBLIC {

/// Number of the layout of stores that this build writes; it refuses newer ones.
inline constexpr int store_schema_number = 2;

struct StoredInstance {
    std::uint64_t revision = 0;
    std::string body;
    friend bool operator==(const StoredInstance&, const StoredInstance&) = default;
};
struct StoredHistory {
    std::uint64_t revision = 0;
    std::string body;
    std::string request = {};  ///< id of the request that this row answers; empty: none
};
/// A wake-up call: (due, instance, ordinal, timer) is its key and its order.
struct StoredDue {
    std::int64_t due = 0;  ///< milliseconds since 1970-01-01T00:00Z
    std::string instance;
    std::uint32_t ordinal = 0;
    std::uint32_t timer = 0;
    friend auto operator<=>(const StoredDue&, const StoredDue&) = default;
};
/// A token where it stands, for each role to which it is a work item and each unit or actor that it is
/// for: (role, state, unit, due, instance, ordinal) is the key and the order.
struct StoredWork {
    std::string role;   ///< empty: nobody has work on it
    std::string state;  ///< `<procedure>/<state>`
    std::string unit;   ///< a unit or an actor; empty: for anyone who holds the role
    std::int64_t due = 0;  ///< milliseconds since 1970-01-01T00:00Z; the largest: none
    std::string instance;
    std::uint32_t ordinal = 0;
    bool counted = true;  ///< of all rows of its token one: the token is counted by it
    friend auto operator<=>(const StoredWork&, const StoredWork&) = default;
};
/// How many tokens stand on a state, for one unit.
struct StoredStanding {
    std::string state;
    std::string unit;
    std::uint64_t tokens = 0;
    std::uint64_t late = 0;  ///< of them due before the time that was asked about
    friend bool operator==(const StoredStanding&, const StoredStanding&) = default;
};
/// An instance that is under way: (procedure, unit, received, instance) is its key and its order.
struct StoredActive {
    std::string procedure;
    std::string unit;           ///< that is in charge of it; empty: none
    std::int64_t received = 0;  ///< milliseconds since 1970-01-01T00:00Z
    std::string instance;
    std::int64_t due = 0;  ///< milliseconds since 1970-01-01T00:00Z; the largest: none
    friend bool operator==(const StoredActive&, const StoredActive&) = default;
};
/// One that has ended: (procedure, outcome, closed, instance) is its key and its order.
struct StoredClosed {
    enum class Result : std::uint8_t { none, early, on_time, late };
    std::string procedure;
    std::string outcome;
    std::int64_t closed = 0;  ///< milliseconds since 1970-01-01T00:00Z
    std::string instance;
    std::string unit;
    std::int64_t received = 0;  ///< milliseconds since 1970-01-01T00:00Z
    Result result = Result::none;
    std::int64_t days = 0;  ///< working days that it took
    friend bool operator==(const StoredClosed&, const StoredClosed&) = default;
};
/// What is counted: from `from` until before `until`, seen from `now`; milliseconds since
/// 1970-01-01T00:00Z.
struct StoredPeriod {
    std::int64_t from = 0;
    std::int64_t until = 0;
    std::int64_t now = 0;
};
/// Of one unit's instances under way.
struct StoredActiveCount {
    std::string unit;
    std::uint64_t received = 0;  ///< in the period
    std::uint64_t carried = 0;   ///< received before it
    std::uint64_t late = 0;      ///< received before its end, and due before now
    friend bool operator==(const StoredActiveCount&, const StoredActiveCount&) = default;
};
/// Of one unit's instances that have ended since the period began, with one result.
struct StoredClosedCount {
    std::string unit;
    StoredClosed::Result result = StoredClosed::Result::none;
    std::uint64_t received = 0;  ///< in the period
    std::uint64_t carried = 0;   ///< received before it
    std::uint64_t closed = 0;    ///< in it
    std::int64_t days = 0;       ///< of those closed in it, together
    friend bool operator==(const StoredClosedCount&, const StoredClosedCount&) = default;
};
/// A value under which an instance is found: (procedure, field, value, instance) is its key.
struct StoredField {
    std::string procedure;
    std::string field;
    std::string value;
    std::string instance;
    friend auto operator<=>(const StoredField&, const StoredField&) = default;
};
/// Who may act on whose behalf, for a time: (delegate, delegator, since) is its key and its order.
struct StoredDelegation {
    std::string delegate;
    std::string delegator;
    std::int64_t since = 0;  ///< milliseconds since 1970-01-01T00:00Z
    std::int64_t until = 0;  ///< the same; not any more then
    std::string body;
    friend bool operator==(const StoredDelegation&, const StoredDelegation&) = default;
};
/// A token that stands still: (since, instance, ordinal) is its key and its order.
struct StoredIncident {
    std::int64_t since = 0;  ///< milliseconds since 1970-01-01T00:00Z
    std::string instance;
    std::uint32_t ordinal = 0;
    friend auto operator<=>(const StoredIncident&, const StoredIncident&) = default;
};
/// Where a row of history stands among those of all instances: (transaction, number) is its order.
struct StoredChange {
    std::uint64_t transaction = 0;  ///< 0 where transactions are committed one by one
    std::uint64_t number = 0;
    std::string instance;
    std::uint64_t revision = 0;
    friend bool operator==(const StoredChange&, const StoredChange&) = default;
};
/// Something for another instance: (instance, revision, number) is its key and its order.
struct StoredDispatch {
    std::string instance;  ///< whose it is
    std::uint64_t revision = 0;
    std::uint32_t number = 0;
    std::string body;
    std::string trace = {};  ///< of the call that it comes from; empty: none
    friend bool operator==(const StoredDispatch&, const StoredDispatch&) = default;
};
/// Something for the host: (at, instance, revision, number) is its key and its order. Nobody delivers
/// it before `at`: whoever takes it moves it to the end of his lease, whoever fails to the end of its
/// pause.
struct StoredEffect {
    std::int64_t at = 0;  ///< milliseconds since 1970-01-01T00:00Z
    std::string instance;
    std::uint64_t revision = 0;
    std::uint32_t number = 0;
    std::uint32_t tries = 0;  ///< how often somebody took it
    std::string body;
    std::string trace = {};  ///< of the call that it comes from; empty: none
    friend bool operator==(const StoredEffect&, const StoredEffect&) = default;
};
/// A place that waits for a message: (message, key, since, instance, ordinal) is its key and its
/// order, the longest waiting first.
struct StoredSubscription {
    std::string message;
    std::string key;
    std::int64_t since = 0;  ///< milliseconds since 1970-01-01T00:00Z
    std::string instance;
    std::uint32_t ordinal = 0;
    friend auto operator<=>(const StoredSubscription&, const StoredSubscription&) = default;
};
/// A message that no instance waits for yet: (message, key, number) is its key and its order.
struct StoredMessage {
    std::string message;
    std::string key;
    std::uint64_t number = 0;
    std::string body;
    friend bool operator==(const StoredMessage&, const StoredMessage&) = default;
};
/// A published definition. `kind` is "procedure" or "calendar".
struct StoredDefinition {
    std::string kind;
    std::string id;
    std::int64_t version = 0;
    std::string digest;  ///< 64 hexadecimal digits
    std::string body;    ///< the file's bytes
};
/// A sensitive value beside the chain, by digest of the value it stands for.
struct StoredSecret {
    std::string digest;  ///< 32 bytes
    std::string body;    ///< salt and value
};

/// One unit of work. Everything written becomes visible and durable together in commit(), or not at
/// all: destruction without commit rolls back. Begun for reading, it sees the store as it was at one
/// moment.
///
/// Begun for writing, it is alone with each instance that it has asked for by instance() or
/// claim_due(), whether that exists or not, and with each message and key that it has asked for by
/// messages() or put_subscription(): what it reads of them stays true until it ends. Memory and
/// SQLite have one write lock, so there all else stays true as well; in PostgreSQL others may have
/// changed it meanwhile. Ask for instances before messages: two transactions that hold each what the
/// other waits for are ended by Error{conflict} for one of them.
///
/// After Error{conflict} it can be read (but not in PostgreSQL where the server raised it) and
/// destroyed, and commit() is refused with Error{misuse}, so that half of it is never kept; a part
/// that met one can be dropped, and the rest goes on. After Error{storage} or Error{corrupt} it keeps nothing and
/// every call repeats Error{storage}; the store itself serves again as soon as the fault has gone.
/// Writing in a transaction for reading, revision 0 or above 2^63 - 1: Error{misuse}; a body above
/// limits::body_bytes_max: Error{limit}.
class Transaction {
public:
    virtual ~Transaction() = default;
    /// Error{storage}: nothing was kept. When a failing disk also refuses to take back what it had
    /// half accepted, and the process dies before the store's next commit, the transaction may turn
    /// up after all, whole: a host repeats with the same request id.
    virtual void commit() = 0;
    /// How many calls have changed something in it, or tried to.
    [[nodiscard]] virtual std::uint64_t writes() const = 0;

    // --- parts, one inside the other: `Part` sees to it that each ends ---
    /// What is written from here on can be taken back by itself.
    virtual void open_part() = 0;
    /// Ends the innermost part: what it wrote stays with the rest.
    virtual void keep_part() = 0;
    /// Ends the innermost part and takes back what it wrote, a conflict that it met included.
    virtual void drop_part() noexcept = 0;

    // --- instances ---
    virtual std::optional<StoredInstance> instance(std::string_view id) = 0;
    /// Error{conflict} unless the stored revision is `expected` (0: there is none yet).
    virtual void put_instance(std::string_view id, std::uint64_t expected,
                              const StoredInstance& row) = 0;
    /// Ids in order, after `after`.
    virtual std::vector<std::string> instances(std::string_view after, std::size_t rows_max) = 0;

    // --- history: append-only; Error{conflict} when the revision exists ---
    virtual void append_history(std::string_view id, const StoredHistory& row) = 0;
    /// Revisions above `after`, in order.
    virtual std::vector<StoredHistory> history(std::string_view id, std::uint64_t after,
                                               std::size_t rows_max) = 0;
    virtual std::optional<StoredHistory> last_history(std::string_view id) = 0;
    /// Takes the instance, its history and its sensitive values out, for good: of one that has ended,
    /// once an archive has them.
    virtual void erase_instance(std::string_view id) = 0;
    /// The first revision that answers `request`; nothing for an empty one. Linear in the number of
    /// the instance's rows, but reads no bodies.
    virtual std::optional<std::uint64_t> request(std::string_view id, std::string_view request) = 0;
    /// Says that request() is going to be asked, so that a store which others keep may bring both
    /// answers at once when instance() is asked first.
    virtual void expect_request(std::string_view /*id*/, std::string_view /*request*/) {}
    /// Says that history() is probably going to be asked from the beginning, in the same way.
    virtual void expect_history(std::string_view /*id*/) {}
    /// Says that instance() is going to be asked for what probably is not there, so that such a store
    /// need not look twice.
    virtual void expect_absent(std::string_view /*id*/) {}

    /// Rows of history of all instances after `after`, or from the beginning, in an order in which no
    /// row ever comes before one that was given: what a transaction that is still under way may bring
    /// to stand before them is waited for, with all behind it. Rows may be missing in between, where
    /// they were rolled back or taken out.
    virtual std::vector<StoredChange> changes(const std::optional<StoredChange>& after,
                                              std::size_t rows_max) = 0;

    // --- index rows: putting one that exists and erasing one that does not are no errors ---
    virtual void put_due(const StoredDue& row) = 0;
    virtual void erase_due(const StoredDue& row) = 0;
    /// Due at or before `until`, after `after` when given, in key order.
    virtual std::vector<StoredDue> due(std::int64_t until, const std::optional<StoredDue>& after,
                                       std::size_t rows_max) = 0;
    virtual std::optional<StoredDue> next_due() = 0;
    /// Whether the row is there and, its instance held as instance() holds it, stays until this
    /// transaction ends. False also where another transaction holds the instance: that one is not
    /// waited for, so that several engines share what is due.
    [[nodiscard]] virtual bool claim_due(const StoredDue& row) = 0;
    virtual void put_work(const StoredWork& row) = 0;
    virtual void erase_work(const StoredWork& row) = 0;
    /// Items of `role` on `state` for `unit` exactly, after `after` when given, in key order.
    virtual std::vector<StoredWork> work(std::string_view role, std::string_view state,
                                         std::string_view unit,
                                         const std::optional<StoredWork>& after,
                                         std::size_t rows_max) = 0;
    /// Roles that have rows, in order; the empty one among them.
    virtual std::vector<std::string> work_roles() = 0;
    /// On which states items of `role` stand, in order.
    virtual std::vector<std::string> work_states(std::string_view role) = 0;
    /// Those of `role` on `state` that are counted, after `after` when given, in key order.
    virtual std::vector<StoredWork> standing(std::string_view role, std::string_view state,
                                             const std::optional<StoredWork>& after,
                                             std::size_t rows_max) = 0;
    /// By state and unit how many of them stand on the states of `procedure`, in order; late: due
    /// before `now`. Linear in their number.
    virtual std::vector<StoredStanding> standing_counts(std::string_view role,
                                                        std::string_view procedure,
                                                        std::int64_t now) = 0;

    // --- instances of a procedure: putting one that exists replaces it ---
    virtual void put_active(const StoredActive& row) = 0;
    virtual void erase_active(const StoredActive& row) = 0;
    /// After `after` when given, in key order.
    virtual std::vector<StoredActive> active(std::string_view procedure,
                                             const std::optional<StoredActive>& after,
                                             std::size_t rows_max) = 0;
    /// By unit, in order. Linear in the number of those under way.
    virtual std::vector<StoredActiveCount> active_counts(std::string_view procedure,
                                                         const StoredPeriod& period) = 0;
    virtual void put_closed(const StoredClosed& row) = 0;
    /// With `outcome` exactly, after `after` when given, in key order.
    virtual std::vector<StoredClosed> closed(std::string_view procedure, std::string_view outcome,
                                             const std::optional<StoredClosed>& after,
                                             std::size_t rows_max) = 0;
    /// Outcomes with which some have ended, in order; the empty one among them.
    virtual std::vector<std::string> closed_outcomes(std::string_view procedure) = 0;
    /// By unit and result, in order. Linear in the number of those that have ended since the period
    /// began.
    virtual std::vector<StoredClosedCount> closed_counts(std::string_view procedure,
                                                         std::string_view outcome,
                                                         const StoredPeriod& period) = 0;
    virtual void put_field(const StoredField& row) = 0;
    virtual void erase_field(const StoredField& row) = 0;
    /// Instances with `value` exactly in `field`, after the instance `after`, in order.
    virtual std::vector<std::string> found(std::string_view procedure, std::string_view field,
                                           std::string_view value, std::string_view after,
                                           std::size_t rows_max) = 0;

    // --- delegations: putting one that exists replaces it ---
    virtual void put_delegation(const StoredDelegation& row) = 0;
    /// What is given to `delegate`, in key order.
    virtual std::vector<StoredDelegation> delegations_to(std::string_view delegate) = 0;
    /// After `after` when given, in key order.
    virtual std::vector<StoredDelegation> delegations(const std::optional<StoredDelegation>& after,
                                                      std::size_t rows_max) = 0;

    virtual void put_incident(const StoredIncident& row) = 0;
    virtual void erase_incident(const StoredIncident& row) = 0;
    /// After `after` when given, in key order.
    virtual std::vector<StoredIncident> incidents(const std::optional<StoredIncident>& after,
                                                  std::size_t rows_max) = 0;

    virtual void put_subscription(const StoredSubscription& row) = 0;
    virtual void erase_subscription(const StoredSubscription& row) = 0;
    /// Of `message` under `key` exactly, after `after` when given, in key order.
    virtual std::vector<StoredSubscription> subscriptions(
        std::string_view message, std::string_view key,
        const std::optional<StoredSubscription>& after, std::size_t rows_max) = 0;

    // --- messages that wait; Error{conflict} when the number exists ---
    virtual void put_message(const StoredMessage& row) = 0;
    virtual void erase_message(const StoredMessage& row) = 0;
    /// Of `message` under `key` exactly, in the order of their numbers.
    virtual std::vector<StoredMessage> messages(std::string_view message, std::string_view key,
                                                std::size_t rows_max) = 0;
    /// Of all names and keys, after `after` when given, in key order.
    virtual std::vector<StoredMessage> all_messages(const std::optional<StoredMessage>& after,
                                                    std::size_t rows_max) = 0;

    // --- for other instances and for the host; putting one that exists replaces its body ---
    virtual void put_dispatch(const StoredDispatch& row) = 0;
    virtual void erase_dispatch(const StoredDispatch& row) = 0;
    virtual std::vector<StoredDispatch> dispatches(std::string_view instance,
                                                   std::size_t rows_max) = 0;
    virtual void put_effect(const StoredEffect& row) = 0;
    /// By its key: one that somebody has moved meanwhile stays.
    virtual void erase_effect(const StoredEffect& row) = 0;
    /// Gives the row that stands under its key another `at` and `tries`. False: somebody has moved or
    /// erased it meanwhile.
    [[nodiscard]] virtual bool move_effect(const StoredEffect& row, std::int64_t at,
                                           std::uint32_t tries) = 0;
    /// With `at` up to `until`, after `after` when given, in key order.
    virtual std::vector<StoredEffect> effects(std::int64_t until,
                                              const std::optional<StoredEffect>& after,
                                              std::size_t rows_max) = 0;

    // --- definitions: (kind, id, version) is the key; Error{conflict} when it has other bytes ---
    virtual void put_definition(const StoredDefinition& row) = 0;
    virtual std::vector<StoredDefinition> definitions() = 0;

    // --- sensitive values of one instance ---
    virtual void put_secret(std::string_view id, const StoredSecret& row) = 0;
    virtual void erase_secret(std::string_view id, std::string_view digest) = 0;
    virtual std::vector<StoredSecret> secrets(std::string_view id) = 0;
};

/// A part of a transaction: dropped unless it is kept. Confined.
class Part {
public:
    explicit Part(Transaction& transaction) : transaction_(&transaction) {
        transaction.open_part();
    }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;
    ~Part() {
        if (transaction_ != nullptr) transaction_->drop_part();
    }
    void keep() {
        transaction_->keep_part();
        transaction_ = nullptr;
    }

private:
    Transaction* transaction_;
};

class Store {
public:
    virtual ~Store() = default;
    enum class Access : std::uint8_t { read, write };
    /// Where writers go one by one, several of them may share one transaction and its commit, each in
    /// a part of its own. Where they go side by side the store itself sees to that.
    enum class Writers : std::uint8_t { one_by_one, side_by_side };
    [[nodiscard]] virtual Writers writers() const = 0;
    /// Whether a transaction for reading goes on beside one for writing, and sees the store as it was
    /// before that one.
    [[nodiscard]] virtual bool reads_beside_writer() const { return false; }
    /// Error{storage} when the store cannot be reached or its lock is not had within the time-out.
    [[nodiscard]] virtual std::unique_ptr<Transaction> begin(Access access) = 0;
    /// `memory`, the path or the server's address without its password: for messages.
    [[nodiscard]] virtual std::string name() const = 0;
};

/// Lives as long as the object. For tests and simulations.
[[nodiscard]] std::unique_ptr<Store> make_memory_store();

struct SqliteOptions {
    enum class Create : std::uint8_t { if_missing, never };
    Create create = Create::if_missing;
    int busy_timeout_milliseconds = 5'000;
    std::string vfs;  ///< name of a registered SQLite VFS; empty: the default
    enum class Synchronous : std::uint8_t { full, off };
    Synchronous synchronous = Synchronous::full;  ///< off only to show that tests notice it
};
/// A SQLite file in WAL mode with synchronous=FULL; several processes may share it on one machine.
/// Error{storage}: cannot be opened or written; Error{corrupt}: not such a file, or damaged;
/// Error{unsupported}: written by another application, or in another layout than this build's: a newer
/// one, or an older one that begin_sqlite_upgrade() brings to this; Error{misuse}: an
/// empty path or a negative time-out. Files that are refused are left as they are.
[[nodiscard]] std::unique_ptr<Store> open_sqlite_store(const std::string& path,
                                                       const SqliteOptions& options = {});

/// Copies the store in the file `from` into the new file `to` while others use it, as it stood at one
/// instant (SQLite's online backup, sqlite.org/backup.html, within one read transaction: writers go
/// on). `to` is there whole and on the disk, or not at all; a copy that was interrupted leaves
/// `to` + ".partial", which the next one replaces. Copying a backup to where a store is wanted restores
/// it. `progress` is told the pages that are left, and all; what it throws ends the copy. Returns how
/// many bytes the copy has. Error{misuse}: `to` is there; Error{storage}: cannot be read or written;
/// Error{corrupt}, Error{unsupported}: as open_sqlite_store, and where the copy is not whole.
std::uint64_t copy_sqlite_store(const std::string& from, const std::string& to,
                                const std::function<void(std::size_t left, std::size_t all)>&
                                    progress = {});

/// A store of an older layout on its way to this build's: the tables are made, and `store()` has the
/// instances; the rows by which they are found are to be made anew (upgrade_rows() in upgrade.hpp).
/// All in one transaction: without commit() nothing has changed. Confined.
class StoreUpgrade {
public:
    virtual ~StoreUpgrade() = default;
    /// The layout that it comes from; store_schema_number where there is nothing to do.
    [[nodiscard]] virtual int from() const = 0;
    [[nodiscard]] virtual std::shared_ptr<Store> store() = 0;
    virtual void commit() = 0;
};
/// Of the file, which nobody else writes meanwhile: a process of an older build that has it open meets
/// Error{storage} or Error{unsupported} afterwards and has lost nothing. Errors as open_sqlite_store.
[[nodiscard]] std::unique_ptr<StoreUpgrade> begin_sqlite_upgrade(const std::string& path);

/// The host's own transaction as a store: what is done in it is kept or lost with the host's rows.
/// `connection` is open on the file of a store (main database), lent for as long as this lives, and
/// used by no other thread meanwhile. The host begins, with BEGIN IMMEDIATE where something is
/// written, and ends its transaction; begin() here opens a savepoint in it, of which commit() keeps
/// the changes for the host to commit. One at a time. Confined, as `connection` is.
/// Error{misuse}: no transaction is open, or one that cannot write; Error{unsupported}, Error{corrupt}:
/// its main database is no store. For Engine::in.
[[nodiscard]] std::unique_ptr<Store> lend_sqlite(sqlite3* connection);

}  // namespace workflow
