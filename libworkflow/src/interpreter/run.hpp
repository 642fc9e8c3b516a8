// One step under way: the instance being changed, and what has been recorded so far.
// Confined: lives for one call of step() or permitted().
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "procedure/model.hpp"
#include "workflow/error.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::interpreter {

/// Thrown inside the interpreter and caught at its border: the way cannot be taken as a whole. A
/// person's action becomes a Refusal, a microstep or timer an incident (rule R27).
struct Abandon {
    RefusalCode code = RefusalCode::cannot_evaluate;
    std::vector<std::string> arguments;
};

/// What an action or the start asks for. Refers to the model.
struct WantedField {
    std::string_view id;
    const Type& type;
    bool required = true;
};

/// What a way does beside its own course, once its carrier has left (rules R22, R24).
struct Aside {
    procedure::StateIndex state = 0;
    Ordinal scope = 0;  ///< in which tokens are withdrawn from the state, or one begins on it
    enum class What : std::uint8_t { cancel, also_start } what = What::cancel;
};
using Asides = std::vector<Aside>;

/// What the next microstep does (rule R25).
struct Ready {
    enum class What : std::uint8_t { state, door, list, join, swallow, round_end };
    What what = What::state;
    Ordinal token = 0;  ///< of a join the oldest that waits; of round_end 0
    Ordinal scope = 0;
    procedure::StateIndex state = 0;
};

/// The tokens that wait at one join of one scope, oldest first.
struct Gathering {
    Ordinal scope = 0;
    procedure::StateIndex join = 0;
    std::vector<Ordinal> tokens;
    std::vector<procedure::StateIndex> sources;  ///< of each token
    bool incident = false;
};

/// Runs `way`; where it leaves the days that the calendar covers, Abandon says so.
template <class Way>
void within_calendar(Way way) {
    try {
        way();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::limit) throw;
        throw Abandon{RefusalCode::outside_calendar, {error.what()}};
    }
}

/// The token or scope of that ordinal, or null. They are kept by ordinal, for what is made later
/// has a higher one; and what was made last is asked for most.
template <class Items>
[[nodiscard]] auto* find_ordinal(Items& items, Ordinal ordinal) {
    if (!items.empty() && items.back().ordinal == ordinal) return &items.back();
    const auto found =
        std::lower_bound(items.begin(), items.end(), ordinal,
                         [](const auto& item, Ordinal wanted) { return item.ordinal < wanted; });
    using Found = decltype(&items.back());
    return found != items.end() && found->ordinal == ordinal ? &*found : Found{};
}

class Run {
public:
    /// Changes `taken` where it stands: an instance is large enough for its moves to be seen.
    Run(const Procedure& runs_by, const Calendar& working_days, Step& taken, Instant noticed)
        : model(runs_by.model()),
          calendar(working_days),
          instance(taken.instance),
          now(noticed),
          ended_at(noticed),
          records(taken.records),
          effects(taken.effects) {}

    const procedure::Model& model;
    const Calendar& calendar;
    Instance& instance;
    Instant now;       ///< when the event was noticed
    Instant ended_at;  ///< logical instant of what the event ends (rule R79)
    std::vector<Record>& records;
    std::vector<Effect>& effects;

    // --- data and expressions (run_data.cpp) ---
    /// Values that exist only while this event or way runs: fields, items, outcome ...
    void bind(procedure::EventSlot slot, Value value) { event_values_[slot] = std::move(value); }
    void unbind(procedure::EventSlot slot) { event_values_[slot] = Value(); }
    void bind_actor(const Actor& actor) { actor_ = &actor; }
    [[nodiscard]] Value evaluate(const procedure::Cel& cel, Ordinal scope);
    [[nodiscard]] bool test(const procedure::Cel& cel, Ordinal scope);
    void store(procedure::FieldIndex field, Value value);
    void assign(const std::vector<procedure::Assignment>& set, Ordinal scope);
    /// Checks what was given against what is asked for, and gives it in that order, null where it
    /// is absent; Abandon when it does not fit.
    [[nodiscard]] Members checked_fields(std::span<const WantedField> wanted,
                                         const FieldValues& given) const;
    [[nodiscard]] std::string filled(const std::string& text) const;

