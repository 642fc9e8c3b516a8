// The one function that runs a procedure: step. Pure: same arguments, same bytes; no clock, no I/O.
// Thread-safe functions over immutable values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/instance.hpp"
#include "workflow/procedure.hpp"

namespace workflow {

/// Number of the meaning of `step`. A change that alters any recorded outcome raises it.
inline constexpr std::uint32_t semantics_number = 1;

/// Who acts. The host has authenticated him; the engine decides what he may do.
struct Actor {
    std::string id;
    std::vector<std::string> roles;
    std::vector<std::string> units;
    std::string acting_for;  ///< on whose behalf; empty: his own
    friend bool operator==(const Actor&, const Actor&) = default;
};

using FieldValues = std::vector<std::pair<std::string, Value>>;

// --- events --------------------------------------------------------------------------------------
struct Start {
    Actor actor;
    FieldValues data;
    std::string variant;
    Digest calendar{};  ///< the calendar version that the instance is to use
    friend bool operator==(const Start&, const Start&) = default;
};
struct Perform {
    std::string action;
    Actor actor;
    FieldValues fields;
    std::optional<Ordinal> work_item;  ///< needed where several offer the action
    friend bool operator==(const Perform&, const Perform&) = default;
};
/// A timer that index_rows() announced. `due` is when it fell due; `now` of the step is when it was
/// noticed: lateness after an outage is recorded and not blamed on the officer.
struct TimerDue {
    Ordinal ordinal = 0;
    std::uint32_t timer = 0;
    Instant due;
    friend bool operator==(const TimerDue&, const TimerDue&) = default;
};
/// The operator lets a token try again what could not be evaluated.
struct Retry {
    Actor actor;
    Ordinal token = 0;
    friend bool operator==(const Retry&, const Retry&) = default;
};
/// The operator mends data, with the reason.
struct Correct {
    Actor actor;
    FieldValues data;
    std::string reason;
    friend bool operator==(const Correct&, const Correct&) = default;
};
/// The operator ends the instance with the outcome `cancelled`.
struct Cancel {
    Actor actor;
    std::string reason;
    friend bool operator==(const Cancel&, const Cancel&) = default;
};
/// Somebody takes a work item for himself: only he acts on it then, and holds the name that its
/// state wants for itself (rule R40).
struct Claim {
    Actor actor;
    Ordinal work_item = 0;
    friend bool operator==(const Claim&, const Claim&) = default;
};
/// He gives it back.
struct Release {
    Actor actor;
    Ordinal work_item = 0;
    friend bool operator==(const Release&, const Release&) = default;
};
using Event = std::variant<Start, Perform, TimerDue, Retry, Correct, Cancel, Claim, Release>;

// --- what a step gives ---------------------------------------------------------------------------
enum class RecordKind : std::uint8_t {
    started = 1,
    ended,
    cancelled_instance,
    entered,          ///< token, state; value: of a task, the actor or unit it is for
    left,             ///< token, state: the one that moved
    cancelled,        ///< token, state: withdrawn with what was around it
    scope_opened,     ///< token holds it; subject: scope; value: item or branch
    scope_done,       ///< subject: scope; outcome
    performed,        ///< token, state, subject: action
    data_set,         ///< subject: field; value
    timer_fired,      ///< token, state, subject: timer; value: how often so far
    timer_ignored,    ///< its activation is gone
    notified,         ///< token, state; value: list of roles
    escalated,        ///< token, state, subject: role that may act, too
    clock_started,    ///< subject: clock; value: due date first told (instant)
    clock_waiting,    ///< subject: clock; outcome: reason
    clock_resumed,    ///< subject: clock; value: due
    clock_restarted,  ///< subject: clock; value: due
    clock_moment,     ///< subject: clock; outcome: moment; value: due of the moment
    clock_ended,      ///< subject: clock; outcome: ClockResult; value: due
    incident_opened,  ///< token, state; value: code and arguments
    incident_resolved,
    corrected,  ///< value: reason
    joined,     ///< token, state: of a join, or of a parallel or each that goes on
    swallowed,  ///< token, state: came to a join whose round had fired; outcome: source
    at_door,    ///< token, state: waits for the name of its state; subject: door
    claimed,    ///< token, state; value: by whom
    released,   ///< token, state; value: who had it
};
[[nodiscard]] const char* to_string(RecordKind kind);

/// How a clock ended, or stands (rule R77).
enum class ClockResult : std::uint8_t { early, on_time, late, waiting, in_time, running_late };
[[nodiscard]] const char* to_string(ClockResult result);

/// One line of the history. Numbers are those of the procedure's version.
struct Record {
    RecordKind kind{};
    Instant at;  ///< logical: the due instant of what a late-noticed timer ended
    Ordinal token = 0;
    std::uint32_t state = no_index;
    std::uint32_t subject = no_index;
    std::uint32_t outcome = no_index;
    Value value;
    friend bool operator==(const Record&, const Record&) = default;
};

/// Something for the host to do after the commit, at least once.
struct Notice {
    Ordinal token = 0;
    std::uint32_t state = no_index;
    std::vector<std::uint32_t> roles;
    Text text;  ///< with {field} filled in
    std::uint32_t clock = no_index;
    friend bool operator==(const Notice&, const Notice&) = default;
};
using Effect = std::variant<Notice>;

struct Step {
    Instance instance;
    std::vector<Record> records;
    std::vector<Effect> effects;
};

enum class RefusalCode : std::uint8_t {
    ended = 1,
    unknown_action,
    not_possible_now,
    ambiguous,
    not_your_role,
    not_your_unit,
    guard_false,
    incident,
    missing_field,
    unknown_field,
    wrong_type,
    cannot_evaluate,
    too_many_microsteps,
    conflict,        ///< expected revision differs
    request_reused,  ///< same request id, other content
    already_started,
    not_started,
    unknown_variant,
    no_such_work_item,
    no_incident,
    too_large,
    outside_calendar,  ///< the calendar has no days there
    starved,           ///< only as an incident: nothing can come to complete the join
    stuck,             ///< only as an incident: whatever is left waits for something inside
    list_shorter,      ///< a list that an each watches lost items
    held_elsewhere,    ///< another activation holds the name of the state
    claimed,           ///< somebody else has taken the work item
    not_claimed,       ///< there is nothing to release
};
/// Kebab-case, stable.
[[nodiscard]] const char* to_string(RefusalCode code);

/// One thing an actor can do now, or why not.
struct PermittedAction {
    Ordinal work_item = 0;
    std::uint32_t state = 0;
    std::uint32_t action = 0;            ///< number within the state that declares it
    std::uint32_t declared_by = 0;       ///< state that declares it: the item's own or one around
    std::optional<RefusalCode> refused;  ///< nothing: open
    std::vector<std::string> arguments;  ///< of the reason
    friend bool operator==(const PermittedAction&, const PermittedAction&) = default;
};

/// An expected "no". Nothing was changed and nothing recorded.
struct Refusal {
    RefusalCode code{};
    std::vector<std::string> arguments;
    std::vector<PermittedAction> permitted;  ///< what the actor could do instead

