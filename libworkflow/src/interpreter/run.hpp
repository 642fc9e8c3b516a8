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

#include "interpreter/step_in_place.hpp"
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

/// A data field that the start asks for. Refers to the model.
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
    enum class What : std::uint8_t { state, door, list, join, swallow, round_end, message };
    What what = What::state;
    Ordinal token =
        0;  ///< of a join the oldest that waits; of round_end 0; of message who takes it
    Ordinal scope = 0;
    procedure::StateIndex state = 0;
    Ordinal message = 0;  ///< a kept one
};

/// One join of one scope at which tokens wait.
struct WaitingJoin {
    Ordinal scope = 0;
    procedure::StateIndex join = 0;
    Ordinal oldest = 0;  ///< of its tokens
    std::uint32_t tokens = 0;
    bool incident = false;
};

/// What waits there, oldest first.
struct Gathering {
    std::vector<Ordinal> tokens;
    std::vector<procedure::StateIndex> sources;  ///< of each token
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
    using Found = decltype(&items.back());
    constexpr std::size_t few = 8;
    if (items.size() <= few) {
        for (std::size_t i = items.size(); i-- > 0;) {
            if (items[i].ordinal == ordinal) return &items[i];
        }
        return Found{};
    }
    if (items.back().ordinal == ordinal) return &items.back();
    const auto found =
        std::lower_bound(items.begin(), items.end(), ordinal,
                         [](const auto& item, Ordinal wanted) { return item.ordinal < wanted; });
    return found != items.end() && found->ordinal == ordinal ? &*found : Found{};
}

class Run {
public:
    /// Changes the instance where it stands: it is large enough for its moves to be seen.
    Run(const Procedure& runs_by, const Calendars& all, const Calendar& working_days, Instance& stands,
        Taken taken, Instant noticed, Trace* watching = nullptr)
        : model(runs_by.model()),
          calendars(all),
          calendar(working_days),
          instance(stands),
          now(noticed),
          ended_at(noticed),
          records(taken.records),
          effects(taken.effects),
          trace(watching) {}
    Run(const Procedure& runs_by, const Calendars& all, const Calendar& working_days, Step& taken,
        Instant noticed)
        : Run(runs_by, all, working_days, taken.instance, {taken.records, taken.effects}, noticed) {}

    const procedure::Model& model;
    const Calendars& calendars;
    const Calendar& calendar;  ///< the procedure's
    Instance& instance;
    Instant now;       ///< when the event was noticed
    Instant ended_at;  ///< logical instant of what the event ends (rule R79)
    std::vector<Record>& records;
    std::vector<Effect>& effects;
    Trace* const trace;  ///< mostly null

    // --- data and expressions (run_data.cpp) ---
    /// Values that exist only while this event or way runs: fields, items, outcome ...
    void bind(procedure::EventSlot slot, Value value) { event_values()[slot] = std::move(value); }
    void unbind(procedure::EventSlot slot) {
        if (event_values_) (*event_values_)[slot] = Value();
    }
    void bind_actor(const Actor& actor) { actor_ = &actor; }
    [[nodiscard]] Value evaluate(const procedure::Cel& cel, Ordinal scope);
    [[nodiscard]] bool test(const procedure::Cel& cel, Ordinal scope);
    /// `scope`: where the field is looked for, if each scope of a group or each has its own.
    void store(procedure::FieldIndex field, Value value, Ordinal scope);
    void assign(const std::vector<procedure::Assignment>& set, Ordinal scope);
    /// What an operator says, by the names of fields.
    void correct(const FieldValues& data, Ordinal scope);
    /// Checks what was given against what is asked for, and gives it in that order, null where it
    /// is absent; Abandon when it does not fit.
    template <class Wanted>  // WantedField or ActionField
    [[nodiscard]] Members checked_fields(std::span<const Wanted> wanted,
                                         const FieldValues& given) const;
    [[nodiscard]] std::string filled(const std::string& text, Ordinal scope);

    // --- tokens and scopes (run_tokens.cpp) ---
    /// `source`: from where a token comes to a join.
    Ordinal enter(procedure::StateIndex state, Ordinal scope,
                  procedure::StateIndex source = procedure::none);
    void begin(Ordinal token);
    void withdraw(Ordinal token, RecordKind kind);
    /// Several of one state and scope, oldest first.
    void withdraw_all(std::span<const Ordinal> tokens, RecordKind kind);
    void withdraw_inside(Ordinal token);
    void move(Ordinal carrier, procedure::StateIndex target, const Asides& asides = {});
    void finish(Ordinal carrier, procedure::OutcomeIndex outcome, const Asides& asides = {});
    /// Leaves; what its join has left over stays behind (rule R36).
    void depart(Ordinal token);
    void take_start(procedure::StateIndex compound, Ordinal scope);
    /// The same by a way: that of an entry of the procedure.
    void take_start(procedure::StateIndex compound, Ordinal scope, const procedure::Way& start);
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
    /// Whether it stands at some depth under `owner`; 0: the procedure, under which all stands.
    [[nodiscard]] bool is_below(const Token& token, Ordinal owner);
    /// Not for a remainder, of which what is around it knows no more (rule R36).
    [[nodiscard]] bool is_inside(const Token& token, Ordinal owner);