    // --- tokens and scopes (run_tokens.cpp) ---
    /// `source`: from where a token comes to a join.
    Ordinal enter(procedure::StateIndex state, Ordinal scope,
                  procedure::StateIndex source = procedure::none);
    void begin(Ordinal token);
    void withdraw(Ordinal token, RecordKind kind);
    void withdraw_inside(Ordinal token);
    void move(Ordinal carrier, procedure::StateIndex target, const Asides& asides = {});
    void finish(Ordinal carrier, procedure::OutcomeIndex outcome, const Asides& asides = {});
    /// Leaves; what its join has left over stays behind (rule R36).
    void depart(Ordinal token);
    void take_start(procedure::StateIndex compound, Ordinal scope);
    void end_instance(procedure::OutcomeIndex outcome);
    [[nodiscard]] Token& token(Ordinal ordinal) {
        if (Token* found = find_token(ordinal)) return *found;
        throw_gone("token");
    }
    [[nodiscard]] Token* find_token(Ordinal ordinal) {
        return find_ordinal(instance.tokens, ordinal);
    }
    [[nodiscard]] Scope& scope(Ordinal ordinal) {
        if (Scope* found = find_ordinal(instance.scopes, ordinal)) return *found;
        throw_gone("scope");
    }
    /// Not for a remainder, of which what is around it knows no more (rule R36).
    [[nodiscard]] bool is_inside(const Token& token, Ordinal owner);

    // --- ways (run_ways.cpp) ---
    /// Takes a way whose guard holds. `carrier` is the token that stands on the state which carries
    /// it; 0: the procedure itself.
    void take(const procedure::Way& way, Ordinal carrier);
    /// Takes the first way whose guard holds; Abandon when none does.
    void take_first(const std::vector<procedure::Way>& ways, Ordinal carrier);
    [[nodiscard]] Ordinal scope_of(Ordinal carrier);
    [[nodiscard]] procedure::StateIndex state_of(Ordinal carrier);
    /// Does all of a way that comes before leaving, and gives the choice at the bottom of its
    /// lists.
    const procedure::Way& resolve(const procedure::Way& way, Ordinal carrier, Asides& asides);

    // --- cancel, also_start, fork (run_asides.cpp) ---
    void add_asides(Asides& asides, const procedure::Way& way, Ordinal carrier);
    void run_asides(const Asides& asides);
    void close_emptied(const Asides& asides);
    /// The scope inside a group; of the procedure the root scope.
    [[nodiscard]] Ordinal scope_inside(Ordinal group);
    /// The scope in which `carrier` reaches `state`; nothing where a remainder lies between.
    [[nodiscard]] std::optional<Ordinal> scope_for(Ordinal carrier, procedure::StateIndex state);
    void split(Ordinal fork);

    // --- joins (run_joins.cpp) ---
    [[nodiscard]] std::optional<Ready> ready_join();
    [[nodiscard]] std::optional<Ready> ready_inclusive();
    void fire_join(const Ready& ready);
    void swallow(const Ready& ready);
    void end_round(const Ready& ready);
    /// Incidents where nothing inside can go on any more (rule R34a).
    void warn_when_quiet();

    // --- parallel and each that go on before all have finished (run_compound.cpp) ---
    /// True when a compound state is to go on; an incident opens where its condition fails.
    [[nodiscard]] bool goes_on(Token& standing);
    void finish_compound(Ordinal ordinal);

    // --- lists of an each (run_lists.cpp) ---
    void open_items(Ordinal token);
    [[nodiscard]] std::optional<Ready> ready_list();
    void open_more(Ordinal token);
    [[nodiscard]] ItemList* list_of(Ordinal token);
    [[nodiscard]] bool has_items_to_come(Ordinal token);
    /// Abandon when a list that is watched has become shorter than what was taken from it.
    void check_lists();

