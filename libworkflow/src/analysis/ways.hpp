// Walks every way of a state. Templates, so that a visitor costs nothing.
#pragma once

#include <cstddef>
#include <cstdint>

#include "procedure/model.hpp"

namespace workflow::analysis {

/// Lists of ways inside ways, deeper than any file that limits::yaml_depth_max lets in.
inline constexpr std::size_t way_depth_max = 64;

/// What makes a way happen. `message`: it, or an answer, comes from outside. `start` and `finish` and `choice` happen by themselves.
enum class Trigger : std::uint8_t { person, time, message, start, choice, finish };

/// Calls visit(way, trigger) for each way that `state` carries, moments of its clocks included.
/// A list inside a way is the visitor's business: for_each_leaf.
template <class Visit>
void for_each_way(const procedure::Model& model, const procedure::State& state, Visit visit) {
    for (const procedure::Action& action : state.actions) visit(action.way, Trigger::person);
    for (const procedure::Timer& timer : state.timers) visit(timer.way, Trigger::time);
    for (const procedure::Receipt& receipt : state.receive) visit(receipt.way, Trigger::message);
    for (const procedure::ClockIndex clock : state.clocks) {
        for (const procedure::Moment& moment : model.clocks[clock].moments) {
            visit(moment.way, Trigger::time);
        }
    }
    if (state.service) {
        for (const auto& [code, way] : state.service->errors) visit(way, Trigger::message);
    }
    if (state.start) visit(*state.start, Trigger::start);
    for (const procedure::Entry& entry : state.entries) visit(entry.way, Trigger::start);
    for (const procedure::Way& way : state.choices) visit(way, Trigger::choice);
    if (state.to) visit(*state.to, Trigger::finish);
    for (const auto& [outcome, way] : state.outcomes) visit(way, Trigger::finish);
}

/// Calls visit(way) for the way itself, or for every way at the bottom of its lists. A list deeper
/// than way_depth_max is not entered.
template <class Visit>
void for_each_leaf(const procedure::Way& way, Visit& visit, std::size_t depth = 0) {
    if (way.choices.empty()) {
        visit(way);
        return;
    }
    if (depth == way_depth_max) return;
    for (const procedure::Way& choice : way.choices) for_each_leaf(choice, visit, depth + 1);
}

}  // namespace workflow::analysis
