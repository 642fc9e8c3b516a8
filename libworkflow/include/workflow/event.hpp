// What happens to an instance: the events that step() takes. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "workflow/digest.hpp"
#include "workflow/instance.hpp"
#include "workflow/time.hpp"
#include "workflow/value.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Who acts. The host has authenticated him; the engine decides what he may do.
struct Actor {
    std::string id;
    std::vector<std::string> roles;
    std::vector<std::string> units;
    std::string acting_for;  ///< on whose behalf; empty: his own
    friend bool operator==(const Actor&, const Actor&) = default;
};

using FieldValues = std::vector<std::pair<std::string, Value>>;

struct Start {
    Actor actor;
    FieldValues data;
    std::string variant;
    Digest calendar{};                   ///< the calendar version that the instance is to use
    std::vector<Digest> more_calendars;  ///< of Procedure::more_calendars()
    std::string entry;                   ///< which of several starts; empty: the only one
    std::optional<Caller> caller;        ///< the instance that calls this one (rule R67)
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
    std::string reason = {};
    friend bool operator==(const Retry&, const Retry&) = default;
};
/// The operator mends data, with the reason.
struct Correct {
    Actor actor;
    FieldValues data;
    std::string reason;
    Ordinal token = 0;  ///< whose scope has the fields that are not the procedure's; 0: none
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
/// The instance counts by another version of a calendar from now on: running clocks and timers that
/// it touches get new due dates (rule R81). Error{misuse} for another calendar's version.
struct CalendarChanged {
    Actor actor;
    Digest from{};
    Digest to{};
    friend bool operator==(const CalendarChanged&, const CalendarChanged&) = default;
};
/// An operator gives a work item to somebody, whoever did what before (rule R68).
struct Reassign {
    Actor actor;
    Ordinal work_item = 0;
    std::string to;  ///< id of an actor; he still needs the role
    std::string reason;
    friend bool operator==(const Reassign&, const Reassign&) = default;
};
/// Who holds a work item, or may claim it, hands it to somebody.
struct Delegate {
    Actor actor;
    Ordinal work_item = 0;
    std::string to;
    friend bool operator==(const Delegate&, const Delegate&) = default;
};
/// An operator puts a token elsewhere, with the reason (rule R27).
struct MoveToken {
    Actor actor;
    Ordinal token = 0;
    std::string to;  ///< id of a state of its own scope or of one around it
    std::string reason;
    friend bool operator==(const MoveToken&, const MoveToken&) = default;
};
/// A message from another system or instance, for the place that waits for it (rules R60, R61).
struct Message {
    std::string message;  ///< its id
    std::string key;      ///< empty: for whoever of the instance waits
    FieldValues fields;
    std::string sender;            ///< from whom, as the host knows him; or an instance's id
    std::optional<Ordinal> place;  ///< the token that takes it, once it has been routed
    friend bool operator==(const Message&, const Message&) = default;
};
/// What a host's handler answers to a ServiceRequest (rules R65, R66).
struct EffectResult {
    Ordinal token = 0;
    std::uint32_t attempt = 1;  ///< of the request: a failure of an earlier one is ignored
    enum class Kind : std::uint8_t { result, error, failure };
    Kind kind = Kind::result;
    FieldValues result;
    std::string code;  ///< of an error: what the procedure names under `errors`
    std::string text;  ///< of an error or failure, for people
    friend bool operator==(const EffectResult&, const EffectResult&) = default;
};
/// The operator answers in place of a service that has failed: with a result or an error's code.
struct Resolve {
    Actor actor;
    Ordinal token = 0;
    FieldValues result;
    std::string error;  ///< empty: the result
    std::string reason;
    friend bool operator==(const Resolve&, const Resolve&) = default;
};
/// A called instance has ended, or could not be started (rule R67).
struct ChildEnded {
    Ordinal token = 0;
    std::string child;    ///< its id
    std::string outcome;  ///< `cancelled`, or empty: none
    FieldValues output;
    std::vector<std::string> refused;  ///< not started: code and arguments of the refusal
    friend bool operator==(const ChildEnded&, const ChildEnded&) = default;
};
/// Where the new version of a procedure has what an instance holds: each id of the old version with
/// the one that stands for it; what is not named keeps its id.
struct MigrationMapping {
    using Names = std::vector<std::pair<std::string, std::string>>;
    Names states;
    Names clocks;    ///< an empty new id: the clock ends without a result
    Names fields;    ///< an empty new id: the value is given up
    Names messages;  ///< that are kept or waited for
    Names roles;
    /// Clocks of the new version whose limit begins anew. Every other goes on: what has been used of
    /// its limit is used of the new one, too.
    std::vector<std::string> restart;
    /// Clocks of the new version that go on with the limit that they were given.
    std::vector<std::string> keep_limit;
    /// States of the new version whose timers begin anew.
    std::vector<std::string> restart_timers;
    /// What the new version asks about and the old one did not remember (rule R53): states, actions,
    /// clocks that count as if nothing had happened to them so far.
    std::vector<std::string> forget;
    std::optional<std::string> variant;  ///< nothing: the instance's
    FieldValues data;                    ///< fields of the new version that are set
    friend bool operator==(const MigrationMapping&, const MigrationMapping&) = default;
};
/// An operator moves the instance to another version of its procedure, with the reason. Taken by
/// migrate(), not by step().
struct Migrate {
    Actor actor;
    std::string reason;
    Digest from{};
    Digest to{};
    Digest calendar{};                   ///< the calendar version that it is to use
    std::vector<Digest> more_calendars;  ///< of the new version's Procedure::more_calendars()
    MigrationMapping mapping;
    friend bool operator==(const Migrate&, const Migrate&) = default;
};
/// An operator has sensitive values erased, with the reason, also of an instance that has ended: every
/// value that these fields ever had, in its data and in what people gave. That they were there stays.
struct Erase {
    Actor actor;
    std::vector<std::string> fields;  ///< ids, of the data or of what actions ask for
    std::string reason;
    friend bool operator==(const Erase&, const Erase&) = default;
};
/// An operator sets the instance aside by a decision, which `reason` names. Until Resume nobody acts on
/// it and none of its timers fires; answers, messages and other operators' steps are taken.
struct Suspend {
    Actor actor;
    std::string reason;
    bool clocks_wait = false;  ///< the decision stops its clocks: what they have used stays used
    friend bool operator==(const Suspend&, const Suspend&) = default;
};
/// It goes on. Timers that fell due meanwhile fire then.
struct Resume {
    Actor actor;
    std::string reason;
    friend bool operator==(const Resume&, const Resume&) = default;
};
using Event =
    std::variant<Start, Perform, TimerDue, Retry, Correct, Cancel, Claim, Release, CalendarChanged,
                 Reassign, Delegate, MoveToken, Message, EffectResult, Resolve, ChildEnded, Migrate,
                 Erase, Suspend, Resume>;

/// What people gave with it, sensitive values among them; null where they give none.
[[nodiscard]] inline const FieldValues* given_by(const Event& event) {
    if (const auto* start = std::get_if<Start>(&event)) return &start->data;
    if (const auto* perform = std::get_if<Perform>(&event)) return &perform->fields;
    if (const auto* correct = std::get_if<Correct>(&event)) return &correct->data;
    if (const auto* migrate = std::get_if<Migrate>(&event)) return &migrate->mapping.data;
    return nullptr;
}

/// Who brought it about; null where that is no person. Of the event, as long as that lives.
[[nodiscard]] inline const Actor* actor_of(const Event& event) {
    return std::visit(
        [](const auto& one) -> const Actor* {
            if constexpr (requires { one.actor; }) return &one.actor;
            return nullptr;
        },
        event);
}

}  // namespace workflow