    // --- names that one activation holds (run_doors.cpp) ---
    /// The activation that bars the way of `standing` to the name of its state, or null.
    [[nodiscard]] const Token* barred_by(const Token& standing);
    /// Takes the name for a token that nobody bars.
    void take_name(Ordinal token);

    // --- clocks (run_clocks.cpp) ---
    void start_clocks(Ordinal owner, procedure::StateIndex state, Ordinal scope);
    void end_clocks(Ordinal owner);
    void settle_waiting();
    void fire_moment(std::size_t clock, std::uint32_t timer, Instant due);
    void fire_timer(Ordinal token, std::uint32_t timer, Instant due);

    // --- after the event (run_settle.cpp) ---
    /// Microsteps until nothing is ready (rule R25); incidents stay behind where one fails.
    void settle();
    void open_incident(Ordinal token, const Abandon& reason);

    void record(RecordKind kind, Ordinal token, std::uint32_t state,
                std::uint32_t subject = no_index, std::uint32_t outcome = no_index,
                Value&& value = {}) {
        record_at(now, kind, token, state, subject, outcome, std::move(value));
    }
    void record_at(Instant at, RecordKind kind, Ordinal token, std::uint32_t state,
                   std::uint32_t subject = no_index, std::uint32_t outcome = no_index,
                   Value&& value = {}) {
        // Filled where it stands: moving a record is as much work as making it.
        Record& made = records.emplace_back();
        made.kind = kind;
        made.at = at;
        made.token = token;
        made.state = state;
        made.subject = subject;
        made.outcome = outcome;
        if (!value.is_null()) made.value = std::move(value);
    }

private:
    [[noreturn]] static void throw_gone(const char* what);
    [[nodiscard]] std::optional<Ready> next_ready();
    void microstep(const Ready& ready);
    [[nodiscard]] std::optional<Ready> ready_state();
    [[nodiscard]] std::optional<Ready> ready_wait();
    [[nodiscard]] bool is_satisfied(Ordinal ordinal);
    void unbind_results();
    void take_state(Ordinal ordinal);
    void happen(const procedure::Way& way, Ordinal carrier);
    [[nodiscard]] const procedure::Way& first_of(const std::vector<procedure::Way>& ways,
                                                 Ordinal carrier);
    void bind_results(Ordinal ordinal);
    void open_scope(Ordinal parent, std::uint32_t branch, std::uint32_t item, Value item_value);
    void open_branches(Ordinal token);
    /// Whether the list that a token watches has more items than were taken; Abandon when fewer.
    [[nodiscard]] bool has_grown(const ItemList& list);
    void open_next(Ordinal token);
    [[nodiscard]] bool is_in_remainder(const Token& token);
    [[nodiscard]] std::vector<Gathering> gatherings(bool inclusive);
    /// What stands inside the holder of a name holds it, too.
    [[nodiscard]] bool is_inside_holder(const Token& standing);
    /// Whether that token can still come to the join of that scope.
    [[nodiscard]] bool can_arrive(const Token& other, Ordinal scope, procedure::StateIndex join);
    [[nodiscard]] bool can_still_arrive(Ordinal scope, procedure::StateIndex join);
    [[nodiscard]] bool is_ready(const Gathering& gathering, Ready& ready);
    void bind_arrived(const Gathering& gathering);
    void warn(Token& standing, RefusalCode code);
    void warn_starved();
    void warn_stuck();
    void close_scope_if_done(Ordinal scope);
    [[nodiscard]] std::array<std::span<const Value>, procedure::frame_count> frames(
        const procedure::Cel& cel, Ordinal scope);

    std::array<Value, procedure::event_slot_count> event_values_;
    std::vector<Value> locals_;
    const Actor* actor_ = nullptr;
};

/// The calendar version that the instance runs by; Error{not_found} when it was not given.
[[nodiscard]] const Calendar& calendar_of(const Calendars& calendars, const Instance& instance);

/// Number under which the timer of `wait: {until}` is known beside a state's `after` timers.
[[nodiscard]] inline std::uint32_t until_timer(const procedure::State& state) {
    return static_cast<std::uint32_t>(state.timers.size());
}

}  // namespace workflow::interpreter
