// The events, each in a function of its own. What they share is in Run.
#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/offers.hpp"
#include "interpreter/run.hpp"
#include "workflow/error.hpp"

namespace workflow {
namespace interpreter {
namespace {

using namespace procedure;

void set_parameters(Run& run, const std::string& variant) {
    run.instance.parameters.reserve(run.model.parameters.size());
    for (const Parameter& parameter : run.model.parameters) {
        run.instance.parameters.push_back(parameter.initial);
    }
    if (variant.empty()) return;
    for (const Variant& candidate : run.model.variants) {
        if (candidate.id != variant) continue;
        for (const auto& [parameter, value] : candidate.values) {
            run.instance.parameters[parameter] = value;
        }
        return;
    }
    std::vector<std::string> names;
    for (const Variant& candidate : run.model.variants) names.push_back(candidate.id);
    throw Abandon{RefusalCode::unknown_variant, {variant, nearest(variant, names)}};
}

void set_input(Run& run, const FieldValues& given) {
    std::vector<WantedField> wanted;
    wanted.reserve(run.model.input.size());
    for (const FieldIndex index : run.model.input) {
        const Field& field = run.model.data[index];
        wanted.push_back({field.id, field.type, !field.type.optional && field.initial.is_null()});
    }
    const Members fields = run.checked_fields(wanted, given);
    run.instance.data.reserve(run.model.data.size());
    for (const Field& field : run.model.data) run.instance.data.push_back(field.initial);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!fields[i].second.is_null()) run.store(run.model.input[i], fields[i].second);
    }
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

void apply(Run& run, const Start& start) {
    if (run.instance.status != Instance::Status::created) {
        throw Abandon{RefusalCode::already_started, {run.instance.id}};
    }
    // A time that the calendar does not know is refused at once.
    (void)run.calendar.day_of(run.now);
    check_starter(run, start.actor);
    run.bind_actor(start.actor);
    Instance& instance = run.instance;
    instance.status = Instance::Status::active;
    instance.procedure = run.model.digest;
    instance.variant = start.variant;
    instance.started = run.now;
    instance.scopes.push_back({});
    run.record(RecordKind::started, 0, root_state);
    set_parameters(run, start.variant);
    set_input(run, start.data);
    run.start_clocks(0, root_state, 0);
    run.take_start(root_state, 0);
    run.settle();
}

/// Of several objections the one that says most: nearest to letting him act.
int nearness(RefusalCode code) {
    switch (code) {
        case RefusalCode::guard_false:
            return 4;
        case RefusalCode::held_elsewhere:
        case RefusalCode::claimed:
        case RefusalCode::incident:
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

const Action& action_of(const Run& run, const Offer& offer) {
    return run.model.states[offer.state].actions[offer.action];
}

/// The one offer that the event means, or Abandon.
Offer chosen_offer(Run& run, const Perform& perform) {
    bool offered = false;
    std::optional<Offer> open;
    std::string others;  // open as well
    std::optional<RefusalCode> nearest_objection;
    Offer refused;
    each_offer(run, perform.action, [&](const Offer& offer) {
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

Value checked_fields(const Run& run, const Action& action, const FieldValues& given) {
    std::vector<WantedField> wanted;
    wanted.reserve(action.fields.size());
    for (const ActionField& field : action.fields) {
        wanted.push_back({field.id, field.type, field.required});
    }
    return run.checked_fields(wanted, given);
}

void store_fields(Run& run, const Action& action, const Members& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Value& value = fields[i].second;
        const bool given = !value.is_null() || value.sealed() != nullptr;
        if (action.fields[i].stored_in != none && given)
            run.store(action.fields[i].stored_in, value);
    }
}

void apply(Run& run, const Perform& perform) {
    run.bind_actor(perform.actor);
    const Offer offer = chosen_offer(run, perform);
    const Action& action = action_of(run, offer);
    Value fields;
    if (!action.fields.empty() || !perform.fields.empty()) {
        fields = checked_fields(run, action, perform.fields);
        run.bind(slot_fields, fields);
    }
    if (action.way.when) {
        const auto found = objection(run, offer, perform.actor, Guards::with_fields);
        if (found) throw Abandon{*found, objection_arguments(run, offer, perform.actor, *found)};
    }
    run.record(RecordKind::performed, offer.carrier, offer.state, offer.action);
    if (fields.members() != nullptr) store_fields(run, action, *fields.members());
    run.take(action.way, offer.carrier);
    if (!run.instance.lists.empty()) run.check_lists();
    run.settle();
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
        const auto due = moment_due(run.calendar, run.model.clocks[clock.clock], clock, event.timer,
                                    derive(run.calendar, clock));
        return due == event.due;
    }
    return false;
}

void apply(Run& run, const TimerDue& event) {
    constexpr std::size_t no_clock = SIZE_MAX;
    std::size_t clock = no_clock;
    if (run.instance.status != Instance::Status::active || event.due > run.now ||
        !is_pending(run, event, clock)) {
        run.record(RecordKind::timer_ignored, event.ordinal, no_index, event.timer, no_index,
                   event.due);
        return;
    }
    run.ended_at = event.due;
    const Instance before = run.instance;
    const Ordinal carrier = clock == no_clock ? event.ordinal : run.instance.clocks[clock].owner;
    try {
        within_calendar([&] {
            if (clock == no_clock) {
                run.fire_timer(event.ordinal, event.timer, event.due);
            } else {
                run.fire_moment(clock, event.timer, event.due);
            }
        });
        run.settle();
    } catch (const Abandon& reason) {
        // The way is undone; the timer stays, and fires again when the incident is retried.
        run.instance = before;
        run.records.clear();
        run.effects.clear();
        run.open_incident(carrier, reason);
        // On the procedure itself there is no token to stand still: the moment counts as happened.
        if (carrier == 0 && clock != no_clock) ++run.instance.clocks[clock].fired[event.timer];
    }
}

void apply(Run& run, const Retry& retry) {
    run.bind_actor(retry.actor);
    Token* token = run.find_token(retry.token);
    if (token == nullptr || !token->incident) {
        throw Abandon{RefusalCode::no_incident, {std::to_string(retry.token)}};
    }
    token->incident = false;
    token->incident_reason = {};
    run.record(RecordKind::incident_resolved, retry.token, token->state);
    run.settle();
}

void apply(Run& run, const Correct& correct) {
    run.bind_actor(correct.actor);
    for (const auto& [name, value] : correct.data) {
        const FieldIndex index = find_field(run.model, name);
        if (index == none) {
            std::vector<std::string> names;
            for (const Field& field : run.model.data) names.push_back(field.id);
            throw Abandon{RefusalCode::unknown_field, {name, nearest(name, names)}};
        }
        auto conformed = conform(run.model.data[index].type, value, run.calendar.offset());
        if (!conformed) {
            throw Abandon{RefusalCode::wrong_type,
                          {name, to_string(run.model.data[index].type),
                           to_string(value, run.calendar.offset())}};
        }
        run.store(index, std::move(*conformed));
    }
    run.record(RecordKind::corrected, 0, root_state, no_index, no_index, correct.reason);
    run.settle();
}

/// Whoever may act on a work item, now or when its guards hold, may take it for himself.
void check_may_claim(Run& run, const Claim& claim) {
    std::optional<RefusalCode> refused = RefusalCode::no_such_work_item;
    Offer nearest_offer;
    each_offer(run, {}, [&](const Offer& offer) {
        if (offer.carrier != claim.work_item || !refused) return;
        if (run.model.states[offer.state].kind != Kind::task) return;
        refused = objection(run, offer, claim.actor, Guards::without_fields);
        nearest_offer = offer;
        if (refused == RefusalCode::guard_false) refused.reset();
    });
    if (!refused) return;
    if (refused == RefusalCode::no_such_work_item) {
        throw Abandon{*refused, {std::to_string(claim.work_item), "claim"}};
    }
    throw Abandon{*refused, objection_arguments(run, nearest_offer, claim.actor, *refused)};
}

void apply(Run& run, const Claim& claim) {
    run.bind_actor(claim.actor);
    check_may_claim(run, claim);
    if (claim_of(run, claim.work_item) == nullptr) {
        run.instance.claims.push_back({claim.work_item, claim.actor.id});
        const StateIndex state = run.token(claim.work_item).state;
        run.record(RecordKind::claimed, claim.work_item, state, no_index, no_index, claim.actor.id);
        if (run.model.states[state].one_at_a_time != none) run.take_name(claim.work_item);
    }
    run.settle();
}

void apply(Run& run, const Release& release) {
    run.bind_actor(release.actor);
    const Claimed* claim = claim_of(run, release.work_item);
    if (claim == nullptr) {
        throw Abandon{RefusalCode::not_claimed, {std::to_string(release.work_item)}};
    }
    Token& token = run.token(release.work_item);
    if (claim->by != release.actor.id) {
        throw Abandon{RefusalCode::claimed, {run.model.states[token.state].id, claim->by}};
    }
    run.record(RecordKind::released, token.ordinal, token.state, no_index, no_index, claim->by);
    std::erase_if(run.instance.claims,
                  [&](const Claimed& other) { return other.token == release.work_item; });
    token.holds = false;
    run.settle();
}

void apply(Run& run, const Cancel& cancel) {
    run.instance.cancelled = true;
    run.record(RecordKind::cancelled_instance, 0, root_state, no_index, no_index, cancel.reason);
    run.end_instance(none);
}

/// `now` is not before the instance's last. One result in one place, which is not moved again.
workflow::Outcome outcome_of(const Procedure& procedure, const Calendar& calendar,
                             Instance&& instance, const Event& event, Instant now) {
    workflow::Outcome outcome(std::in_place_type<Step>);
    Step& taken = std::get<Step>(outcome);
    taken.instance = std::move(instance);
    constexpr std::size_t usual_records = 16;
    taken.records.reserve(usual_records);
    try {
        Run run(procedure, calendar, taken, now);
        within_calendar([&] { std::visit([&](const auto& typed) { apply(run, typed); }, event); });
        taken.instance.last_now = now;
        ++taken.instance.revision;
    } catch (const Abandon& reason) {
        outcome = Refusal{reason.code, reason.arguments, {}};
    }
    return outcome;
}

}  // namespace
}  // namespace interpreter

Outcome step(const Procedure& procedure, const Calendars& calendars, Instance instance,
             const Event& event, Instant now) {
    using namespace interpreter;
    const auto* start = std::get_if<Start>(&event);
    const bool created = instance.status == Instance::Status::created;
    if (start == nullptr && created) return Refusal{RefusalCode::not_started, {instance.id}, {}};
    if (start != nullptr && !created)
        return Refusal{RefusalCode::already_started, {instance.id}, {}};
    if (instance.status == Instance::Status::ended && !std::holds_alternative<TimerDue>(event)) {
        return Refusal{RefusalCode::ended, {instance.id}, {}};
    }
    if (start != nullptr) instance.calendar = start->calendar;
    const Calendar& calendar = calendar_of(calendars, instance);
    if (!created && instance.procedure != procedure.digest()) {
        throw Error(ErrorCode::misuse, instance.id + " runs by another procedure or version");
    }
    now = created ? now : std::max(now, instance.last_now);
    return outcome_of(procedure, calendar, std::move(instance), event, now);
}

std::vector<PermittedAction> permitted(const Procedure& procedure, const Calendars& calendars,
                                       const Instance& instance, const Actor& actor, Instant now) {
    using namespace interpreter;
    Step untaken{instance, {}, {}};
    Run run(procedure, calendar_of(calendars, instance), untaken, std::max(now, instance.last_now));
    run.bind_actor(actor);
    std::vector<PermittedAction> result;
    each_offer(run, {}, [&](const Offer& offer) {
        if (!reaches(run, offer, actor)) return;
        PermittedAction entry{.work_item = offer.carrier,
                              .state = offer.state,
                              .action = offer.action,
                              .declared_by = offer.state};
        try {
            if (const auto found = objection(run, offer, actor, Guards::without_fields)) {
                entry.refused = found;
                entry.arguments = objection_arguments(run, offer, actor, *found);
            }
        } catch (const Abandon& reason) {
            entry.refused = reason.code;
            entry.arguments = reason.arguments;
        }
        result.push_back(std::move(entry));
    });
    return result;
}

}  // namespace workflow
