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
/// Number of an activation, never reused in an instance (rule R2): (instance, ordinal) is the key of
/// its work item, its effects and its subscriptions. 0 is the procedure itself.
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
    std::uint32_t open_scopes = 0;   ///< of a compound state: scopes inside that are not done
    bool incident = false;           ///< stands still until retried (rule R27)
    Value incident_reason;           ///< list of texts: refusal code, then its arguments
    std::vector<TimerState> timers;  ///< not yet exhausted
    std::vector<std::uint32_t> also_may_act;  ///< roles beside the task's own
    Value for_whom;                  ///< of a task: the actor or unit it is for; null: anyone
    friend bool operator==(const Token&, const Token&) = default;
};

/// The inside of an activation: of a group, of one branch, of one item.
struct Scope {
    Ordinal ordinal = 0;
    Ordinal parent = 0;              ///< the token that holds it; of the root scope 0
    std::uint32_t branch = no_index; ///< state of the branch of a parallel
    std::uint32_t item = no_index;   ///< number of the item of an each
    std::uint32_t tokens = 0;        ///< alive directly in it
    bool done = false;
    std::uint32_t outcome = no_index;
    Value item_value;
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
    Ordinal ordinal = 0;       ///< of the clock itself
    Ordinal owner = 0;         ///< the token it measures; 0: the procedure
    std::uint32_t clock = 0;   ///< number in the procedure
    enum class Phase : std::uint8_t { idle, running, waiting };
    Phase phase = Phase::running;
    Limit limit;
    std::uint16_t round = 1;
    std::vector<Interval> ledger;
    std::vector<std::uint32_t> fired;  ///< per moment, then the due instant: how often in this round
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
    friend bool operator==(const Instance&, const Instance&) = default;
};

/// What people call one dossier's key within a procedure, from the instance's id.
[[nodiscard]] std::string_view business_key(std::string_view instance_id);

}  // namespace workflow
