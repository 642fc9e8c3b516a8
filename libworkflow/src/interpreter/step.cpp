// The events, each in a function of its own. What they share is in Run.
#include <algorithm>

#include "interpreter/calendar_change.hpp"
#include "interpreter/clock_time.hpp"
#include "interpreter/erasure.hpp"
#include "interpreter/messages.hpp"
#include "interpreter/offers.hpp"
#include "interpreter/outside.hpp"
#include "interpreter/run.hpp"
#include "interpreter/suspension.hpp"
#include "interpreter/trace.hpp"
#include "interpreter/work_items.hpp"
#include "workflow/error.hpp"

namespace workflow {
namespace interpreter {
namespace {

using namespace procedure;

void check_variant(const Run& run, const std::string& variant) {
    const auto& known = run.model.variants;
    const auto is_it = [&](const Variant& candidate) { return candidate.id == variant; };
    if (variant.empty() || std::any_of(known.begin(), known.end(), is_it)) return;
    std::vector<std::string> names;
    for (const Variant& candidate : known) names.push_back(candidate.id);
    throw Abandon{RefusalCode::unknown_variant, {variant, nearest(variant, names)}};
}

void set_input(Run& run, const std::vector<FieldIndex>& input, const FieldValues& given) {
    std::vector<WantedField> wanted;
    wanted.reserve(input.size());
    for (const FieldIndex index : input) {
        const Field& field = run.model.data[index];
        wanted.push_back({field.id, field.type, !field.type.optional && field.initial.is_null()});
    }
    const Members fields = run.checked_fields<WantedField>(wanted, given);
    run.instance.data.reserve(run.model.data.size());
    for (const Field& field : run.model.data) {
        run.instance.data.push_back(field.holder == root_state ? field.initial : Value());
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!fields[i].second.is_null()) run.store(input[i], fields[i].second, 0);
    }
}

/// A version may be started in its days only.
void check_valid(const Run& run) {
    const auto& [from, until] = std::pair(run.model.valid_from, run.model.valid_until);
    const Day today = run.calendar.day_of(run.now);
    if ((!from || today >= *from) && (!until || today <= *until)) return;
    std::string days;
    if (from) days += "from " + to_string(*from);
    if (until) days += (days.empty() ? "until " : " until ") + to_string(*until);
    throw Abandon{RefusalCode::not_valid, {run.model.id, days}};
}

void check_starter(const Run& run, const Actor& actor) {
    const auto& allowed = run.model.started_by;
    const bool may =
        allowed.empty() || std::any_of(allowed.begin(), allowed.end(), [&](RoleIndex role) {
            return std::find(actor.roles.begin(), actor.roles.end(), run.model.roles[role].id) !=
                   actor.roles.end();
        });
    if (!may) {
        throw Abandon{RefusalCode::not_your_role,
                      {"start", run.model.roles[allowed.front()].id, actor.id}};
    }
}

/// Null: the procedure has only one.
const Entry* entry_of(const Run& run, const std::string& id) {
    const auto& entries = run.model.states[root_state].entries;
    std::vector<std::string> names;
    for (const Entry& entry : entries) {
        if (entry.id == id) return &entry;
        names.push_back(entry.id);
    }
    if (entries.empty() && id.empty()) return nullptr;
    std::string known = nearest(id, names);
    if (known.empty()) {
        for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
    }
    throw Abandon{RefusalCode::unknown_entry, {id, known}};
}

void apply(Run& run, const Start& start) {
    if (run.instance.status != Instance::Status::created) {
        throw Abandon{RefusalCode::already_started, {run.instance.id}};
    }
    // A time that the calendar does not know is refused at once.
    (void)run.calendar.day_of(run.now);
    check_valid(run);
    const Entry* const entry = entry_of(run, start.entry);
    // Who may call a procedure is a matter of the caller's file.
    if (!start.caller) check_starter(run, start.actor);
    run.bind_actor(start.actor);
    Instance& instance = run.instance;
    instance.status = Instance::Status::active;
    instance.procedure = run.model.digest;
    instance.variant = start.variant;
    instance.started = run.now;
    instance.scopes.push_back({});
    run.record(RecordKind::started, 0, root_state);
    check_variant(run, start.variant);
    set_input(run, entry != nullptr ? entry->input : run.model.input, start.data);
    instance.caller = start.caller;
    run.start_clocks(0, root_state, 0);
    run.subscribe(0, root_state, 0);
    if (entry != nullptr) {
        run.take_start(root_state, 0, entry->way);
    } else {
        run.take_start(root_state, 0);
    }
    run.settle();
}

/// Of several objections the one that says most: nearest to letting him act.
int nearness(RefusalCode code) {
    switch (code) {
        case RefusalCode::guard_false:
            return 4;
        case RefusalCode::held_elsewhere:
        case RefusalCode::claimed:
        case RefusalCode::used_up:
        case RefusalCode::four_eyes:
        case RefusalCode::not_same_person:
        case RefusalCode::incident:
        case RefusalCode::suspended:
            return 3;
        case RefusalCode::not_your_unit:
            return 2;
        case RefusalCode::not_your_role:
            return 1;
        default:
            return 0;
    }
}

[[noreturn]] void refuse_unoffered(const Run& run, const std::string& name) {
    std::vector<std::string> names;
    for (const State& state : run.model.states) {
        for (const Action& action : state.actions) {
            if (action.id == name) throw Abandon{RefusalCode::not_possible_now, {name, state.id}};
            names.push_back(action.id);
        }
    }
    throw Abandon{RefusalCode::unknown_action, {name, nearest(name, names)}};
}

/// The one offer that the event means, or Abandon.
Offer chosen_offer(Run& run, const Perform& perform) {
    bool offered = false;
    std::optional<Offer> open;
    std::string others;  // open as well
    std::optional<RefusalCode> nearest_objection;
    Offer refused;
    each_offer_named(run, perform.action, [&](const Offer& offer) {
        offered = true;
        if (perform.work_item && offer.carrier != *perform.work_item) return;
        const auto found = objection(run, offer, perform.actor, Guards::without_fields);
        if (!found && !open) {
            open = offer;
        } else if (!found) {
            others += ", " + std::to_string(offer.carrier);
        } else if (!nearest_objection || nearness(*found) > nearness(*nearest_objection)) {
            nearest_objection = found;
            refused = offer;
        }
    });
    if (!offered) refuse_unoffered(run, perform.action);
    if (open && others.empty()) return *open;
    if (open) {
        throw Abandon{RefusalCode::ambiguous,
                      {perform.action, std::to_string(open->carrier) + others}};
    }
    if (nearest_objection) {
        throw Abandon{*nearest_objection,
                      objection_arguments(run, refused, perform.actor, *nearest_objection)};
    }
    throw Abandon{RefusalCode::no_such_work_item,
                  {std::to_string(*perform.work_item), perform.action}};
}

void store_fields(Run& run, const Action& action, const Members& fields, Ordinal scope) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Value& value = fields[i].second;
        const bool given = !value.is_null() || value.sealed() != nullptr;
        if (action.fields[i].stored_in != none && given)
            run.store(action.fields[i].stored_in, value, scope);
    }
}

