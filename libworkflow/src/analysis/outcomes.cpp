#include "analysis/outcomes.hpp"

#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using procedure::OutcomeIndex;
using procedure::Way;

/// Of a call it is any of the procedure's own: what is called is another file.
std::set<OutcomeIndex> outcomes_inside(const procedure::Model& model,
                                       procedure::StateIndex state) {
    if (!model.states[state].call) return outcomes_of_scope(model, state);
    std::set<OutcomeIndex> declared;
    for (OutcomeIndex i = 0; i < model.outcomes.size(); ++i) {
        if (model.outcomes[i].declared) declared.insert(i);
    }
    return declared;
}

/// A group, or call, without a way out ends with the outcome of its inside; `outcomes` takes some of them.
void add_passed_through(const procedure::Model& model, procedure::StateIndex group,
                        std::set<OutcomeIndex>& found) {
    const procedure::State& state = model.states[group];
    std::set<OutcomeIndex> inside = outcomes_inside(model, group);
    for (const auto& [outcome, way] : state.outcomes) {
        if (outcome == procedure::none) return;
        inside.erase(outcome);
    }
    found.insert(inside.begin(), inside.end());
}

}  // namespace

std::set<OutcomeIndex> outcomes_of_state(const procedure::Model& model,
                                         procedure::StateIndex index) {
    const procedure::State& state = model.states[index];
    std::set<OutcomeIndex> found;
    if (state.kind == procedure::Kind::end) found.insert(state.outcome);
    auto look = [&](const Way& leaf) {
        const auto* finish = std::get_if<procedure::Finish>(&leaf.target);
        if (finish != nullptr) found.insert(finish->outcome);
    };
    for_each_way(model, state, [&](const Way& way, Trigger) {
        for_each_leaf(way, look);
    });
    const bool passes = state.kind == procedure::Kind::group || state.kind == procedure::Kind::call;
    if (passes && !state.to) add_passed_through(model, index, found);
    return found;
}

std::set<OutcomeIndex> outcomes_of_scope(const procedure::Model& model,
                                         procedure::StateIndex scope) {
    std::set<OutcomeIndex> found;
    for (const procedure::StateIndex child : model.states[scope].children) {
        found.merge(outcomes_of_state(model, child));
    }
    return found;
}

}  // namespace workflow::analysis
