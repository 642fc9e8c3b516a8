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
#include "workflow/event.hpp"
#include "workflow/instance.hpp"
#include "workflow/procedure.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Number of the meaning of `step`. A change that alters any recorded outcome raises it.
inline constexpr std::uint32_t semantics_number = 1;

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
    clock_waiting,    ///< subject: clock; outcome: reason, none while the instance is suspended
    clock_resumed,    ///< subject: clock; value: due
    clock_restarted,  ///< subject: clock; value: due
    clock_moment,     ///< subject: clock; outcome: moment; value: due of the moment
    /// subject: clock; outcome: ClockResult; value: due or, when it was extended, a list of due,
    /// original due and the ClockResult against that; nothing for `not reached`
    clock_ended,
    incident_opened,  ///< token, state; value: code and arguments
    incident_resolved,  ///< token, state; value: of a retry its reason, where it has one
    corrected,         ///< value: reason
    joined,            ///< token, state: of a join, or of a parallel or each that goes on
    swallowed,         ///< token, state: came to a join whose round had fired; outcome: source
    at_door,           ///< token, state: waits for the name of its state; subject: door
    claimed,           ///< token, state; value: by whom
    released,          ///< token, state; value: who had it
    clock_extended,    ///< subject: clock; value: list of due before and due now
    clock_redated,     ///< subject: clock; value: list of due before, due now, source of the change;
                       ///< in a migration without a source
    timer_redated,     ///< token, state, subject: timer; value: as clock_redated
    calendar_changed,  ///< value: list of the calendar's id and version
    reassigned,        ///< token, state; value: list of the new holder and the reason
    delegated,         ///< token, state; value: list of the new holder and who handed it over
    moved,             ///< token, state, subject: state it is put on; value: reason
    status_changed,    ///< subject: outer status
    message_taken,     ///< token, state, subject: message; value: its key
    message_kept,      ///< subject: message; value: its key
    message_ignored,   ///< subject: message; value: its key. Nobody waited, or until the end
    sent,              ///< token, state, subject: message; value: key or instance
    effect_requested,  ///< token, state, subject: attempt; value: the handler
    effect_result,     ///< token, state; value: record of the result
    effect_error,      ///< token, state; value: list of code and text
    effect_failed,     ///< token, state, subject: attempt; value: list of code and arguments
    effect_withdrawn,  ///< token, state: nobody waits for the answer any more
    answer_ignored,    ///< token; value: text: it came too late
    child_started,     ///< token, state; value: id of the child
    child_ended,       ///< token, state; value: list of id, outcome
    migrated,          ///< value: list of the version before, the version now, the reason
    erased,            ///< value: list of the reason and the ids of the fields
    suspended,         ///< value: reason; outcome: 1 where its clocks wait, else 0
    resumed,           ///< value: reason
};
/// The highest number in use: stored ones are held against it.
inline constexpr RecordKind record_kind_last = RecordKind::resumed;
[[nodiscard]] const char* to_string(RecordKind kind);

