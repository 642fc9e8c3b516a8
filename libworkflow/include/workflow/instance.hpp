// One dossier under way: tokens in a tree of scopes, data, clocks. A plain value.
// Immutable between steps; copy it freely.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/digest.hpp"
#include "workflow/mostly_empty.hpp"
#include "workflow/time.hpp"
#include "workflow/value.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

using Revision = std::uint64_t;
/// Number of an activation, never reused in an instance (rule R2): (instance, ordinal) is the key
/// of its work item, its effects and its subscriptions. 0 is the procedure itself.
using Ordinal = std::uint32_t;
/// Stands for "no state", "no outcome" ... wherever a number of the procedure is held.
inline constexpr std::uint32_t no_index = UINT32_MAX;

/// A repeated or single timer of an activation.
struct TimerState {
    std::uint32_t timer = 0;  ///< number within its state
    std::uint32_t fired = 0;
    Instant due;
    friend bool operator==(const TimerState&, const TimerState&) = default;
};

/// One activation of a state.
struct Token {
    Ordinal ordinal = 0;
    std::uint32_t state = 0;
    Ordinal scope = 0;
    Instant entered;
    std::uint32_t open_scopes = 0;    ///< of a compound state: scopes inside that are not done
    bool incident = false;            ///< stands still until retried (rule R27); see Incident
    bool warned = false;              ///< reported as starved or stuck; blocks nothing (rule R34a)
    bool remainder = false;           ///< has moved on; only holds what its join left (rule R36)
    bool at_door = false;             ///< waits for the name of its state; not entered (rule R40)
    bool holds = false;               ///< has taken the name of its state (rule R40)
    std::uint32_t source = no_index;  ///< at a join: the state that it came from (rule R30)
    MostlyEmpty<TimerState> timers;   ///< not yet exhausted
    MostlyEmpty<std::uint32_t> also_may_act;  ///< roles beside the task's own
    Value for_whom;  ///< of a task: the actor or unit it is for; null: anyone
    friend bool operator==(const Token&, const Token&) = default;
};

/// Why a token stands still.
struct Incident {
    Ordinal token = 0;
    Value reason;  ///< list of texts: refusal code, then its arguments
    Instant since;
    friend bool operator==(const Incident&, const Incident&) = default;
};

/// A round of a join that has fired and swallows until it ends (rule R32).
struct FiredRound {
    std::uint32_t join = 0;              ///< state
    std::vector<std::uint32_t> counted;  ///< sources of which one has come, in order of coming
    friend bool operator==(const FiredRound&, const FiredRound&) = default;
};

/// What an each has taken from its list: where the list grows, or not all items open at once.
struct ItemList {
    Ordinal token = 0;
    std::uint32_t taken = 0;     ///< items of the list so far
    std::vector<Value> to_come;  ///< the last of them, not yet opened
    friend bool operator==(const ItemList&, const ItemList&) = default;
};

/// A work item that somebody has taken for himself.
struct Claimed {
    Ordinal token = 0;
    std::string by;           ///< id of the actor
    bool reassigned = false;  ///< by an operator: `same_as` does not hold for him (rule R68)
    friend bool operator==(const Claimed&, const Claimed&) = default;
};

/// What has happened to a state, an action or a clock in a scope, and in those inside it that are
/// gone. Kept only of what the procedure asks for (rules R53, R68).
struct Visits {
    Ordinal scope = 0;
    std::uint32_t memory = 0;        ///< number in the procedure
    std::uint32_t times = 0;         ///< entered or performed; of a clock: 1 when it ended late
    std::optional<Instant> entered;  ///< last; of a clock: its due date
    std::optional<Instant> left;     ///< last; of a clock: its original due date
    std::vector<Instant> when;       ///< each time, oldest first; of a clock: when it ended
    struct Finisher {
        std::string actor;
        std::string acting_for;
        friend bool operator==(const Finisher&, const Finisher&) = default;
    };
    std::vector<Finisher> finishers;  ///< oldest first
    friend bool operator==(const Visits&, const Visits&) = default;
};

/// The inside of an activation: of a group, of one branch, of one item.
struct Scope {
    Ordinal ordinal = 0;
    Ordinal parent = 0;               ///< the token that holds it; of the root scope 0
    std::uint32_t branch = no_index;  ///< state of the branch of a parallel
    std::uint32_t item = no_index;    ///< number of the item of an each
    std::uint32_t tokens = 0;         ///< alive directly in it
    bool done = false;
    std::uint32_t outcome = no_index;
    Value item_value;
    MostlyEmpty<FiredRound> rounds;  ///< of its joins
    MostlyEmpty<Value> data;         ///< of the fields that are its own
    friend bool operator==(const Scope&, const Scope&) = default;
};

