#include "interpreter/offers.hpp"

#include <algorithm>

namespace workflow::interpreter {
namespace {

using namespace procedure;

bool holds(const Actor& actor, const std::string& role) {
    return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
}

/// Whether he is that person, or acts on his behalf.
bool acts_as(const Actor& actor, const std::string& person) {
    return person == actor.id || (!person.empty() && person == actor.acting_for);
}

RoleIndex role_of(const Run& run, const Offer& offer) {
    const Action& action = action_of(run, offer);
    return action.role != none ? action.role : run.model.states[offer.state].role;
}

/// Escalation opened the work to another role: it acts beside the task's own, for any unit.
bool escalated_to(const Run& run, const Token* token, const Actor& actor) {
    return token != nullptr &&
           std::any_of(token->also_may_act.begin(), token->also_may_act.end(),
                       [&](RoleIndex role) { return holds(actor, run.model.roles[role].id); });
}

bool is_for(const Actor& actor, const Value& whom) {
    const Value& opened = whom.open();
    const auto names_him = [&](const std::string& name) {
        return name.empty() || name == actor.id ||
               std::find(actor.units.begin(), actor.units.end(), name) != actor.units.end();
    };
    if (opened.text() != nullptr) return names_him(*opened.text());
    if (opened.list() == nullptr) return true;
    return std::any_of(opened.list()->begin(), opened.list()->end(), [&](const Value& name) {
        return name.text() != nullptr && names_him(*name.text());
    });
}

bool reads_fields(const Cel& cel) {
    const auto slots = cel.expression.reads();
    return std::any_of(slots.begin(), slots.end(), [](const Slot& slot) {
        return slot.frame == frame_event && slot.slot == slot_fields;
    });
}

bool reaches(const Run& run, const Offer& offer, const Token* token, const Actor& actor) {
    const RoleIndex role = role_of(run, offer);
    return (role != none && holds(actor, run.model.roles[role].id)) ||
           escalated_to(run, token, actor);
}

/// Of the tasks that the actor may not have finished, the one that he did; none: no objection. He
/// counts for the person on whose behalf he acts, and that person for him (R68).
StateIndex finished_before(Run& run, const Separation& separation, const Actor& actor) {
    const auto is_him = [&](const std::string& person) {
        return !person.empty() && (person == actor.id || person == actor.acting_for);
    };
    for (const StateIndex task : separation.not_by) {
        const Visits all = run.recall(run.model.states[task].memory, 0);
        for (const Visits::Finisher& finisher : all.finishers) {
            if (is_him(finisher.actor) || is_him(finisher.acting_for)) return task;
        }
    }
    return none;
}

StateIndex separated_by(Run& run, const Offer& offer, const Actor& actor) {
    const State& state = run.model.states[offer.state];
    const StateIndex task = finished_before(run, state.separation, actor);
    return task != none ? task
                        : finished_before(run, state.actions[offer.action].separation, actor);
}

/// Who alone may do the task: the last one who finished the other. Nothing while nobody did.
std::optional<std::string> required_person(Run& run, const Offer& offer) {
    const StateIndex same_as = run.model.states[offer.state].separation.same_as;
    if (same_as == none) return std::nullopt;
    const Visits all = run.recall(run.model.states[same_as].memory,
                                  run.scope_holding(run.scope_of(offer.carrier), {same_as}));
    if (all.finishers.empty()) return std::nullopt;
    return all.finishers.back().actor;
}

/// Who holds the name that a task needs for the length of its action (R40), or null.
const Token* holder_before(Run& run, const Offer& offer) {
    const State& state = run.model.states[offer.state];
    if (state.kind != Kind::task || state.one_at_a_time == none) return nullptr;
    const Token& token = run.token(offer.carrier);
    return token.holds ? nullptr : run.barred_by(token);
}

}  // namespace

const Claimed* claim_of(const Instance& instance, Ordinal token) {
    for (const Claimed& claim : instance.claims) {
        if (claim.token == token) return &claim;
    }
    return nullptr;
}

bool reaches(const Run& run, const Offer& offer, const Actor& actor) {
    return reaches(run, offer, find_ordinal(run.instance.tokens, offer.carrier), actor);
}

std::optional<std::int64_t> uses_left(Run& run, const Offer& offer) {
    const Action& action = action_of(run, offer);
    if (!action.at_most) return std::nullopt;
    // Counted per item, else in the whole instance.
    const Ordinal around = run.scope_of(offer.carrier);
    Ordinal item = around;
    while (item != 0 && run.scope(item).item == no_index) {
        item = run.token(run.scope(item).parent).scope;
    }
    const Value bound = run.evaluate(*action.at_most, around);
    const std::int64_t most = bound.open().integer() != nullptr ? *bound.open().integer() : 0;
    return most - static_cast<std::int64_t>(run.recall(action.uses, item).times);
}

std::optional<RefusalCode> objection(Run& run, const Offer& offer, const Actor& actor,
                                     Guards guards) {
    const Action& action = action_of(run, offer);
    const Token* token = find_ordinal(run.instance.tokens, offer.carrier);
    if (!reaches(run, offer, token, actor)) return RefusalCode::not_your_role;
    if (!escalated_to(run, token, actor)) {
        if (token != nullptr && !is_for(actor, token->for_whom)) return RefusalCode::not_your_unit;
        if (action.for_whom &&
            !is_for(actor, run.evaluate(*action.for_whom, run.scope_of(offer.carrier)))) {
            return RefusalCode::not_your_unit;
        }
    }
    const State& state = run.model.states[offer.state];
    const bool separates = !state.separation.not_by.empty() || !action.separation.not_by.empty();
    if (separates && separated_by(run, offer, actor) != none) return RefusalCode::four_eyes;
    if (run.instance.is_suspended()) return RefusalCode::suspended;
    if (token != nullptr && token->incident) return RefusalCode::incident;
    const Claimed* claim = claim_of(run.instance, offer.carrier);
    if (claim != nullptr && !acts_as(actor, claim->by)) return RefusalCode::claimed;
    if (state.separation.same_as != none) {
        const auto person = required_person(run, offer);
        const bool reassigned = claim != nullptr && claim->reassigned;
        if (person && !acts_as(actor, *person) && !reassigned) {
            return RefusalCode::not_same_person;
        }
    }
    if (action.at_most && *uses_left(run, offer) <= 0) return RefusalCode::used_up;
    if (state.one_at_a_time != none && holder_before(run, offer) != nullptr) {
        return RefusalCode::held_elsewhere;
    }
    if (action.way.when) {
        const bool skip = guards == Guards::without_fields && reads_fields(*action.way.when);
        if (!skip && !run.test(*action.way.when, run.scope_of(offer.carrier))) {
            return RefusalCode::guard_false;
        }
    }
    return std::nullopt;
}

std::vector<std::string> objection_arguments(Run& run, const Offer& offer, const Actor& actor,
                                             RefusalCode code) {
    const Action& action = action_of(run, offer);
    const Token* token = find_ordinal(run.instance.tokens, offer.carrier);
    if (code == RefusalCode::not_your_role) {
        const RoleIndex role = role_of(run, offer);
        return {action.id, role == none ? "-" : run.model.roles[role].id, actor.id};
    }
    if (code == RefusalCode::not_your_unit) {
        const bool by_token = token != nullptr && !is_for(actor, token->for_whom);
        const Value whom = by_token ? token->for_whom
                                    : run.evaluate(*action.for_whom, run.scope_of(offer.carrier));
        return {action.id, to_string(whom, run.calendar.offset()), actor.id};
    }
    if (code == RefusalCode::suspended) return {run.instance.id};
    if (code == RefusalCode::incident) {
        return {run.model.states[offer.state].id,
                incident_sentence(incident_reason(run.instance, token->ordinal))};
    }
    if (code == RefusalCode::claimed) return {action.id, claim_of(run.instance, offer.carrier)->by};
    if (code == RefusalCode::four_eyes) {
        return {action.id, actor.id, run.model.states[separated_by(run, offer, actor)].id};
    }
    if (code == RefusalCode::not_same_person) {
        const StateIndex same_as = run.model.states[offer.state].separation.same_as;
        return {action.id, *required_person(run, offer), run.model.states[same_as].id};
    }
    if (code == RefusalCode::used_up) {
        const Value bound = run.evaluate(*action.at_most, run.scope_of(offer.carrier));
        return {action.id, to_string(bound, run.calendar.offset())};
    }
    if (code == RefusalCode::held_elsewhere) {
        const Token* holder = holder_before(run, offer);
        return {action.id, run.model.doors[run.model.states[offer.state].one_at_a_time],
                run.model.states[holder->state].id};
    }
    return {action.id, action.way.when->expression.source()};
}

std::vector<PermittedAction> permitted_in_place(const Procedure& procedure,
                                                const Calendars& calendars, Instance& instance,
                                                const Actor& actor, Instant now) {
    std::vector<Record> records;
    std::vector<Effect> effects;
    Run run(procedure, calendars, calendar_of(calendars, instance), instance, {records, effects},
            std::max(now, instance.last_now));
    run.bind_actor(actor);
    std::vector<PermittedAction> result;
    each_offer(run, [&](const Offer& offer) {
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
        if (entry.refused != RefusalCode::cannot_evaluate) entry.uses_left = uses_left(run, offer);
        result.push_back(std::move(entry));
    });
    return result;
}

void judge(Ordinal work_item, const Procedure& procedure, const Calendars& calendars,
           Instance& instance, const Actor& actor, Instant now, std::vector<Judged>& found) {
    found.clear();
    std::vector<Record> records;
    std::vector<Effect> effects;
    Run run(procedure, calendars, calendar_of(calendars, instance), instance, {records, effects},
            std::max(now, instance.last_now));
    run.bind_actor(actor);
    each_offer_of(run, work_item, [&](const Offer& offer) {
        try {
            const auto refused = objection(run, offer, actor, Guards::without_fields);
            if (refused != RefusalCode::not_your_role) found.push_back({offer, refused});
        } catch (const Abandon& reason) {
            found.push_back({offer, reason.code});
        }
    });
}

}  // namespace workflow::interpreter

namespace workflow {

std::vector<PermittedAction> permitted(const Procedure& procedure, const Calendars& calendars,
                                       const Instance& instance, const Actor& actor, Instant now) {
    Instance copied = instance;
    return interpreter::permitted_in_place(procedure, calendars, copied, actor, now);
}

}  // namespace workflow