    // --- what is over (run_memory.cpp) ---
    void remember_entering(const Token& entering);
    void remember_leaving(const Token& leaving);
    void remember_action(const procedure::Action& action, Ordinal scope);
    void remember_finisher(const Actor& actor, procedure::StateIndex state, Ordinal scope);
    void remember_clock(const ClockState& clock, Instant at, bool late);
    /// What happened in a scope that is gone happened in the one around it.
    void fold_visits(Ordinal closing, Ordinal around);
    [[nodiscard]] bool is_scope_within(Ordinal inner, Ordinal outer);
    /// The innermost scope around `from` whose inside holds one of the states (rule R41).
    [[nodiscard]] Ordinal scope_holding(Ordinal from,
                                        const std::vector<procedure::StateIndex>& holders);
    [[nodiscard]] bool is_active(procedure::StateIndex state, Ordinal scope);
    /// All that is remembered in the scope and inside it.
    [[nodiscard]] Visits recall(procedure::MemoryIndex memory, Ordinal scope);
    /// The clock that an expression of that scope means, or null.
    [[nodiscard]] const ClockState* clock_seen_from(procedure::ClockIndex clock, Ordinal scope);

    // --- ways (run_ways.cpp) ---
    /// Takes a way whose guard holds. `carrier` is the token that stands on the state which carries
    /// it; 0: the procedure itself.
    void take(const procedure::Way& way, Ordinal carrier);
    /// Whoever watches is told of it.
    void note(const procedure::Way& way) {
        if (trace != nullptr) trace->ways.push_back(&way);
    }
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
    [[nodiscard]] const Calendar& calendar_of(procedure::CalendarIndex number) const;
    [[nodiscard]] const Calendar& calendar_of(const ClockState& clock) const {
        return calendar_of(model.clocks[clock.clock].calendar);
    }
    void start_clocks(Ordinal owner, procedure::StateIndex state, Ordinal scope);
    void start_clock(Ordinal owner, procedure::ClockIndex index, Ordinal scope);
    /// Length, fixed date and stop of a clock, read as it starts or comes to another version. False:
    /// no clock.
    [[nodiscard]] bool measure(ClockState& clock, Ordinal scope);
    void end_clocks(Ordinal owner);
    void end_clock(std::size_t position, Instant at);
    void settle_waiting();
    void fire_moment(std::size_t clock, std::uint32_t timer, Instant due);
    void fire_timer(Ordinal token, std::uint32_t timer, Instant due);

    /// When a timer that counts from `from` falls due; nothing: never.
    [[nodiscard]] std::optional<Instant> due_after(Instant from, const procedure::State& state,
                                                   const procedure::Timer& timer, Ordinal scope);

    // --- what starts and stops clocks (run_occasions.cpp) ---
    using OccasionKind = procedure::Occasion::Kind;
    /// Something happened to `token` (0: the procedure) on a state that some clock watches; `name`
    /// is the action's, or the message's.
    void watch(OccasionKind kind, Ordinal token, procedure::StateIndex state,
               std::string_view name = {});
    /// Whether `token` is inside the anchor of what is said on the state of `from` (rule R41).
    [[nodiscard]] bool is_beside(Ordinal from, Ordinal token, procedure::StateIndex anchor);

    // --- more time (run_extensions.cpp) ---
    void extend(const procedure::Extension& extension, Ordinal carrier);

    // --- messages (run_messages.cpp) ---
    void subscribe(Ordinal token, procedure::StateIndex state, Ordinal scope);
    void subscribe_to(procedure::MessageIndex message, Ordinal token, Ordinal scope);
    void unsubscribe(Ordinal token);
    /// Brings a message to a place whose guard holds.
    void receive(Ordinal place, const KeptMessage& taken);
    /// The oldest kept message that finds a place.
    [[nodiscard]] std::optional<Ready> ready_kept();
    void take_kept(const Ready& ready);
    void discard_kept(Ordinal kept);
    /// Of an instance that ends.
    void report_unread();
    void send(const procedure::Way& way, Ordinal carrier, Ordinal scope);

    // --- services and called procedures (run_outside.cpp) ---
    void request(Ordinal token);
    void ask_service(Ordinal token);
    /// The attempt has failed: it is repeated after a pause, or an incident opens.
    void fail_attempt(Ordinal token, const std::vector<std::string>& why);
    void fire_service_timer(Ordinal token, std::uint32_t timer);
    /// After the incident of a token that waits for an answer.
    void ask_again(Ordinal token);
    void start_child(Ordinal token);
    /// Its token leaves: nobody waits for the answer any more.
    void stop_awaiting(Ordinal token);
    void report_to_caller();

