// The state graph: states, ways, actions and clocks, with every name resolved to a number.
// Immutable once sealed (analysis/seal.hpp). Rules in brackets are those of procedures/README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "workflow/diagnostic.hpp"
#include "workflow/digest.hpp"
#include "workflow/expression.hpp"
#include "workflow/recurring.hpp"
#include "workflow/text.hpp"
#include "workflow/time.hpp"
#include "workflow/type.hpp"
#include "workflow/value.hpp"

namespace workflow::procedure {

using StateIndex = std::uint32_t;
using RoleIndex = std::uint32_t;
using FieldIndex = std::uint32_t;
using ParameterIndex = std::uint32_t;
using ClockIndex = std::uint32_t;
using OutcomeIndex = std::uint32_t;
using ReasonIndex = std::uint32_t;
using MemoryIndex = std::uint32_t;
using StatusIndex = std::uint32_t;
using DoorIndex = std::uint32_t;
/// 0: the procedure's calendar; n: Model::more_calendars[n - 1].
using CalendarIndex = std::uint16_t;
using MessageIndex = std::uint32_t;

/// State 0 is the procedure itself: the root group.
inline constexpr StateIndex root_state = 0;
inline constexpr std::uint32_t none = UINT32_MAX;

/// Where expressions find their values (Slot::frame).
enum Frame : std::uint16_t { frame_data, frame_parameters, frame_locals, frame_event, frame_count };
/// Slots of frame_event. Which of them an expression may name depends on where it stands.
enum EventSlot : std::uint16_t {
    slot_now,           ///< instant
    slot_actor,         ///< record {id, roles, units}
    slot_fields,        ///< record of the action's fields
    slot_outcome,       ///< text: outcome of a finished group, null when none was named
    slot_items,         ///< list of {item, index, finished, outcome}: of a finished `each`
    slot_branches,      ///< record NAME -> {opened, finished, outcome}: of a finished `parallel`
    slot_finished,      ///< integer
    slot_opened,        ///< integer
    slot_variant,       ///< text, null when none was chosen
    slot_satisfied,     ///< boolean: whether the condition of a finished parallel or each held
    slot_arrived,       ///< integer: tokens that wait at a join
    slot_arrived_from,  ///< record SOURCE -> integer: the same by source
    slot_message,       ///< record of the message's fields
    slot_result,        ///< record of what a service or a called procedure gave
    slot_error,         ///< record {code, text}: of a service that answered with an error
    event_slot_count
};

struct Field {
    std::string id;
    Type type;
    Value initial;  ///< default; null when there is none
    Text title;
    bool sensitive = false;
    bool indexed = false;            ///< instances are looked for by its value
    StateIndex holder = root_state;  ///< group or each whose every scope has its own [R51]
    Place place;
};

struct Parameter {
    std::string id;
    Type type;
    Value initial;
    std::string source;
    Place place;
};

struct Variant {
    std::string id;
    Text title;
    std::string source;
    std::vector<std::pair<ParameterIndex, Value>> values;
    Place place;
    std::vector<Value> parameters;  ///< of all; made by seal
};

struct Role {
    std::string id;
    Text title;
    Place place;
};

/// What the system around the engine calls a stage of the dossier [R85].
struct OuterStatus {
    std::string id;  ///< its code there
    Text title;
    Place place;
};

struct Outcome {
    std::string id;
    Value name;  ///< the id, as expressions see it; made by seal
    Text title;
    StatusIndex status = none;
    bool declared = true;  ///< false: only an inner outcome of a group, branch or item
    Place place;
};

/// An expression with the place of its first character in the file.
struct Cel {
    Expression expression;
    Place place;
};

struct Assignment {
    FieldIndex field = 0;
    Cel value;
};

/// What a way sends [R60]. A key, an address, or for a broadcast neither.
struct Sending {
    MessageIndex message = 0;
    std::optional<Cel> key;
    std::optional<Cel> instance;                    ///< id of the instance it is addressed to
    std::vector<std::pair<std::string, Cel>> with;  ///< field -> value, in the message's order
    Place place;
};

/// Where the token goes.
struct Stay {};
struct Move {
    StateIndex to = 0;
};
struct Finish {
    OutcomeIndex outcome = none;  ///< none: `end: none`
};

/// More time for a clock, by a limit or to a date [R76].
struct Extension {
    std::string clock_id;
    ClockIndex clock = none;
    StateIndex anchor = root_state;  ///< the clock is that of this state's inside [R41]
    std::variant<Limit, Cel> by;     ///< an expression: of type limit, date or instant
    Place place;
};

/// What every trigger leads to [2.3]. In a list the first choice whose guard holds is taken.
struct Way {
    std::optional<Cel> when;
    Text title;  ///< what a picture says in place of the condition
    std::vector<Assignment> set;
    std::vector<Extension> extend;
    std::vector<RoleIndex> notify;
    Text text;  ///< of the notice; may hold {field}
    std::vector<Sending> send;
    std::optional<RoleIndex> may_also_act;
    std::variant<Stay, Move, Finish> target;
    std::vector<StateIndex> cancel;      ///< states whose tokens are withdrawn [R24]
    std::vector<StateIndex> also_start;  ///< one more token begins on each [R22]
    std::vector<Way> choices;            ///< `to` is a list: evaluated after `set`; target unused
    std::uint32_t times = 1;             ///< of a repeated timer; 0: without end
    bool otherwise = false;              ///< of a fork: taken only when no other is
    Place place;
};

/// Who may not do a task, and who alone may [R68].
struct Separation {
    std::vector<StateIndex> not_by;  ///< nobody who finished one of these
    StateIndex same_as = none;       ///< only who finished this one last
};

/// A field that an action asks for.
struct ActionField {
    std::string id;
    Type type;
    Text title;
    bool required = true;
    FieldIndex stored_in = none;  ///< data field of the same name
    bool sensitive = false;
};

struct Action {
    std::string id;
    Text title;
    Text description;
    std::string source;
    RoleIndex role = none;  ///< none only in a file that seal refuses
    std::optional<Cel> for_whom;
    Separation separation;
    std::optional<Cel> at_most;  ///< how often; an integer
    MemoryIndex uses = none;     ///< counts what `at_most` bounds; made when it is read
    MemoryIndex memory = none;   ///< of its name, where some expression asks for it
    std::vector<ActionField> fields;
    Way way;
    Place place;
};

/// A message that the procedure takes or sends [R60].
struct MessageDeclaration {
    std::string id;
    Text title;
    std::optional<Cel> key;  ///< read as a place begins to wait; null: only by address
    bool keep = false;       ///< waits for its place [R61]
    bool broadcast = false;  ///< to every place that waits
    std::vector<ActionField> fields;
    Place place;
};

/// How often, and how soon, a service that failed is asked again [R65].
struct Retries {
    std::uint32_t times = 5;  ///< attempts in all
    Limit first{1, Unit::minutes};
    std::uint32_t factor = 2;
    Limit longest{1, Unit::hours};
};

/// Work that the host does [R65, R66].
struct Service {
    std::string handler;
    std::vector<std::pair<std::string, Cel>> input;
    std::vector<ActionField> result;
    Retries retry;
    std::optional<Limit> timeout;                     ///< of one attempt; nothing: for ever
    std::vector<std::pair<std::string, Way>> errors;  ///< by code; the empty one: otherwise
};

/// Another procedure, or this one again, as an instance of its own [R67].
struct Call {
    std::string procedure;
    std::string entry;                    ///< empty: its only one
    std::optional<std::int64_t> version;  ///< nothing: the one that is valid on the day
    std::string variant;
    std::vector<std::pair<std::string, Cel>> input;
    std::vector<ActionField> result;  ///< what is taken of its output
    bool detached = false;            ///< nobody waits for its end
};

/// A way to begin the procedure, where there are several.
struct Entry {
    std::string id;
    Text title;
    std::vector<FieldIndex> input;
    Way way;
    Place place;
};

/// What a state does with a message while a token is there.
struct Receipt {
    MessageIndex message = 0;
    Way way;
    Place place;
};

/// A plain timer [R80]: counts from entering, in its own unit, never pauses.
struct Timer {
    /// An expression of type limit; null: no timer. A rule: on each of its dates.
    std::variant<Limit, Cel, RecurringDate> limit;
    Way way;
    Place place;
};

enum class Policy : std::uint8_t { pause, restart, go_on };

/// When a moment of a clock fires [R78].
struct Moment {
    /// `recurring`: on each date of a rule, from the start of the clock to its end.
    enum class Kind : std::uint8_t { before, share, due, after, every_after, recurring };
    Kind kind = Kind::due;
    Limit distance;             ///< of before, after, every_after
    std::uint32_t percent = 0;  ///< of share
    RecurringDate rule;         ///< of recurring
    Way way;
    std::string label;  ///< as the file says it: `5 working days before`
    Place place;
};

/// What starts or stops a clock [R70].
struct Occasion {
    enum class Kind : std::uint8_t { entered, left, performed, message, date };
    Kind kind = Kind::entered;
    StateIndex state = none;           ///< of entered and left
    std::vector<std::string> actions;  ///< of performed: any of them
    MessageIndex message = none;       ///< of message: taken by a place
    std::optional<Cel> date;
    StateIndex anchor = root_state;  ///< what happens counts inside this state of the clock's [R41]
    Place place;
};

/// What is remembered of a state, an action or a clock because something asks for it [R53, R68].
/// Nothing else is, so that an instance does not grow with every loop.
struct Memory {
    std::string id;
    std::vector<StateIndex> holders;  ///< states on which it can happen: they give its scope [R41]
    bool instants = false;            ///< each single time, for `times(name, since)`
};

/// What the questions of rule R53 are about, by the numbers that expressions give them.
struct Subjects {
    std::vector<std::string> actions;     ///< names of `times`, after those of the states
    std::vector<MemoryIndex> remembered;  ///< of states[1] on, then of the actions; mostly none
    std::vector<ClockIndex> clocks;
};

/// A clock on a state, group, item or the procedure [R70].
struct Clock {
    std::string id;
    StateIndex owner = 0;
    Text title;
    std::string source;              ///< empty: a default of ours
    std::optional<Cel> when;         ///< false: no clock
    std::variant<Limit, Cel> limit;  ///< null: no clock
    std::optional<Cel> due;          ///< instead of a limit: a date or instant [TP4]
    std::optional<Occasion> starts;  ///< nothing: when the owner is entered
    std::optional<Occasion> stops;   ///< nothing: when the owner is left
    CalendarIndex calendar = 0;
    std::vector<Policy> while_waiting;  ///< by ReasonIndex; of reasons that occur inside
    std::vector<Moment> moments;
    MemoryIndex memory = none;  ///< of how it ended
    Place place;
};

/// When tokens, branches or items that come together go on as one [R30 to R37].
struct Join {
    enum class Rule : std::uint8_t { all, count, condition, inclusive };
    Rule rule = Rule::all;
    std::uint32_t count = 0;       ///< of Rule::count; `any` is 1
    std::optional<Cel> condition;  ///< of Rule::condition
};

/// Which states of a scope can send a token on to which of its joins, guards ignored [R34].
struct Arrivals {
    std::uint32_t joins = 0;
    std::vector<std::uint64_t> bits;  ///< row by row, a row per state of the scope
    [[nodiscard]] bool at(std::uint32_t row, std::uint32_t column) const {
        const std::size_t bit = std::size_t{row} * joins + column;
        return (bits[bit / 64] >> (bit % 64) & 1U) != 0;
    }
};

enum class Kind : std::uint8_t {
    group,
    task,
    choice,
    wait,
    end,
    parallel,
    each,
    idle,
    fork,
    join,
    service,
    call
};

/// By which a file says it: `task`, `states`, `actions` ...
[[nodiscard]] const char* key_of(Kind kind);

/// A state. Which members matter depends on `kind`.
struct State {
    std::string id;
    Kind kind = Kind::idle;
    Text title;
    Text description;
    std::string source;
    StateIndex parent = root_state;    ///< the compound state around it; root: itself
    std::uint32_t depth = 0;           ///< root 0
    std::vector<StateIndex> children;  ///< of group, parallel, each; document order
    std::vector<Action> actions;
    std::vector<Timer> timers;
    std::vector<Receipt> receive;       ///< each message once
    std::vector<ClockIndex> clocks;     ///< owned by it
    std::vector<RoleIndex> work_roles;  ///< that have a work item while it is active; made by seal
    std::vector<FieldIndex> data;       ///< group, each: fields of its inside; not of the procedure
    CalendarIndex calendar = 0;         ///< of its timers, and of its clocks unless they say
    bool watched = false;  ///< some clock starts or stops by it, its actions or messages
    ReasonIndex waiting_for = none;
    RoleIndex role = none;        ///< task
    Separation separation;        ///< task
    MemoryIndex memory = none;    ///< where something asks for its visits
    StatusIndex status = none;    ///< outer status while it is active [R85]
    std::optional<Cel> for_whom;  ///< task: id of an actor or a unit
    std::optional<Way> start;     ///< group, each: a way whose target lies inside
    std::vector<Entry> entries;   ///< the procedure: its starts by name, instead of `start`
    std::optional<Service> service;
    std::optional<Call> call;
    std::vector<Way> choices;         ///< choice; fork: of which several may be taken
    std::optional<Cel> until;         ///< wait
    std::optional<Cel> when;          ///< wait; a branch of parallel: its guard
    OutcomeIndex outcome = none;      ///< end
    bool terminate = false;           ///< end
    std::optional<Cel> of;            ///< each
    std::uint16_t locals = 0;         ///< each: first slot of item and index in frame_locals
    std::string item_name;            ///< each
    std::string index_name;           ///< each; may be empty
    bool grows = false;               ///< each: watches its list [R37]
    std::uint32_t at_once = 0;        ///< each: items open at a time; 0: all
    std::optional<Join> join;         ///< join, parallel, each; nothing: all
    bool keep_others = false;         ///< parallel, each: what a join leaves over goes on
    DoorIndex one_at_a_time = none;   ///< name that one activation holds [R40]
    std::vector<StateIndex> sources;  ///< join: from where tokens come; made by seal
    std::uint32_t row = 0;            ///< among its parent's children; made by seal
    std::uint32_t column = 0;         ///< join: among its parent's joins; made by seal
    Arrivals arrivals;                ///< of the scope inside it; made by seal
    std::vector<Assignment> set;      ///< when it finishes by itself
    std::optional<Way> to;            ///< when it finishes by itself
    std::vector<std::pair<OutcomeIndex, Way>> outcomes;  ///< group, call; none: otherwise
    Place place;

