// One dossier under way: tokens in a tree of scopes, data, clocks. A plain value.
// Immutable between steps; copy it freely.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/digest.hpp"
#include "workflow/time.hpp"
#include "workflow/value.hpp"

namespace workflow {

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
    bool incident = false;            ///< stands still until retried (rule R27)
    bool warned = false;              ///< reported as starved or stuck; blocks nothing (rule R34a)
    bool remainder = false;           ///< has moved on; only holds what its join left (rule R36)
    bool at_door = false;             ///< waits for the name of its state; not entered (rule R40)
    bool holds = false;               ///< has taken the name of its state (rule R40)
    std::uint32_t source = no_index;  ///< at a join: the state that it came from (rule R30)
    Value incident_reason;            ///< list of texts: refusal code, then its arguments
    std::vector<TimerState> timers;   ///< not yet exhausted
    std::vector<std::uint32_t> also_may_act;  ///< roles beside the task's own
    Value for_whom;  ///< of a task: the actor or unit it is for; null: anyone
    friend bool operator==(const Token&, const Token&) = default;
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
    std::string by;  ///< id of the actor
    friend bool operator==(const Claimed&, const Claimed&) = default;
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
    std::vector<FiredRound> rounds;  ///< of its joins; mostly none
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

struct ClockState {
    Ordinal ordinal = 0;      ///< of the clock itself
    Ordinal owner = 0;        ///< the token it measures; 0: the procedure
    std::uint32_t clock = 0;  ///< number in the procedure
    enum class Phase : std::uint8_t { idle, running, waiting };
    Phase phase = Phase::running;
    Limit limit;
    std::uint16_t round = 1;
    std::vector<Interval> ledger;
    std::vector<std::uint32_t>
        fired;  ///< per moment, then the due instant: how often in this round
    friend bool operator==(const ClockState&, const ClockState&) = default;
};

struct Instance {
    std::string id;  ///< `<procedure>/<business key>`
    Revision revision = 0;
    enum class Status : std::uint8_t { created, active, ended };
    Status status = Status::created;
    std::uint32_t outcome = no_index;
    bool cancelled = false;
    Digest procedure{};
    Digest calendar{};
    std::string variant;
    Instant started;
    Instant last_now;  ///< `now` never goes back within an instance
    Ordinal next_ordinal = 1;
    std::vector<Value> data;
    std::vector<Value> parameters;
    std::vector<Token> tokens;  ///< by ordinal
    std::vector<Scope> scopes;  ///< by ordinal; [0] is the root
    std::vector<ClockState> clocks;
    std::vector<ItemList> lists;  ///< by token
    std::vector<Claimed> claims;  ///< oldest first
    friend bool operator==(const Instance&, const Instance&) = default;
};

/// What people call one dossier's key within a procedure, from the instance's id.
[[nodiscard]] std::string_view business_key(std::string_view instance_id);

}  // namespace workflow