/// How a clock ended, or stands (rule R77). `not_reached`: its owner was left before what stops it.
enum class ClockResult : std::uint8_t {
    early,
    on_time,
    late,
    waiting,
    in_time,
    running_late,
    not_reached
};
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
/// A message that a way has sent: the engine itself takes it where it goes.
struct Dispatch {
    Ordinal token = 0;
    std::uint32_t state = no_index;
    std::string instance;  ///< empty: to whom waits under the key
    Message message;
    friend bool operator==(const Dispatch&, const Dispatch&) = default;
};
/// Work for a handler of the host. (instance, token) is its key: the same for every attempt.
struct ServiceRequest {
    Ordinal token = 0;
    std::uint32_t state = no_index;
    std::string handler;
    Value input;  ///< record
    std::uint32_t attempt = 1;
    bool withdrawn = false;  ///< the answer is not waited for any more: stop, if it is still time
    friend bool operator==(const ServiceRequest&, const ServiceRequest&) = default;
};
/// An instance to be started by the engine.
struct ChildStart {
    Ordinal token = 0;
    std::uint32_t state = no_index;
    std::string child;  ///< its id
    std::string procedure;
    std::string entry;
    std::int64_t version = 0;  ///< 0: the one that is valid on the day
    std::string variant;
    FieldValues input;
    std::uint32_t depth = 1;
    bool detached = false;
    friend bool operator==(const ChildStart&, const ChildStart&) = default;
};
/// An instance to be cancelled by the engine, for nobody waits for it any more.
struct ChildCancel {
    Ordinal token = 0;
    std::string child;
    friend bool operator==(const ChildCancel&, const ChildCancel&) = default;
};
/// An end to be told to the caller by the engine.
struct ChildReport {
    std::string caller;
    ChildEnded ended;
    friend bool operator==(const ChildReport&, const ChildReport&) = default;
};
using Effect = std::variant<Notice, Dispatch, ServiceRequest, ChildStart, ChildCancel, ChildReport>;
/// Whether the engine itself carries it on, to another instance.
[[nodiscard]] bool is_between_instances(const Effect& effect);

struct Step {
    Step() = default;
    explicit Step(Instance&& before) : instance(std::move(before)) {}

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
    outside_calendar,   ///< the calendar has no days there
    starved,            ///< only as an incident: nothing can come to complete the join
    stuck,              ///< only as an incident: whatever is left waits for something inside
    list_shorter,       ///< a list that an each watches lost items
    held_elsewhere,     ///< another activation holds the name of the state
    claimed,            ///< somebody else has taken the work item
    not_claimed,        ///< there is nothing to release
    clock_not_running,  ///< it has not begun, waits or has ended
    not_later,          ///< an extension that gives no more time
    day_not_counted,    ///< an extension to a date that the calendar does not count
    unit_differs,       ///< an extension in another unit than the clock's
    calendar_not_used,  ///< the instance does not count by that version
    four_eyes,          ///< he finished a step whose doer may not do this one
    not_same_person,    ///< only who finished another step may do this one
    used_up,            ///< done as often as it may be
    not_valid,          ///< the version may not be started on this day
    out_of_reach,       ///< no way could lead a token there
    unknown_message,
    key_missing,         ///< a message that is no broadcast goes by its key, or to one instance
    unknown_entry,       ///< the procedure has several starts, and this is none of them
    not_waiting,         ///< no service of that token waits for an answer
    unknown_error,       ///< the state names no such error
    service_failed,      ///< only as an incident: the last attempt failed
    child_not_started,   ///< only as an incident: the called procedure refused
    unexpected_outcome,  ///< only as an incident: a call has no way for it
    calls_too_deep,
    same_version,        ///< an instance is to move to the version that it runs by
    not_migratable,      ///< Refusal::because says what has no place in the new version
    state_gone,          ///< these and the next: what stands in the way of a migration
    state_differs,       ///< of another kind
    state_elsewhere,     ///< inside another state
    timer_gone,
    clock_gone,
    field_gone,
    message_gone,
    role_gone,
    reason_gone,         ///< what a clock waited for
    outcome_gone,
    door_differs,        ///< one version lets one at a time in, the other not, or by another name
    not_remembered,      ///< the new version asks about what the old one did not keep
    sensitive_lost,      ///< a sensitive value would become an open one
    unknown_in_mapping,  ///< a name that neither version has
    not_sensitive,       ///< only sensitive values stand where they can be erased
    suspended,           ///< set aside by an operator
    not_suspended,
    not_delegated,       ///< nobody may act for that person now
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
    std::optional<std::int64_t> uses_left;  ///< of one that has `at_most`
    friend bool operator==(const PermittedAction&, const PermittedAction&) = default;
};

/// An expected "no". Nothing was changed and nothing recorded.
struct Refusal {
    RefusalCode code{};
    std::vector<std::string> arguments;
    std::vector<PermittedAction> permitted;  ///< what the actor could do instead
    std::vector<Refusal> because;            ///< of not_migratable: each single reason