    /// The sentence for a person, with the mend.
    [[nodiscard]] std::string reason(std::string_view language = "en") const;
};

/// The sentence of an incident (Token::incident_reason, or the value of an incident_opened record).
[[nodiscard]] std::string incident_sentence(const Value& reason, std::string_view language = "en");

using Outcome = std::variant<Step, Refusal>;

/// The next instance, the records for people, the effects to deliver. `now` is when the event was
/// noticed. The instance is moved in. Start wants an Instance whose status is `created`.
[[nodiscard]] Outcome step(const Procedure& procedure, const Calendars& calendars,
                           Instance instance, const Event& event, Instant now);

/// Everything the actor's roles reach, open or with the reason why not (rule R69).
[[nodiscard]] std::vector<PermittedAction> permitted(const Procedure& procedure,
                                                     const Calendars& calendars,
                                                     const Instance& instance, const Actor& actor,
                                                     Instant now);

// --- what a store indexes ------------------------------------------------------------------------
struct DueRow {
    Instant due;
    Ordinal ordinal = 0;      ///< token or clock
    std::uint32_t timer = 0;  ///< which of its timers or moments
    friend auto operator<=>(const DueRow&, const DueRow&) = default;
};
struct WorkRow {
    Ordinal ordinal = 0;
    std::uint32_t state = 0;
    std::uint32_t role = 0;
    Value for_whom;  ///< text, or null
    friend bool operator==(const WorkRow&, const WorkRow&) = default;
};
struct IndexRows {
    std::vector<DueRow> due;
    std::vector<WorkRow> work;
};
/// A projection of the instance: timers to wake it, work items to list. Of each clock only the
/// moment that is due next.
[[nodiscard]] IndexRows index_rows(const Procedure& procedure, const Calendars& calendars,
                                   const Instance& instance);

// --- clocks for people ---------------------------------------------------------------------------
/// A clock as it stands: derived from ledger and calendar, never stored.
struct ClockView {
    Ordinal ordinal = 0;
    std::uint32_t clock = 0;
    Ordinal owner = 0;
    ClockState::Phase phase{};
    ClockResult result{};         ///< waiting, in_time or running_late
    std::optional<Deadline> due;  ///< nothing while idle or waiting
    Limit limit;
    std::int64_t used = 0;  ///< in the limit's unit; hour units in minutes
    Instant round_started;
    std::uint32_t waiting_for = no_index;
};
/// Why a clock's deadline is where it is: the stretches of its life and, of the last counting one,
/// every day. Linear in the distance.
struct ClockExplanation {
    ClockView view;
    bool ended = false;  ///< the clock is gone; `view` is how it stood at the end
    struct Stretch {
        Interval interval;
        std::int64_t used = 0;  ///< of the limit, in its unit; hour units in minutes
    };
    std::vector<Stretch> stretches;
    std::optional<Explanation> derivation;  ///< nothing while idle or waiting
};
[[nodiscard]] std::optional<ClockExplanation> explain_clock(const Procedure& procedure,
                                                            const Calendars& calendars,
                                                            const Instance& instance, Ordinal clock,
                                                            Instant now);
[[nodiscard]] std::vector<ClockView> clocks(const Procedure& procedure, const Calendars& calendars,
                                            const Instance& instance, Instant now);

}  // namespace workflow
