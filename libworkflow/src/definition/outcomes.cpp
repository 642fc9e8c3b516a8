#include "definition/outcomes.hpp"

namespace workflow::definition {
namespace {

using procedure::OutcomeIndex;
using procedure::Way;

void visit_way(const Way& way, const std::function<void(const Way&)>& visit) {
    visit(way);
    for (const Way& choice : way.choices) visit_way(choice, visit);
}

/// A group without a way out ends with the outcome of its inside; `outcomes` takes some of them.
void add_passed_through(const procedure::Model& model, procedure::StateIndex group,
                        std::set<OutcomeIndex>& found) {
    const procedure::State& state = model.states[group];
    std::set<OutcomeIndex> inside = outcomes_of_scope(model, group);
    for (const auto& [outcome, way] : state.outcomes) {
        if (outcome == procedure::none) return;
        inside.erase(outcome);
    }
    found.insert(inside.begin(), inside.end());
}

}  // namespace

void for_each_way(const procedure::Model& model, procedure::StateIndex index,
                  const std::function<void(const Way&)>& visit) {
    const procedure::State& state = model.states[index];
    for (const procedure::Action& action : state.actions) visit_way(action.way, visit);
    for (const procedure::Timer& timer : state.timers) visit_way(timer.way, visit);
    for (const procedure::ClockIndex clock : state.clocks) {
        for (const procedure::Moment& moment : model.clocks[clock].moments) {
            visit_way(moment.way, visit);
        }
    }
    for (const Way& choice : state.choices) visit_way(choice, visit);
    if (state.to) visit_way(*state.to, visit);
    for (const auto& outcome : state.outcomes) visit_way(outcome.second, visit);
}

std::set<OutcomeIndex> outcomes_of_state(const procedure::Model& model,
                                         procedure::StateIndex index) {
    const procedure::State& state = model.states[index];
    std::set<OutcomeIndex> found;
    if (state.kind == procedure::Kind::end) found.insert(state.outcome);
    for_each_way(model, index, [&](const Way& way) {
        const auto* finish = std::get_if<procedure::Finish>(&way.target);
        if (finish != nullptr && way.choices.empty()) found.insert(finish->outcome);
    });
    if (state.kind == procedure::Kind::group && !state.to) add_passed_through(model, index, found);
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

}  // namespace workflow::definition
