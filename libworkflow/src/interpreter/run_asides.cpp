// What happens beside a token's own course: tokens withdrawn, tokens more (rules R22, R24, fork).
#include <algorithm>

#include "interpreter/run.hpp"
#include "workflow/error.hpp"

namespace workflow::interpreter {

using namespace procedure;

Ordinal Run::scope_inside(Ordinal group) {
    if (group == 0) return 0;
    for (const Scope& inside : instance.scopes) {
        if (inside.parent == group && inside.ordinal != 0) return inside.ordinal;
    }
    throw Error(ErrorCode::internal, "a group without its scope");
}

std::optional<Ordinal> Run::scope_for(Ordinal carrier, StateIndex state) {
    const StateIndex around = model.states[state].parent;
    if (around == state_of(carrier)) return scope_inside(carrier);
    Ordinal current = carrier;
    while (current != 0 && model.states[token(current).state].parent != around) {
        current = scope(token(current).scope).parent;
        if (current != 0 && token(current).remainder) return std::nullopt;
    }
    if (current == 0) throw Error(ErrorCode::internal, "a way names a state out of its reach");
    return token(current).scope;
}

void Run::add_asides(Asides& asides, const Way& way, Ordinal carrier) {
    const auto add = [&](StateIndex state, Aside::What what) {
        if (const auto where = scope_for(carrier, state)) asides.push_back({state, *where, what});
    };
    for (const StateIndex state : way.cancel) add(state, Aside::What::cancel);
    for (const StateIndex state : way.also_start) add(state, Aside::What::also_start);
}

void Run::run_asides(const Asides& asides) {
    for (const Aside& aside : asides) {
        if (aside.what != Aside::What::cancel) continue;
        for (std::size_t t = instance.tokens.size(); t-- > 0;) {
            if (t >= instance.tokens.size()) continue;
            const Token& standing = instance.tokens[t];
            if (standing.state != aside.state || standing.scope != aside.scope) continue;
            withdraw(standing.ordinal, RecordKind::cancelled);
        }
    }
    for (const Aside& aside : asides) {
        if (aside.what == Aside::What::also_start) enter(aside.state, aside.scope);
    }
}

void Run::close_emptied(const Asides& asides) {
    for (const Aside& aside : asides) {
        if (instance.status != Instance::Status::active) return;
        if (find_ordinal(instance.scopes, aside.scope) != nullptr) close_scope_if_done(aside.scope);
    }
}

void Run::split(Ordinal fork) {
    const State& state = model.states[token(fork).state];
    const StateIndex source = token(fork).state;
    const Ordinal inside = scope_of(fork);
    // All guards see the data as it was before any of the ways.
    std::vector<const Way*> taken;
    const Way* otherwise = nullptr;
    for (const Way& way : state.choices) {
        if (way.otherwise) {
            otherwise = &way;
        } else if (!way.when || test(*way.when, inside)) {
            taken.push_back(&way);
        }
    }
    if (taken.empty() && otherwise != nullptr) taken.push_back(otherwise);
    if (taken.empty()) throw Abandon{RefusalCode::guard_false, {state.id, "otherwise"}};
    Asides asides;
    std::vector<StateIndex> targets;
    targets.reserve(taken.size());
    for (const Way* way : taken) {
        const auto* target = std::get_if<Move>(&resolve(*way, fork, asides).target);
        if (target == nullptr) throw Error(ErrorCode::internal, "a fork without a target");
        targets.push_back(target->to);
    }
    withdraw(fork, RecordKind::left);
    run_asides(asides);
    for (const StateIndex target : targets) enter(target, inside, source);
}

}  // namespace workflow::interpreter
