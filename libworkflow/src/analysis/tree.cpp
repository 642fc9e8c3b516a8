#include "analysis/tree.hpp"

#include <algorithm>
#include <string>

#include "analysis/report.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

bool is_root_sound(const Model& model, Diagnostics& diagnostics) {
    if (model.states.empty() || model.states[root_state].kind != Kind::group ||
        model.states[root_state].parent != root_state || model.states[root_state].depth != 0) {
        report(diagnostics, "state-tree-broken", model.place, {model.id});
        return false;
    }
    if (model.states.size() > limits::states_max) {
        report(diagnostics, "too-many-states", model.place,
               {std::to_string(model.states.size()), std::to_string(limits::states_max)});
        return false;
    }
    return true;
}

/// Whether `child` may stand where `parent` lists it.
bool is_child_sound(const Model& model, StateIndex parent, StateIndex child,
                    Diagnostics& diagnostics) {
    const bool sound = child < model.states.size() && child != root_state &&
                       model.states[child].parent == parent &&
                       model.states[child].depth == model.states[parent].depth + 1;
    if (!sound) {
        report(diagnostics, "state-tree-broken", model.states[parent].place,
               {name_of(model, parent)});
        return false;
    }
    if (model.states[child].depth > limits::state_depth_max) {
        report(diagnostics, "states-too-deep", model.states[child].place,
               {model.states[child].id, std::to_string(limits::state_depth_max)});
        return false;
    }
    return true;
}

}  // namespace

std::optional<Tree> Tree::read(const Model& model, Diagnostics& diagnostics) {
    if (!is_root_sound(model, diagnostics)) return std::nullopt;
    const std::size_t count = model.states.size();
    Tree tree;
    tree.order_.reserve(count);
    tree.position_.assign(count, none);
    tree.behind_.assign(count, 0);
    std::vector<StateIndex> open{root_state};
    while (!open.empty()) {
        const StateIndex state = open.back();
        open.pop_back();
        if (tree.position_[state] != none) {  // listed twice
            report(diagnostics, "state-tree-broken", model.states[state].place,
                   {name_of(model, state)});
            return std::nullopt;
        }
        tree.position_[state] = static_cast<std::uint32_t>(tree.order_.size());
        tree.order_.push_back(state);
        const std::vector<StateIndex>& children = model.states[state].children;
        // Bounds the walk: a list that names one child a million times is no tree either.
        if (children.size() >= count || (!children.empty() && !model.states[state].is_compound())) {
            report(diagnostics, "state-tree-broken", model.states[state].place,
                   {name_of(model, state)});
            return std::nullopt;
        }
        for (auto child = children.rbegin(); child != children.rend(); ++child) {
            if (!is_child_sound(model, state, *child, diagnostics)) return std::nullopt;
            open.push_back(*child);
        }
    }
    if (tree.order_.size() != count) {
        report(diagnostics, "state-tree-broken", model.place, {model.id});
        return std::nullopt;
    }
    for (auto state = tree.order_.rbegin(); state != tree.order_.rend(); ++state) {
        std::uint32_t& behind = tree.behind_[*state];
        behind = std::max(behind, tree.position_[*state] + 1);
        std::uint32_t& around = tree.behind_[model.states[*state].parent];
        around = std::max(around, behind);
    }
    return tree;
}

}  // namespace workflow::analysis