    // --- after the event (run_settle.cpp) ---
    /// An event that no person asks for, with its microsteps: what fails in it is undone, and an
    /// incident opens on `carrier` (rules R26, R27). False then.
    template <class Way>
    bool take_event(Ordinal carrier, Way way) {
        const Instance before = instance;
        const std::size_t ways_before = trace != nullptr ? trace->ways.size() : 0;
        try {
            within_calendar(way);
            settle();
            return true;
        } catch (const Abandon& reason) {
            instance = before;
            records.clear();
            effects.clear();
            if (trace != nullptr) trace->ways.resize(ways_before);
            open_incident(carrier, reason);
            return false;
        }
    }
    /// Microsteps until nothing is ready (rule R25); incidents stay behind where one fails.
    void settle();
    void settle_status();
    void open_incident(Ordinal token, const Abandon& reason);
    /// It goes on, or is gone.
    void close_incident(Token& standing);

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
    /// The place of a field in the innermost scope around; null: no scope there has it.
    [[nodiscard]] Value* place_of(procedure::FieldIndex field, Ordinal scope);
    void gather_data(Ordinal scope);
    [[nodiscard]] Visits& visits(procedure::MemoryIndex memory, Ordinal scope);
    [[noreturn]] static void throw_gone(const char* what);
    [[nodiscard]] std::optional<Ready> next_ready();
    void microstep(const Ready& ready);
    [[nodiscard]] std::optional<Ready> ready_state();
    [[nodiscard]] std::optional<Ready> ready_wait();
    [[nodiscard]] bool is_satisfied(Ordinal ordinal);
    void unbind_results();
    void take_state(Ordinal ordinal);
    /// All that a way does besides leading somewhere; its expressions stand in `scope`.
    void happen(const procedure::Way& way, Ordinal carrier, Ordinal scope);
    [[nodiscard]] const procedure::Way& first_of(const std::vector<procedure::Way>& ways,
                                                 Ordinal carrier);
    [[nodiscard]] std::optional<Instant> time_of(const procedure::Cel& cel, Ordinal scope);
    void start_by_event(std::size_t position);
    /// It waits while the instance is suspended.
    void halt(ClockState& clock);
    void bind_results(Ordinal ordinal);
    void open_scope(Ordinal parent, std::uint32_t branch, std::uint32_t item, Value item_value);
    void open_branches(Ordinal token);
    /// Whether the list that a token watches has more items than were taken; Abandon when fewer.
    [[nodiscard]] bool has_grown(const ItemList& list);
    void open_next(Ordinal token);
    [[nodiscard]] bool is_in_remainder(const Token& token);
    /// In no order.
    [[nodiscard]] std::vector<WaitingJoin> waiting_joins(bool inclusive);
    [[nodiscard]] Gathering gather(Ordinal scope, procedure::StateIndex join);
    /// What stands inside the holder of a name holds it, too.
    [[nodiscard]] bool is_inside_holder(const Token& standing);
    /// Whether that token can still come to the join of that scope.
    [[nodiscard]] bool can_arrive(const Token& other, Ordinal scope, procedure::StateIndex join);
    [[nodiscard]] bool can_still_arrive(Ordinal scope, procedure::StateIndex join);
    [[nodiscard]] bool is_ready(const WaitingJoin& waiting, Ready& ready);
    void bind_arrived(procedure::StateIndex join, const Gathering& gathering);
    void warn(Token& standing, RefusalCode code);
    void warn_starved();
    void warn_stuck();
    /// All of withdrawing but that the token is gone.
    void end_activation(Ordinal token, RecordKind kind);
    void close_scope_if_done(Ordinal scope);
    [[nodiscard]] std::array<std::span<const Value>, procedure::frame_count> frames(
        const procedure::Cel& cel, Ordinal scope);

    /// Made when the first is bound or read: most steps need none.
    using EventValues = std::array<Value, procedure::event_slot_count>;
    EventValues& event_values() { return event_values_ ? *event_values_ : event_values_.emplace(); }

    std::optional<EventValues> event_values_;
    std::vector<Value> locals_;
    std::vector<Value> data_;  ///< with the fields of the scopes around, where there are some
    const Actor* actor_ = nullptr;
};

/// The calendar of that number for the instance; Error{not_found} when it was not given.
[[nodiscard]] const Calendar& calendar_of(const Calendars& calendars, const Instance& instance,
                                          procedure::CalendarIndex number);
/// What an expression that stands in a scope may ask (rule R53). Lives for one evaluation.
class ScopeAnswers final : public Answers {
public:
    ScopeAnswers(Run& run, Ordinal scope) : run_(run), scope_(scope) {}
    [[nodiscard]] Value answer(std::size_t question, std::size_t subject,
                               const Value& since) const override;

private:
    Run& run_;
    Ordinal scope_;
};

/// The calendar version that the instance runs by; Error{not_found} when it was not given.
[[nodiscard]] const Calendar& calendar_of(const Calendars& calendars, const Instance& instance);

/// Number under which the timer of `wait: {until}` is known beside a state's `after` timers.
[[nodiscard]] inline std::uint32_t until_timer(const procedure::State& state) {
    return static_cast<std::uint32_t>(state.timers.size());
}

}  // namespace workflow::interpreter
