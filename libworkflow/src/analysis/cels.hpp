// Walks every expression of a model. Templates, so that a visitor costs nothing.
#pragma once

#include "analysis/ways.hpp"
#include "procedure/model.hpp"

namespace workflow::analysis {

/// Calls visit(cel) for each expression of the way and of the lists in it.
template <class Visit>
void for_each_cel(const procedure::Way& way, Visit& visit) {
    if (way.when) visit(*way.when);
    for (const procedure::Assignment& set : way.set) visit(set.value);
    for (const procedure::Extension& extension : way.extend) {
        if (const auto* cel = std::get_if<procedure::Cel>(&extension.by)) visit(*cel);
    }
    for (const procedure::Sending& sending : way.send) {
        if (sending.key) visit(*sending.key);
        if (sending.instance) visit(*sending.instance);
        for (const auto& [field, cel] : sending.with) visit(cel);
    }
    for (const procedure::Way& choice : way.choices) for_each_cel(choice, visit);
}

template <class Visit>
void for_each_cel(const procedure::Clock& clock, Visit& visit) {
    if (clock.when) visit(*clock.when);
    if (const auto* cel = std::get_if<procedure::Cel>(&clock.limit)) visit(*cel);
    if (clock.due) visit(*clock.due);
    if (clock.starts && clock.starts->date) visit(*clock.starts->date);
    if (clock.stops && clock.stops->date) visit(*clock.stops->date);
}

/// Those of the state itself and of what it carries, and not of its inside.
template <class Visit>
void for_each_cel(const procedure::Model& model, const procedure::State& state, Visit& visit) {
    for_each_way(model, state,
                 [&](const procedure::Way& way, Trigger) { for_each_cel(way, visit); });
    for (const procedure::Action& action : state.actions) {
        if (action.for_whom) visit(*action.for_whom);
        if (action.at_most) visit(*action.at_most);
    }
    for (const procedure::Timer& timer : state.timers) {
        if (const auto* cel = std::get_if<procedure::Cel>(&timer.limit)) visit(*cel);
    }
    for (const procedure::ClockIndex clock : state.clocks) {
        for_each_cel(model.clocks[clock], visit);
    }
    if (state.for_whom) visit(*state.for_whom);
    if (state.until) visit(*state.until);
    if (state.when) visit(*state.when);
    if (state.of) visit(*state.of);
    if (state.join && state.join->condition) visit(*state.join->condition);
    for (const procedure::Assignment& set : state.set) visit(set.value);
    if (state.service) {
        for (const auto& [name, cel] : state.service->input) visit(cel);
    }
    if (state.call) {
        for (const auto& [name, cel] : state.call->input) visit(cel);
    }
}

}  // namespace workflow::analysis