    [[nodiscard]] bool is_compound() const {
        return kind == Kind::group || kind == Kind::parallel || kind == Kind::each;
    }
    [[nodiscard]] bool is_automatic() const {
        return kind == Kind::choice || kind == Kind::end || kind == Kind::fork ||
               (call && call->detached);
    }
};

/// What is asked about the state of every token after every event. Side by side for all states, for
/// the states themselves are too large to be looked through so often.
struct Glance {
    Kind kind = Kind::idle;
    bool compound = false;
    bool moves_by_itself = false;  ///< automatic, or compound once it has finished
    bool waits_for_condition = false;
    bool has_work = false;       ///< any of State::work_roles
    RoleIndex only_role = none;  ///< of its work items, where there is one
};

/// For lookup by any kind of text.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>()(text);
    }
};

/// What all limits on any path may come to together; checked at load, never run.
struct Total {
    std::variant<Limit, Cel> limit;  ///< an expression reads parameters only
    std::string source;
    Place place;
};

struct Model {
    std::string id;
    std::int64_t version = 1;
    Text title;
    Text description;
    std::string source;
    std::vector<std::string> languages;
    std::string calendar;
    std::vector<std::string> more_calendars;
    std::vector<RoleIndex> started_by;
    std::vector<Role> roles;
    std::vector<Parameter> parameters;
    std::vector<Variant> variants;
    std::vector<Field> data;
    std::vector<FieldIndex> input;
    std::vector<FieldIndex> output;  ///< what a caller gets
    FieldIndex unit = none;          ///< names the unit in charge, by which instances are counted
    std::vector<Outcome> outcomes;
    std::vector<MessageDeclaration> messages;
    std::vector<std::string> reasons;  ///< ids of `waiting_for`
    std::optional<Day> valid_from;     ///< first day on which it may be started
    std::optional<Day> valid_until;    ///< last one
    std::optional<Total> total;
    std::vector<OuterStatus> statuses;
    std::vector<Memory> memories;
    Subjects subjects;
    std::vector<std::string> doors;  ///< names of `one_at_a_time`
    std::vector<State> states;       ///< [0] is the procedure itself
    std::vector<Clock> clocks;
    std::vector<std::pair<std::string, Place>> zones;  ///< that the calendar's own must be
    std::uint16_t local_slots = 0;                     ///< size of frame_locals
    Place place;
    std::string file;
    Digest digest{};

