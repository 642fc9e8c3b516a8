// Groups, parallels and each that go on: because all inside has finished, or because their join is
// content with less (rules R35 to R37).
#include <algorithm>

#include "interpreter/run.hpp"

namespace workflow::interpreter {

using namespace procedure;

bool Run::goes_on(Token& standing) {
    if (standing.open_scopes == 0 && !has_items_to_come(standing.ordinal)) return true;
    const State& state = model.states[standing.state];
    if (!state.join || state.join->rule == Join::Rule::all) return false;
    if (state.join->rule == Join::Rule::count) return is_satisfied(standing.ordinal);
    try {
        bind_results(standing.ordinal);
        const bool holds = is_satisfied(standing.ordinal);
        unbind_results();
        return holds;
    } catch (const Abandon& reason) {
        open_incident(standing.ordinal, reason);
        return false;
    }
}

bool Run::is_satisfied(Ordinal ordinal) {
    const State& state = model.states[token(ordinal).state];
    if (!state.join || state.join->rule == Join::Rule::all) return true;
    if (state.join->rule == Join::Rule::condition) {
        return test(*state.join->condition, scope_of(ordinal));
    }
    const auto finished =
        std::count_if(instance.scopes.begin(), instance.scopes.end(), [&](const Scope& inside) {
            return inside.parent == ordinal && inside.ordinal != 0 && inside.done;
        });
    return finished >= static_cast<std::int64_t>(state.join->count);
}

bool Run::is_in_remainder(const Token& inner) {
    for (Ordinal around = inner.scope; around != 0;) {
        const Token& holder = token(scope(around).parent);
        if (holder.remainder) return true;
        around = holder.scope;
    }
    return false;
}

void Run::finish_compound(Ordinal ordinal) {
    const State& state = model.states[token(ordinal).state];
    bind_results(ordinal);
    if (state.kind != Kind::group) {
        bind(slot_satisfied, is_satisfied(ordinal));
        const bool is_early = token(ordinal).open_scopes != 0 || has_items_to_come(ordinal);
        token(ordinal).remainder = is_early && state.keep_others;
    }
    OutcomeIndex outcome = none;
    for (const Scope& inside : instance.scopes) {
        if (inside.parent == ordinal && inside.ordinal != 0) outcome = inside.outcome;
    }
    if (state.kind == Kind::group) {
        bind(slot_outcome, outcome == none ? Value() : model.outcomes[outcome].name);
    }
    assign(state.set, scope_of(ordinal));
    const Way* way = state.to ? &*state.to : nullptr;
    if (state.kind == Kind::group) {
        const Way* otherwise = nullptr;
        const Way* named = nullptr;
        for (const auto& [key, choice] : state.outcomes) {
            if (key == none) otherwise = &choice;
            if (key == outcome && key != none) named = &choice;
        }
        if (otherwise != nullptr) way = otherwise;
        if (named != nullptr) way = named;
    }
    if (way != nullptr) {
        take(*way, ordinal);
        // `otherwise: stay` on a finished compound state would find it ready for ever.
        const Token* stays = find_token(ordinal);
        if (stays != nullptr && !stays->remainder && stays->open_scopes == 0) {
            throw Abandon{RefusalCode::guard_false, {state.id, "to"}};
        }
    } else {
        finish(ordinal, state.kind == Kind::group ? outcome : none);
    }
    unbind_results();
}

void Run::bind_results(Ordinal ordinal) {
    const State& state = model.states[token(ordinal).state];
    if (state.kind == Kind::group) return;
    const auto outcome_of = [&](const Scope& inside) {
        return inside.outcome == no_index ? Value() : model.outcomes[inside.outcome].name;
    };
    List items;
    Members branches;
    std::int64_t opened = 0;
    std::int64_t finished = 0;
    if (state.kind == Kind::each) items.reserve(instance.scopes.size());
    if (state.kind == Kind::parallel) {
        for (const StateIndex child : state.children) {
            branches.emplace_back(
                model.states[child].id,
                Members{{"opened", false}, {"finished", false}, {"outcome", Value()}});
        }
    }
    for (const Scope& inside : instance.scopes) {
        if (inside.parent != ordinal || inside.ordinal == 0) continue;
        ++opened;
        if (inside.done) ++finished;
        if (state.kind == Kind::each) {
            Members item;
            item.reserve(4);
            item.emplace_back("item", inside.item_value);
            item.emplace_back("index", static_cast<std::int64_t>(inside.item));
            item.emplace_back("finished", inside.done);
            item.emplace_back("outcome", outcome_of(inside));
            if (!state.data.empty()) {
                Members data;
                for (std::size_t i = 0; i < state.data.size(); ++i) {
                    data.emplace_back(model.data[state.data[i]].id, inside.data[i]);
                }
                item.emplace_back("data", std::move(data));
            }
            items.emplace_back(std::move(item));
        } else {
            for (auto& [name, value] : branches) {
                if (name != model.states[inside.branch].id) continue;
                value = Members{
                    {"opened", true}, {"finished", inside.done}, {"outcome", outcome_of(inside)}};
            }
        }
    }
    if (state.kind == Kind::each) bind(slot_items, std::move(items));
    if (state.kind == Kind::parallel) bind(slot_branches, std::move(branches));
    bind(slot_opened, opened);
    bind(slot_finished, finished);
}

void Run::unbind_results() {
    for (const EventSlot slot :
         {slot_outcome, slot_items, slot_branches, slot_finished, slot_opened, slot_satisfied}) {
        unbind(slot);
    }
}

}  // namespace workflow::interpreter