/// Whether the way, or one of its choices, leads on.
bool can_leave(const Way& way) {
    if (way.choices.empty()) return !std::holds_alternative<Stay>(way.target);
    return std::any_of(way.choices.begin(), way.choices.end(), can_leave);
}

void perform_offer(Run& run, const Perform& perform, const Offer& offer) {
    const Action& action = action_of(run, offer);
    Value fields;
    if (!action.fields.empty() || !perform.fields.empty()) {
        fields = run.checked_fields<ActionField>(action.fields, perform.fields);
        run.bind(slot_fields, fields);
    }
    if (action.way.when) {
        const auto found = objection(run, offer, perform.actor, Guards::with_fields);
        if (found) throw Abandon{*found, objection_arguments(run, offer, perform.actor, *found)};
    }
    run.record(RecordKind::performed, offer.carrier, offer.state, offer.action);
    if (fields.members() != nullptr) {
        store_fields(run, action, *fields.members(), run.scope_of(offer.carrier));
    }
    if (run.model.states[offer.state].watched) {
        run.watch(Run::OccasionKind::performed, offer.carrier, offer.state, action.id);
    }
    if (action.memory != none || action.uses != none) {
        run.remember_action(action, run.scope_of(offer.carrier));
    }
    // Who finishes the task is noted before the way, which may close its scope.
    const State& state = run.model.states[offer.state];
    if (state.memory != none && state.kind == Kind::task && can_leave(action.way)) {
        run.remember_finisher(perform.actor, offer.state, run.scope_of(offer.carrier));
    }
    run.take(action.way, offer.carrier);
    if (!run.instance.lists.empty()) run.check_lists();
    run.settle();
}

