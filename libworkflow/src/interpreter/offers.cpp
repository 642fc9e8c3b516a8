#include "interpreter/offers.hpp"

#include <algorithm>

namespace workflow::interpreter {
namespace {

using namespace procedure;

const Action& action_of(const Run& run, const Offer& offer) {
    return run.model.states[offer.state].actions[offer.action];
}

bool holds(const Actor& actor, const std::string& role) {
    return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
}

const Token* standing_at(const Run& run, Ordinal ordinal) {
    const auto& tokens = run.instance.tokens;
    const auto found =
        std::lower_bound(tokens.begin(), tokens.end(), ordinal,
                         [](const Token& token, Ordinal wanted) { return token.ordinal < wanted; });
    return found != tokens.end() && found->ordinal == ordinal ? &*found : nullptr;
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

}  // namespace

bool reaches(const Run& run, const Offer& offer, const Actor& actor) {
    return reaches(run, offer, standing_at(run, offer.carrier), actor);
}

std::optional<Objection> objection(Run& run, const Offer& offer, const Actor& actor, Guards guards) {
    const Action& action = action_of(run, offer);
    const Token* token = standing_at(run, offer.carrier);
    const std::string& state = run.model.states[offer.state].id;
    if (!reaches(run, offer, token, actor)) {
        const RoleIndex role = role_of(run, offer);
        return Objection{RefusalCode::not_your_role,
                         {action.id, role == none ? "-" : run.model.roles[role].id, actor.id}};
    }
    if (!escalated_to(run, token, actor)) {
        const auto not_his = [&](const Value& whom) {
            return Objection{RefusalCode::not_your_unit,
                             {action.id, to_string(whom, run.calendar.offset()), actor.id}};
        };
        if (token != nullptr && !is_for(actor, token->for_whom)) return not_his(token->for_whom);
        if (action.for_whom) {
            const Value whom = run.evaluate(*action.for_whom, run.scope_of(offer.carrier));
            if (!is_for(actor, whom)) return not_his(whom);
        }
    }
    if (token != nullptr && token->incident) {
        return Objection{RefusalCode::incident, {state, incident_sentence(token->incident_reason)}};
    }
    if (action.way.when) {
        const bool skip = guards == Guards::without_fields && reads_fields(*action.way.when);
        if (!skip && !run.test(*action.way.when, run.scope_of(offer.carrier))) {
            return Objection{RefusalCode::guard_false,
                             {action.id, action.way.when->expression.source()}};
        }
    }
    return std::nullopt;
}

}  // namespace workflow::interpreter
