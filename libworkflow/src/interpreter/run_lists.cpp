// The items of an each (rule R37): all at once, some at a time, or of a list that grows.
#include <algorithm>
#include <tuple>

#include "interpreter/run.hpp"
#include "workflow/limits.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

const List& items_of(const State& state, const Value& of) {
    const List* items = of.open().list();
    if (items == nullptr) {
        throw Abandon{RefusalCode::cannot_evaluate,
                      {state.id, "'of' is not a list", state.of->expression.source()}};
    }
    if (items->size() > limits::items_max) {
        throw Abandon{RefusalCode::too_large, {state.id, std::to_string(limits::items_max)}};
    }
    return *items;
}

}  // namespace

ItemList* Run::list_of(Ordinal ordinal) {
    const auto found = std::find_if(instance.lists.begin(), instance.lists.end(),
                                    [&](const ItemList& list) { return list.token == ordinal; });
    return found != instance.lists.end() ? &*found : nullptr;
}

bool Run::has_items_to_come(Ordinal ordinal) {
    if (instance.lists.empty()) return false;
    const ItemList* list = list_of(ordinal);
    return list != nullptr && !list->to_come.empty();
}

void Run::open_items(Ordinal ordinal) {
    const StateIndex index = token(ordinal).state;
    const State& state = model.states[index];
    const Value of = evaluate(*state.of, token(ordinal).scope);
    const List& items = items_of(state, of);
    if (!state.grows && state.at_once == 0) {
        instance.scopes.reserve(instance.scopes.size() + items.size());
        instance.tokens.reserve(instance.tokens.size() + items.size());
        for (std::uint32_t i = 0; i < items.size(); ++i) {
            open_scope(ordinal, no_index, i, items[i]);
            take_start(index, instance.scopes.back().ordinal);
        }
        return;
    }
    const auto taken = static_cast<std::uint32_t>(items.size());
    instance.lists.push_back({ordinal, taken, {items.begin(), items.end()}});
    open_next(ordinal);
}

void Run::open_next(Ordinal ordinal) {
    const StateIndex index = token(ordinal).state;
    const std::uint32_t at_once = model.states[index].at_once;
    // What is opened may open lists of its own: the list is looked up again for each item.
    while (has_items_to_come(ordinal) && (at_once == 0 || token(ordinal).open_scopes < at_once)) {
        ItemList& list = *list_of(ordinal);
        const auto number = static_cast<std::uint32_t>(list.taken - list.to_come.size());
        Value item = std::move(list.to_come.front());
        list.to_come.erase(list.to_come.begin());
        open_scope(ordinal, no_index, number, std::move(item));
        take_start(index, instance.scopes.back().ordinal);
    }
}

bool Run::has_grown(const ItemList& list) {
    const Token& each = token(list.token);
    const State& state = model.states[each.state];
    const Value of = evaluate(*state.of, each.scope);
    const std::size_t length = items_of(state, of).size();
    if (length < list.taken) {
        throw Abandon{RefusalCode::list_shorter,
                      {state.id, std::to_string(length), std::to_string(list.taken)}};
    }
    return length > list.taken;
}

std::optional<Ready> Run::ready_list() {
    std::optional<Ready> best;
    std::tuple<std::uint32_t, Ordinal, StateIndex, Ordinal> best_key;
    for (std::size_t i = 0; i < instance.lists.size(); ++i) {
        const ItemList& list = instance.lists[i];
        Token& standing = token(list.token);
        const State& state = model.states[standing.state];
        if (standing.incident) continue;
        bool ready = false;
        if (state.grows && !standing.remainder) {
            try {
                ready = has_grown(list);
            } catch (const Abandon& reason) {
                open_incident(standing.ordinal, reason);
                continue;
            }
        }
        const bool has_room = state.at_once == 0 || standing.open_scopes < state.at_once;
        // What goes on already opens no item more; as a remainder it does (R36).
        ready = ready ||
                (!list.to_come.empty() && has_room && (standing.remainder || !goes_on(standing)));
        if (!ready) continue;
        const std::tuple key{UINT32_MAX - state.depth, standing.scope, standing.state,
                             standing.ordinal};
        if (best && best_key < key) continue;
        best = Ready{Ready::What::list, standing.ordinal, standing.scope, standing.state};
        best_key = key;
    }
    return best;
}

void Run::open_more(Ordinal ordinal) {
    const Token& standing = token(ordinal);
    const State& state = model.states[standing.state];
    if (state.grows && !standing.remainder) {
        const Value of = evaluate(*state.of, standing.scope);
        const List& items = items_of(state, of);
        ItemList& list = *list_of(ordinal);
        for (std::size_t i = list.taken; i < items.size(); ++i) list.to_come.push_back(items[i]);
        list.taken = static_cast<std::uint32_t>(items.size());
    }
    open_next(ordinal);
}

void Run::check_lists() {
    for (std::size_t i = 0; i < instance.lists.size(); ++i) {
        const ItemList& list = instance.lists[i];
        const Token& standing = token(list.token);
        const State& state = model.states[standing.state];
        if (!state.grows || standing.remainder || standing.incident) continue;
        (void)has_grown(list);
    }
}

}  // namespace workflow::interpreter