void apply(Run& run, const Perform& perform) {
    run.bind_actor(perform.actor);
    perform_offer(run, perform, chosen_offer(run, perform));
}

/// True when the timer is still to fire at that instant.
bool is_pending(const Run& run, const TimerDue& event, std::size_t& clock_position) {
    for (const Token& token : run.instance.tokens) {
        if (token.ordinal != event.ordinal) continue;
        return !token.incident &&
               std::any_of(token.timers.begin(), token.timers.end(), [&](const TimerState& timer) {
                   return timer.timer == event.timer && timer.due == event.due;
               });
    }
    for (std::size_t i = 0; i < run.instance.clocks.size(); ++i) {
        const ClockState& clock = run.instance.clocks[i];
        if (clock.ordinal != event.ordinal) continue;
        clock_position = i;
        const Calendar& counted = run.calendar_of(clock);
        const auto due = moment_due(counted, run.model.clocks[clock.clock], clock, event.timer,
                                    derive(counted, clock));
        return due == event.due;
    }
    return false;
}

void apply(Run& run, const TimerDue& event) {
    constexpr std::size_t no_clock = SIZE_MAX;
    std::size_t clock = no_clock;
    if (run.instance.status != Instance::Status::active || run.instance.is_suspended() ||
        event.due > run.now || !is_pending(run, event, clock)) {
        run.record(RecordKind::timer_ignored, event.ordinal, no_index, event.timer, no_index,
                   event.due);
        return;
    }
    run.ended_at = event.due;
    const Ordinal carrier = clock == no_clock ? event.ordinal : run.instance.clocks[clock].owner;
    const bool fired = run.take_event(carrier, [&] {
        if (clock == no_clock) {
            run.fire_timer(event.ordinal, event.timer, event.due);
        } else {
            run.fire_moment(clock, event.timer, event.due);
        }
    });
    if (fired) return;
    // The way is undone; the timer stays, and fires again when the incident is retried. On the
    // procedure itself there is no token to stand still: the moment counts as happened.
    if (carrier == 0 && clock != no_clock &&
        event.timer <= due_timer(run.model.clocks[run.instance.clocks[clock].clock])) {
        ClockState& going_on = run.instance.clocks[clock];
        count_fired(run.calendar_of(going_on), run.model.clocks[going_on.clock], going_on,
                    event.timer, event.due);
    }
}

void apply(Run& run, const Retry& retry) {
    run.bind_actor(retry.actor);
    Token* token = run.find_token(retry.token);
    if (token == nullptr || !token->incident) {
        throw Abandon{RefusalCode::no_incident, {std::to_string(retry.token)}};
    }
    run.close_incident(*token);
    run.record(RecordKind::incident_resolved, retry.token, token->state, no_index, no_index,
               retry.reason.empty() ? Value() : Value(retry.reason));
    run.ask_again(retry.token);
    run.settle();
}

