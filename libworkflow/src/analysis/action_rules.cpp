#include <string_view>
#include <unordered_map>

#include "analysis/report.hpp"
#include "analysis/rules.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

void check_roles(const Model& model, StateIndex index, Diagnostics& diagnostics) {
    const State& state = model.states[index];
    if (state.kind == Kind::task && state.role == none) {
        report(diagnostics, "task-without-role", state.place, {state.id});
    }
    for (const Action& action : state.actions) {
        if (action.role != none) continue;
        report(diagnostics, "no-role", action.place, {action.id, name_of(model, index)});
    }
}

/// A person who names an action must mean one thing wherever he stands: while the walk is inside a
/// state, the names of its actions are taken.
void check_names(const Model& model, const Tree& tree, Diagnostics& diagnostics) {
    std::unordered_map<std::string_view, StateIndex> taken;
    std::vector<StateIndex> path;
    for (const StateIndex index : tree.order()) {
        while (!path.empty() && !tree.is_within(index, path.back())) {
            for (const Action& action : model.states[path.back()].actions) {
                const auto found = taken.find(action.id);
                if (found != taken.end() && found->second == path.back()) taken.erase(found);
            }
            path.pop_back();
        }
        path.push_back(index);
        for (const Action& action : model.states[index].actions) {
            const auto [found, is_new] = taken.emplace(action.id, index);
            if (is_new) continue;
            report(diagnostics, "two-actions-one-name", action.place,
                   {action.id, name_of(model, index), name_of(model, found->second)});
        }
    }
}

/// Rule R72: a clock around a state that waits says what the wait does to it.
void check_waits(const Model& model, StateIndex index, Diagnostics& diagnostics) {
    const State& waiting = model.states[index];
    if (waiting.waiting_for == none) return;
    StateIndex around = index;
    while (around != root_state) {
        around = model.states[around].parent;
        for (const ClockIndex clock : model.states[around].clocks) {
            if (waiting.waiting_for < model.clocks[clock].while_waiting.size()) continue;
            report(diagnostics, "wait-unstated", model.clocks[clock].place,
                   {model.clocks[clock].id, model.reasons[waiting.waiting_for], waiting.id});
        }
    }
}

}  // namespace

void check_actions_and_clocks(const Model& model, const Tree& tree, Diagnostics& diagnostics) {
    for (const StateIndex index : tree.order()) {
        check_roles(model, index, diagnostics);
        check_waits(model, index, diagnostics);
    }
    check_names(model, tree, diagnostics);
}

}  // namespace workflow::analysis
