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

void Run::happen(const Way& way, Ordinal carrier, Ordinal inside) {
    if (!way.set.empty()) assign(way.set, inside);
    for (const Extension& extension : way.extend) extend(extension, carrier);
    if (!way.notify.empty()) {
        const StateIndex state = state_of(carrier);
        Notice notice{.token = carrier, .state = state, .roles = way.notify};
        for (const auto& [language, text] : way.text.translations) {
            notice.text.translations.emplace_back(language, filled(text, inside));
        }
        List roles;
        roles.reserve(way.notify.size());
        for (const RoleIndex role : way.notify) roles.emplace_back(model.roles[role].id);
        record(RecordKind::notified, carrier, state, no_index, no_index, std::move(roles));
        effects.emplace_back(std::move(notice));
    }
    if (!way.send.empty()) send(way, carrier, inside);
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
}

const Way& Run::first_of(const std::vector<Way>& ways, Ordinal carrier) {
    const Ordinal inside = scope_of(carrier);
    for (const Way& way : ways) {
        if (!way.when || test(*way.when, inside)) return way;
    }
    throw Abandon{RefusalCode::guard_false, {model.states[state_of(carrier)].id, "otherwise"}};
}

const Way& Run::resolve(const Way& way, Ordinal carrier, Asides& asides) {
    const Way* current = &way;
    while (true) {
        note(*current);
        happen(*current, carrier, scope_of(carrier));
        if (!current->cancel.empty() || !current->also_start.empty()) {
            add_asides(asides, *current, carrier);
        }
        if (current->choices.empty()) return *current;
        current = &first_of(current->choices, carrier);
    }
}

void Run::take(const Way& way, Ordinal carrier) {
    Asides asides;
    const Way& leaf = resolve(way, carrier, asides);
    if (const auto* target = std::get_if<Move>(&leaf.target)) {
        move(carrier, target->to, asides);
    } else if (const auto* end = std::get_if<Finish>(&leaf.target)) {
        finish(carrier, end->outcome, asides);
    } else if (!asides.empty()) {
        run_asides(asides);
    }
    if (!asides.empty()) close_emptied(asides);
}

void Run::take_first(const std::vector<Way>& ways, Ordinal carrier) {
    take(first_of(ways, carrier), carrier);
}

}  // namespace workflow::interpreter