/// A stretch of a clock's life (rule R71).
struct Interval {
    Instant from;
    Instant to;
    bool open = true;
    bool counts = true;
    std::uint32_t reason = no_index;  ///< what it waits for
    std::uint16_t round = 1;
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// More time that a clock was given (rule R76).
struct ExtraTime {
    Instant at;
    std::int64_t amount = 0;  ///< days or, for hour units, milliseconds
    std::optional<Day> date;  ///< of months, years and fixed dates: the date itself
    std::uint16_t round = 1;
    friend bool operator==(const ExtraTime&, const ExtraTime&) = default;
};

/// A due date that is not computed from a limit.
struct FixedDue {
    Instant at;
    bool whole_day = false;  ///< `at` is the midnight of a date: due at the end of that day
    friend bool operator==(const FixedDue&, const FixedDue&) = default;
};

struct ClockState {
    Ordinal ordinal = 0;      ///< of the clock itself
    Ordinal owner = 0;        ///< the token it measures; 0: the procedure
    std::uint32_t clock = 0;  ///< number in the procedure
    enum class Phase : std::uint8_t { idle, running, waiting };
    Phase phase = Phase::running;
    Limit limit;
    std::optional<FixedDue> fixed;  ///< instead of the limit
    std::optional<Instant> stops;   ///< `stops: {date: ...}`
    std::uint16_t round = 1;
    std::vector<Interval> ledger;  ///< empty: it waits for the event that starts it
    MostlyEmpty<ExtraTime> extensions;
    /// Per moment, then the due instant: how often in this round; of a recurring date the day on
    /// which it fired last, since 1970. What is missing at the end has not fired.
    MostlyEmpty<std::uint32_t> fired;
    friend bool operator==(const ClockState&, const ClockState&) = default;
};

/// A place that waits for a message, from when its state was entered until it is left (rule R60).
struct Subscription {
    Ordinal ordinal = 0;        ///< the token; 0: the procedure itself
    std::uint32_t message = 0;  ///< number in the procedure
    std::string key;            ///< as it was when the place began to wait; empty: only by address
    friend bool operator==(const Subscription&, const Subscription&) = default;
};

/// A message addressed to the instance that waits for its place (rule R61).
struct KeptMessage {
    Ordinal ordinal = 0;  ///< its own
    std::uint32_t message = 0;
    std::string key;  ///< as it was sent; empty: none
    Value fields;     ///< record of what it says
    friend bool operator==(const KeptMessage&, const KeptMessage&) = default;
};

/// What a token waits for from outside: the answer of a service, or the end of a child.
struct Awaited {
    Ordinal token = 0;
    std::uint32_t attempt = 1;  ///< of a service
    std::string child;          ///< id of a called instance
    friend bool operator==(const Awaited&, const Awaited&) = default;
};

/// Who called an instance (rule R67).
struct Caller {
    std::string instance;
    Ordinal token = 0;        ///< 0: detached, nobody waits
    std::uint32_t depth = 1;  ///< how many callers lie above
    friend bool operator==(const Caller&, const Caller&) = default;
};

struct Instance {
    std::string id;  ///< `<procedure>/<business key>`
    Revision revision = 0;
    enum class Status : std::uint8_t { created, active, ended };
    Status status = Status::created;
    /// Of an active one: set aside by an operator's decision. Nobody acts on it and no timer fires;
    /// its clocks go on, or wait.
    enum class Suspension : std::uint8_t { none, clocks_go_on, clocks_wait };
    Suspension suspension = Suspension::none;
    [[nodiscard]] bool is_suspended() const { return suspension != Suspension::none; }
    std::uint32_t outcome = no_index;
    bool cancelled = false;
    Digest procedure{};
    Digest calendar{};
    MostlyEmpty<Digest> more_calendars;  ///< of Procedure::more_calendars()
    std::string variant;                 ///< empty: none; gives the parameters their values
    Instant started;
    Instant last_now;  ///< `now` never goes back within an instance
    Ordinal next_ordinal = 1;
    std::vector<Value> data;
    std::vector<Token> tokens;  ///< by ordinal
    std::vector<Scope> scopes;  ///< by ordinal; [0] is the root
    std::vector<ClockState> clocks;
    MostlyEmpty<Incident> incidents;          ///< one for each token that stands still
    MostlyEmpty<ItemList> lists;              ///< by token
    MostlyEmpty<Claimed> claims;              ///< oldest first
    MostlyEmpty<Visits> visits;               ///< by scope and memory, in the order of making
    std::uint32_t outer_status = no_index;    ///< code of the system around (rule R85)
    MostlyEmpty<Subscription> subscriptions;  ///< in the order in which they began
    MostlyEmpty<KeptMessage> kept;            ///< first in, first out
    MostlyEmpty<Awaited> awaited;             ///< by token
    std::optional<Caller> caller;
    friend bool operator==(const Instance&, const Instance&) = default;
};

/// Why the token stands still; null where it does not.
[[nodiscard]] Value incident_reason(const Instance& instance, Ordinal token);
/// What people call one dossier's key within a procedure, from the instance's id.
[[nodiscard]] std::string_view business_key(std::string_view instance_id);

}  // namespace workflow