void apply(Run& run, const Correct& correct) {
    run.bind_actor(correct.actor);
    const Token* const from = correct.token == 0 ? nullptr : run.find_token(correct.token);
    if (from == nullptr && correct.token != 0) {
        throw Abandon{RefusalCode::no_such_work_item, {std::to_string(correct.token), "correct"}};
    }
    const Ordinal scope = from != nullptr ? from->scope : 0;
    run.correct(correct.data, scope);
    run.record(RecordKind::corrected, 0, root_state, no_index, no_index, correct.reason);
    run.settle();
}

void apply(Run& run, const Suspend& event) {
    suspend(run, event);
}
void apply(Run& run, const Resume& event) {
    resume(run, event);
}
void apply(Run& run, const Erase& event) {
    erase(run, event);
}
void apply(Run& run, const Claim& event) {
    claim(run, event);
}
void apply(Run& run, const Release& event) {
    release(run, event);
}
void apply(Run& run, const Reassign& event) {
    reassign(run, event);
}
void apply(Run& run, const Delegate& event) {
    delegate(run, event);
}
void apply(Run& run, const MoveToken& event) {
    move_token(run, event);
}

void apply(Run& run, const Cancel& cancel) {
    run.instance.cancelled = true;
    run.record(RecordKind::cancelled_instance, 0, root_state, no_index, no_index, cancel.reason);
    run.end_instance(none);
}

/// The instance counts by the new version already; `redated` looks at it as it was.
void apply(Run& run, const CalendarChanged& change, const std::vector<Redated>& moved) {
    run.bind_actor(change.actor);
    const Calendar& version = *run.calendars.find(change.to);
    run.record(RecordKind::calendar_changed, 0, root_state, no_index, no_index,
               List{version.id(), version.version()});
    for (const Redated& one : moved) {
        List told{one.before.instant, one.after.instant, one.because.source};
        if (one.clock != no_index) {
            run.record(RecordKind::clock_redated, one.owner, one.state, one.clock, no_index,
                       std::move(told));
            continue;
        }
        for (TimerState& timer : run.token(one.ordinal).timers) {
            if (timer.timer == one.timer) timer.due = one.after.instant;
        }
        run.record(RecordKind::timer_redated, one.ordinal, one.state, one.timer, no_index,
                   std::move(told));
    }
    run.settle();
}

void apply(Run& run, const Message& message) {
    apply_message(run, message);
}
void apply(Run& run, const EffectResult& result) {
    apply_result(run, result);
}
void apply(Run& run, const Resolve& event) {
    resolve(run, event);
}
void apply(Run& run, const ChildEnded& ended) {
    apply_child_end(run, ended);
}

/// `now` is not before the instance's last.
template <class Apply>
std::optional<Refusal> carry_out(const Procedure& procedure, const Calendars& calendars,
                                 const Calendar& calendar, Instance& instance, Taken& taken,
                                 Instant now, Trace* trace, Apply apply_event) {
    const std::size_t ways_before = trace != nullptr ? trace->ways.size() : 0;
    try {
        Run run(procedure, calendars, calendar, instance, taken, now, trace);
        within_calendar([&] { apply_event(run); });
        instance.last_now = now;
        ++instance.revision;
    } catch (const Abandon& reason) {
        if (trace != nullptr) trace->ways.resize(ways_before);
        return Refusal{reason.code, reason.arguments, {}};
    }
    return std::nullopt;
}

std::optional<Refusal> change_calendar(const Procedure& procedure, const Calendars& calendars,
                                       Instance& instance, Taken& taken,
                                       const CalendarChanged& change, Instant now, Trace* trace) {
    const auto slot = slot_of(instance, change.from);
    const Calendar* from = calendars.find(change.from);
    const Calendar* to = calendars.find(change.to);
    if (!slot) return Refusal{RefusalCode::calendar_not_used, {instance.id}, {}};
    if (from == nullptr || to == nullptr) {
        throw Error(ErrorCode::not_found, "a version of the calendar is not among the given");
    }
    if (from->id() != to->id()) {
        throw Error(ErrorCode::misuse, "'" + to->id() + "' is not a version of '" + from->id() +
                                           "': an instance keeps its calendars");
    }
    std::vector<Redated> moved;
    try {
        within_calendar([&] { moved = redated(procedure, calendars, instance, change, now); });
    } catch (const Abandon& reason) {
        return Refusal{reason.code, reason.arguments, {}};
    }
    set_slot(instance, *slot, change.to);
    const Calendar& calendar = calendar_of(calendars, instance);
    return carry_out(procedure, calendars, calendar, instance, taken, now, trace,
                     [&](Run& run) { apply(run, change, moved); });
}

}  // namespace

