// The state graph: states, ways, actions and clocks, with every name resolved to a number.
// Immutable once sealed (analysis/seal.hpp). Rules in brackets are those of procedures/README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflow/diagnostic.hpp"
#include "workflow/digest.hpp"
#include "workflow/expression.hpp"
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
using DoorIndex = std::uint32_t;

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
    event_slot_count
};

struct Field {
    std::string id;
    Type type;
    Value initial;  ///< default; null when there is none
    Text title;
    bool sensitive = false;
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
};

struct Role {
    std::string id;
    Text title;
    Place place;
};

struct Outcome {
    std::string id;
    Text title;
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

/// Where the token goes.
struct Stay {};
struct Move {
    StateIndex to = 0;
};
struct Finish {
    OutcomeIndex outcome = none;  ///< none: `end: none`
};

/// What every trigger leads to [2.3]. In a list the first choice whose guard holds is taken.
struct Way {
    std::optional<Cel> when;
    std::vector<Assignment> set;
    std::vector<RoleIndex> notify;
    Text text;  ///< of the notice; may hold {field}
    std::optional<RoleIndex> may_also_act;
    std::variant<Stay, Move, Finish> target;
    std::vector<StateIndex> cancel;      ///< states whose tokens are withdrawn [R24]
    std::vector<StateIndex> also_start;  ///< one more token begins on each [R22]
    std::vector<Way> choices;            ///< `to` is a list: evaluated after `set`; target unused
    std::uint32_t times = 1;             ///< of a repeated timer; 0: without end
    bool otherwise = false;              ///< of a fork: taken only when no other is
    Place place;
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
    std::vector<ActionField> fields;
    Way way;
    Place place;
};

/// A plain timer [R80]: counts from entering, in its own unit, never pauses.
struct Timer {
    std::variant<Limit, Cel> limit;  ///< an expression of type limit; null: no timer
    Way way;
    Place place;
};

enum class Policy : std::uint8_t { pause, restart, go_on };

/// When a moment of a clock fires [R78].
struct Moment {
    enum class Kind : std::uint8_t { before, share, due, after, every_after };
    Kind kind = Kind::due;
    Limit distance;             ///< of before, after, every_after
    std::uint32_t percent = 0;  ///< of share
    Way way;
    std::string label;  ///< as the file says it: `5 working days before`
    Place place;
};

/// A clock on a state, group, item or the procedure [R70].
struct Clock {
    std::string id;
    StateIndex owner = 0;
    Text title;
    std::string source;                 ///< empty: a default of ours
    std::optional<Cel> when;            ///< false: no clock
    std::variant<Limit, Cel> limit;     ///< null: no clock
    std::optional<Cel> starts_date;     ///< starts: {date: cel}
    std::vector<Policy> while_waiting;  ///< by ReasonIndex; of reasons that occur inside
    std::vector<Moment> moments;
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

enum class Kind : std::uint8_t { group, task, choice, wait, end, parallel, each, idle, fork, join };

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
    std::vector<ClockIndex> clocks;  ///< owned by it
    ReasonIndex waiting_for = none;
    RoleIndex role = none;            ///< task
    std::optional<Cel> for_whom;      ///< task: id of an actor or a unit
    std::optional<Way> start;         ///< group, each: a way whose target lies inside
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
    std::vector<std::pair<OutcomeIndex, Way>> outcomes;  ///< group; none: otherwise
    Place place;

    [[nodiscard]] bool is_compound() const {
        return kind == Kind::group || kind == Kind::parallel || kind == Kind::each;
    }
    [[nodiscard]] bool is_automatic() const {
        return kind == Kind::choice || kind == Kind::end || kind == Kind::fork;
    }
};

struct Model {
    std::string id;
    std::int64_t version = 1;
    Text title;
    Text description;
    std::string source;
    std::vector<std::string> languages;
    std::string calendar;
    std::vector<RoleIndex> started_by;
    std::vector<Role> roles;
    std::vector<Parameter> parameters;
    std::vector<Variant> variants;
    std::vector<Field> data;
    std::vector<FieldIndex> input;
    std::vector<Outcome> outcomes;
    std::vector<std::string> reasons;  ///< ids of `waiting_for`
    std::vector<std::string> doors;    ///< names of `one_at_a_time`
    bool has_joins = false;            ///< any state of kind join; made by seal
    bool has_open_lists = false;       ///< any each that grows or opens some at a time
    bool keeps_others = false;         ///< any parallel or each with a remainder; by seal
    bool may_get_stuck = false;        ///< joins, doors or waits for a condition; by seal
    std::vector<State> states;         ///< [0] is the procedure itself
    std::vector<Clock> clocks;
    std::vector<std::pair<std::string, Place>> zones;  ///< that the calendar's own must be
    std::uint16_t local_slots = 0;          ///< size of frame_locals
    Place place;
    std::string file;
    Digest digest{};
};

/// Number of the state, or none.
[[nodiscard]] StateIndex find_state(const Model& model, std::string_view id);
[[nodiscard]] RoleIndex find_role(const Model& model, std::string_view id);
[[nodiscard]] FieldIndex find_field(const Model& model, std::string_view id);
/// Whether `inner` is `outer` or lies somewhere inside it.
[[nodiscard]] bool is_within(const Model& model, StateIndex inner, StateIndex outer);

}  // namespace workflow::procedure