    /// The sentence for a person, with the mend; of those that have several reasons with each in a
    /// line of its own.
    [[nodiscard]] std::string reason(std::string_view language = "en") const;
};

/// The sentence of an incident (Incident::reason, or the value of an incident_opened record).
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

// --- clocks for people ---------------------------------------------------------------------------
/// A clock as it stands: derived from ledger and calendar, never stored.
struct ClockView {
    Ordinal ordinal = 0;
    std::uint32_t clock = 0;
    Ordinal owner = 0;
    ClockState::Phase phase{};
    ClockResult result{};                  ///< waiting, late, in_time or running_late
    std::optional<Deadline> due;           ///< nothing while idle or waiting
    bool fixed = false;                    ///< a date says when it is due, and `limit` nothing
    bool extended = false;                 ///< in this round
    std::optional<Deadline> original_due;  ///< without extensions; nothing while idle or waiting
    ClockResult original_result{};         ///< against that
    std::uint16_t calendar = 0;            ///< 0: the procedure's; n: the n-th of the others
    std::uint16_t round = 1;
    Limit limit;
    std::int64_t used = 0;  ///< in the limit's unit; hour units in minutes
    Instant round_started;
    std::uint32_t waiting_for = no_index;
};
/// Why a clock's deadline is where it is: the stretches of its life and, of the last counting one,
/// every day. Linear in the distance.
struct ClockExplanation {
    ClockView view;
    Digest procedure{};  ///< the version whose numbers these are
    bool ended = false;  ///< the clock is gone; `view` is how it stood at the end
    struct Stretch {
        Interval interval;
        std::int64_t used = 0;  ///< of the limit, in its unit; hour units in minutes
    };
    std::vector<Stretch> stretches;
    std::vector<ExtraTime> extensions;  ///< of all rounds
    /// A new version of its calendar, or of the procedure, counted it again.
    struct Moved {
        Instant at;
        Instant before;
        Instant after;
        std::int64_t version = 0;
        std::string source;  ///< of the day that made the difference; empty: a procedure's version
    };
    std::vector<Moved> moved;     ///< only history knows them: told by Engine::explain
    std::optional<Day> fixed_on;  ///< the date that was given; due is its end or, where it is no
                                  ///< working day, that of the next
    bool restarts = false;        ///< it waits, and begins anew when the wait is over
    bool late_kept = false;       ///< it was late when a wait began, and keeps that date
    std::string calendar_id;      ///< that it counts by
    std::int64_t calendar_version = 0;
    std::optional<Explanation> derivation;  ///< nothing while idle or waiting
};
[[nodiscard]] std::optional<ClockExplanation> explain_clock(const Procedure& procedure,
                                                            const Calendars& calendars,
                                                            const Instance& instance, Ordinal clock,
                                                            Instant now);
[[nodiscard]] std::vector<ClockView> clocks(const Procedure& procedure, const Calendars& calendars,
                                            const Instance& instance, Instant now);

// --- a new version of a calendar -----------------------------------------------------------------
/// A due date that it would move, and the day that makes the difference.
struct Redated {
    Ordinal ordinal = 0;  ///< of the clock, or of the token whose timer it is
    Ordinal owner = 0;    ///< of a clock: the token it measures; 0: the procedure
    std::uint32_t clock = no_index;
    std::uint32_t timer = no_index;  ///< of a token
    std::uint32_t state = no_index;  ///< that owns it
    Deadline before;
    Deadline after;
    ExplainedDay because;  ///< the first day that the versions count differently
};
/// What CalendarChanged from one version to the other at `now` moves, clocks first. Nothing when
/// the instance has ended or does not count by `from`. Pure: nothing is changed.
[[nodiscard]] std::vector<Redated> redated(const Procedure& procedure, const Calendars& calendars,
                                           const Instance& instance, const CalendarChanged& change,
                                           Instant now);

}  // namespace workflow
