#include <algorithm>

#include "interpreter/run.hpp"

namespace workflow::interpreter {

using namespace procedure;

Ordinal Run::scope_of(Ordinal carrier) {
    return carrier == 0 ? 0 : token(carrier).scope;
}

StateIndex Run::state_of(Ordinal carrier) {
    return carrier == 0 ? root_state : token(carrier).state;
}

void Run::take(const Way& way, Ordinal carrier) {
    const Ordinal inside = scope_of(carrier);
    const StateIndex state = state_of(carrier);
    assign(way.set, inside);
    if (!way.notify.empty()) {
        Notice notice{.token = carrier, .state = state, .roles = way.notify};
        for (const auto& [language, text] : way.text.translations) {
            notice.text.translations.emplace_back(language, filled(text));
        }
        List roles;
        roles.reserve(way.notify.size());
        for (const RoleIndex role : way.notify) roles.emplace_back(model.roles[role].id);
        record(RecordKind::notified, carrier, state, no_index, no_index, std::move(roles));
        effects.emplace_back(std::move(notice));
    }
    if (way.may_also_act) {
        for (Token& open : instance.tokens) {
            const bool concerned = open.ordinal == carrier || is_inside(open, carrier);
            if (!concerned || model.states[open.state].kind != Kind::task) continue;
            auto& roles = open.also_may_act;
            if (std::find(roles.begin(), roles.end(), *way.may_also_act) != roles.end()) continue;
            roles.push_back(*way.may_also_act);
            record(RecordKind::escalated, open.ordinal, open.state, *way.may_also_act);
        }
    }
    if (!way.choices.empty()) {
        take_first(way.choices, carrier);
    } else if (const auto* target = std::get_if<Move>(&way.target)) {
        move(carrier, target->to);
    } else if (const auto* end = std::get_if<Finish>(&way.target)) {
        finish(carrier, end->outcome);
    }
}

void Run::take_first(const std::vector<Way>& ways, Ordinal carrier) {
    const Ordinal inside = scope_of(carrier);
    for (const Way& way : ways) {
        if (way.when && !test(*way.when, inside)) continue;
        take(way, carrier);
        return;
    }
    throw Abandon{RefusalCode::guard_false, {model.states[state_of(carrier)].id, "otherwise"}};
}

}  // namespace workflow::interpreter
