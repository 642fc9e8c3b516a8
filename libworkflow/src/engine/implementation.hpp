// What the parts of the engine share. Thread-safe as the engine is.
#pragma once

#include "engine/commits.hpp"
#include "engine/definitions.hpp"
#include "record/record.hpp"
#include "workflow/engine.hpp"
#include "workflow/index_rows.hpp"

namespace workflow {
namespace engine {

struct Core {
    Core(std::shared_ptr<Store> kept_in, std::shared_ptr<const Clock> read_from,
         EngineOptions chosen)
        : store(std::move(kept_in)), clock(std::move(read_from)), options(std::move(chosen)),
          shared_definitions(std::make_shared<Definitions>(store)) {}
    /// One that works in transactions that are lent, with the definitions of `other`.
    Core(const Core& other, std::shared_ptr<Store> lent)
        : store(std::move(lent)), clock(other.clock), options(other.options), is_lent(true),
          shared_definitions(other.shared_definitions) {}

    std::shared_ptr<Store> store;
    std::shared_ptr<const Clock> clock;
    EngineOptions options;
    bool is_lent = false;
    std::shared_ptr<Definitions> shared_definitions;
    Definitions& definitions = *shared_definitions;
    Metrics metrics;
    Commits commits{*store, metrics, options.log};

    [[nodiscard]] Tally tally() const { return {.is_logged = static_cast<bool>(options.log)}; }
};

// Instants as stores hold them: milliseconds since 1970-01-01T00:00Z.
[[nodiscard]] inline std::int64_t milliseconds_of(Instant instant) {
    return instant.time_since_epoch().count();
}
[[nodiscard]] inline Instant instant_of(std::int64_t milliseconds) {
    return Instant(std::chrono::milliseconds(milliseconds));
}

/// A row of the worklist as hosts see it.
[[nodiscard]] inline WorkItem work_item(const StoredWork& row) {
    WorkItem item{row.instance, row.ordinal, row.role, row.unit, {}};
    if (row.due != milliseconds_of(Instant::max())) item.due = instant_of(row.due);
    return item;
}

/// An instance as it was loaded, with what it runs by.
struct Loaded {
    Instance instance;
    Digest chain_head{};  ///< SHA-256 of the last history row
    std::shared_ptr<const Procedure> procedure;
    std::shared_ptr<const Calendars> calendars;
    std::shared_ptr<const Procedure> moves_to = {};  ///< by the event that it is loaded for

    /// What it runs by once the event has been taken.
    [[nodiscard]] const std::shared_ptr<const Procedure>& procedure_after() const {
        return moves_to != nullptr ? moves_to : procedure;
    }
};

/// Error{not_found} when there is no such instance or its definitions are gone.
[[nodiscard]] Loaded load(Definitions& definitions, Transaction& transaction, const std::string& id);
struct HistoryRow {
    std::string bytes;
    HistoryEntry entry;
};
/// From the beginning, with its secrets. Error{not_found} when there is no such instance,
/// Error{corrupt} where a row belongs elsewhere.
[[nodiscard]] std::vector<HistoryRow> load_history(Transaction& transaction, const std::string& id);
/// Calls `use` with each row of the instance's history, from the beginning.
void each_history(Transaction& transaction, const std::string& id,
                  const std::function<void(const StoredHistory&)>& use);
[[nodiscard]] record::Secrets load_secrets(Transaction& transaction, const std::string& id);

/// What the store indexes of it now.
[[nodiscard]] IndexRows rows_of(const Loaded& loaded);

/// Number of the row of `due` that stands for what an instance has for others: messages, calls.
inline constexpr Ordinal dispatch_ordinal = no_index;

/// What happens inside the caller's transaction, which he commits.
struct Post {
    Transaction& transaction;
    Definitions& definitions;
    const std::function<std::string()>& salt;  ///< seals sensitive values
    Instant now;
    Tally& tally;
    std::string trace = {};  ///< of the call; empty: none

    /// The same for what comes from another call.
    [[nodiscard]] Post with_trace(const std::string& other) const {
        return {transaction, definitions, salt, now, tally, other};
    }
};

/// Takes one event on a loaded instance and writes all that it changes. `before` is rows_of(loaded). A
/// refusal leaves `event` where it is, with what is sensitive in it sealed.
[[nodiscard]] std::variant<Done, Refusal> step_and_write(const Post& post, Loaded loaded,
                                                         const IndexRows& before, Event&& event,
                                                         const std::string& request);

/// What an instance that has ended leaves to be counted, told by its history, which is in the store.
[[nodiscard]] StoredClosed closing_row(Definitions& definitions, Transaction& transaction,
                                       const Instance& instance);
/// All rows of an instance by which it is found, as they are to stand (closings.cpp, stepping.cpp).
void write_index(Transaction& transaction, const std::string& id, const procedure::Model& model,
                 const IndexRows& before, const IndexRows& after);

/// Whether the actor is to be `resolved`: he acts for somebody, and names no roles.
[[nodiscard]] bool acts_by_delegation(const Actor& actor);
/// The actor as he acts: by delegation with what was delegated to him.
[[nodiscard]] std::variant<Actor, Refusal> resolved(Transaction& transaction, const Actor& actor,
                                                    Instant now);

// Messages (mailbox.cpp).
/// A message without an address.
[[nodiscard]] MessageAnswer bring(const Post& post, const Message& message);
/// Of the step that took an addressed message: told by its records.
[[nodiscard]] Delivered::How how_delivered(const Done& step);
/// After each step of an instance that runs by `procedure`: what the store keeps for it.
void bring_kept(const Post& post, const Procedure& procedure, const std::string& id);
/// What the instance has for others: messages that its ways have sent, children to start or to
/// cancel, its own end for its caller.
void bring_sent(const Post& post, const std::string& id, DueReport& report);

/// An instance that does not exist yet takes its first step, by the highest versions of its
/// calendars. Error{not_found} when one is not registered.
[[nodiscard]] std::variant<Done, Refusal> begin_instance(const Post& post,
                                                         const std::shared_ptr<const Procedure>& runs_by,
                                                         const std::string& id, Start start,
                                                         const std::string& request);

/// The event with what it leaves to the engine: what the instance runs by, and calendars, of which it
/// keeps the versions of those that it has. Error{not_found}: a version that is not registered.
[[nodiscard]] Migrate completed(Definitions& definitions, const Loaded& loaded, Migrate event);

/// The instance's first timer that fell due before `now`.
[[nodiscard]] std::optional<TimerDue> earlier_timer(const IndexRows& rows, Instant now);
/// Whether two starts give the same data and variant, whoever asks.
[[nodiscard]] bool same_start(const Start& a, const Start& b);
/// Whether two events say the same, sensitive values compared by what they hide; what was erased
/// equals anything.
[[nodiscard]] bool same_event(const Event& a, const Event& b);

}  // namespace engine

struct Engine::Implementation : engine::Core {
    using Core::Core;
};

}  // namespace workflow