std::optional<Refusal> step_in_place(const Procedure& procedure, const Calendars& calendars,
                                     Instance& instance, Taken taken, const Event& event,
                                     Instant now, Trace* trace) {
    const auto* start = std::get_if<Start>(&event);
    const bool created = instance.status == Instance::Status::created;
    if (start == nullptr && created) return Refusal{RefusalCode::not_started, {instance.id}, {}};
    if (start != nullptr && !created)
        return Refusal{RefusalCode::already_started, {instance.id}, {}};
    const bool may_come_late = std::holds_alternative<TimerDue>(event) ||
                               std::holds_alternative<Erase>(event);
    if (instance.status == Instance::Status::ended && !may_come_late) {
        return Refusal{RefusalCode::ended, {instance.id}, {}};
    }
    if (start != nullptr) {
        instance.calendar = start->calendar;
        instance.more_calendars = start->more_calendars;
        for (std::size_t i = 0; i < procedure.more_calendars().size(); ++i) {
            (void)calendar_of(calendars, instance, static_cast<procedure::CalendarIndex>(i + 1));
        }
    }
    const Calendar& calendar = calendar_of(calendars, instance);
    if (!created && instance.procedure != procedure.digest()) {
        throw Error(ErrorCode::misuse, instance.id + " runs by another procedure or version");
    }
    now = created ? now : std::max(now, instance.last_now);
    if (std::holds_alternative<Migrate>(event)) {
        throw Error(ErrorCode::misuse, "migrate() takes an instance to another version, not step()");
    }
    if (const auto* change = std::get_if<CalendarChanged>(&event)) {
        return change_calendar(procedure, calendars, instance, taken, *change, now, trace);
    }
    return carry_out(procedure, calendars, calendar, instance, taken, now, trace, [&](Run& run) {
        std::visit(
            [&](const auto& typed) {
                using Typed = std::decay_t<decltype(typed)>;
                constexpr bool is_above = std::is_same_v<Typed, CalendarChanged> ||
                                          std::is_same_v<Typed, Migrate>;
                if constexpr (!is_above) apply(run, typed);
            },
            event);
    });
}

std::optional<Refusal> perform_in_place(const Procedure& procedure, const Calendars& calendars,
                                        Instance& instance, Taken taken, const Perform& perform,
                                        const Offer& offer, Instant now) {
    return carry_out(procedure, calendars, calendar_of(calendars, instance), instance, taken,
                     std::max(now, instance.last_now), nullptr, [&](Run& run) {
                         run.bind_actor(perform.actor);
                         perform_offer(run, perform, offer);
                     });
}

/// One result in one place, which is not moved again.
workflow::Outcome step_traced(const Procedure& procedure, const Calendars& calendars,
                              Instance&& instance, const Event& event, Instant now, Trace* trace) {
    workflow::Outcome outcome(std::in_place_type<Step>, std::move(instance));
    Step& taken = std::get<Step>(outcome);
    constexpr std::size_t usual_records = 16;
    taken.records.reserve(usual_records);
    if (auto refusal = step_in_place(procedure, calendars, taken.instance,
                                     {taken.records, taken.effects}, event, now, trace)) {
        outcome = std::move(*refusal);
    }
    return outcome;
}

}  // namespace interpreter

Outcome step(const Procedure& procedure, const Calendars& calendars, Instance instance,
             const Event& event, Instant now) {
    return interpreter::step_traced(procedure, calendars, std::move(instance), event, now, nullptr);
}

}  // namespace workflow