    // Shortcuts, made by seal from the states (analysis/shortcuts.hpp).
    bool has_local_data = false;  ///< any field that is not the procedure's
    bool has_indexed = false;     ///< any field by which instances are looked for
    bool has_sensitive = false;   ///< any field, or field of an action, marked `sensitive`
    bool keeps_messages = false;  ///< any message that waits for who takes it
    bool has_joins = false;       ///< any state of kind join
    bool has_inclusive = false;   ///< any join that is inclusive
    bool has_conditions = false;  ///< any wait for a condition
    bool has_open_lists = false;  ///< any each that grows or opens some at a time
    bool keeps_others = false;    ///< any parallel or each with a remainder
    bool may_get_stuck = false;   ///< joins, doors or waits for a condition
    std::vector<Glance> glances;  ///< by StateIndex
    std::vector<Value> defaults;  ///< of the parameters
    /// Name of an action -> states that declare one of that name, in document order.
    std::unordered_map<std::string, std::vector<StateIndex>, TextHash, std::equal_to<>> declarers;
};

/// Their values in that variant, which is known; empty: in none.
[[nodiscard]] std::span<const Value> parameters_of(const Model& model, std::string_view variant);
/// Number of the state, or none.
[[nodiscard]] StateIndex find_state(const Model& model, std::string_view id);
[[nodiscard]] RoleIndex find_role(const Model& model, std::string_view id);
[[nodiscard]] FieldIndex find_field(const Model& model, std::string_view id);
/// The innermost of `from` and what lies around it, parallels left out, whose inside holds
/// `wanted`; `from` itself where that is what is wanted [R41].
[[nodiscard]] StateIndex anchor_of(const Model& model, StateIndex from, StateIndex wanted);
[[nodiscard]] MessageIndex find_message(const Model& model, std::string_view id);
/// Whether `inner` is `outer` or lies somewhere inside it.
[[nodiscard]] bool is_within(const Model& model, StateIndex inner, StateIndex outer);

}  // namespace workflow::procedure
