#include "definition/finish_reader.hpp"

#include <algorithm>

#include "definition/action_reader.hpp"
#include "analysis/outcomes.hpp"
#include "definition/way_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Kind;
using procedure::State;
using procedure::StateIndex;

/// Directly inside a parallel or each, what finishes by itself ends with `none` [R35].
bool ends_by_itself(const procedure::Model& model, StateIndex index) {
    const Kind around = model.states[model.states[index].parent].kind;
    return around == Kind::parallel || around == Kind::each;
}

void read_task_finish(Draft& draft, const MappingReader& reader, StateIndex index) {
    const Node* to = reader.find("to");
    const State& state = draft.model.states[index];
    if (reader.has("actions")) {
        if (to != nullptr) draft.findings.error(*to, "to-beside-actions", {state.id});
    } else if (to == nullptr && !ends_by_itself(draft.model, index)) {
        draft.findings.error(state.place, "task-without-way", {state.id});
    } else {
        add_done(draft, to, index);
    }
}

procedure::Way end_without_outcome(const State& state) {
    procedure::Way way;
    way.target = procedure::Finish{procedure::none};
    way.place = state.place;
    return way;
}

/// Whether it ends, without a way of its own, as what is inside has ended.
bool passes_its_outcome(const State& state) {
    return state.kind == Kind::group || (state.call && !state.call->detached);
}

/// An outcome of a called procedure, which may be none of this one.
std::optional<procedure::OutcomeIndex> outcome_of_call(Draft& draft, const Node& key) {
    const auto id = read_id(draft.findings, key);
    if (!id) return std::nullopt;
    auto& outcomes = draft.model.outcomes;
    for (std::uint32_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].id == *id) return i;
    }
    outcomes.push_back({.id = *id, .declared = false, .place = draft.findings.place(key)});
    return static_cast<std::uint32_t>(outcomes.size() - 1);
}

/// The outcome of `key` among those that the inside can name.
std::optional<procedure::OutcomeIndex> inner_outcome(
    Draft& draft, const Node& key, const std::set<procedure::OutcomeIndex>& inside) {
    std::vector<procedure::Outcome> named;
    for (const procedure::OutcomeIndex outcome : inside) {
        if (outcome == procedure::none) continue;
        if (draft.model.outcomes[outcome].id == key.text) return outcome;
        named.push_back(draft.model.outcomes[outcome]);
    }
    draft.findings.error(key, "unknown-outcome", {key.text, nearest_of(key.text, named)});
    return std::nullopt;
}

void read_outcome_ways(Draft& draft, const Node& node, const WayFrame& frame) {
    if (!expect_mapping(draft.findings, node)) return;
    State& state = draft.model.states[frame.carrier];
    const auto inside = analysis::outcomes_of_scope(draft.model, frame.carrier);
    for (const Entry& entry : node.entries) {
        const bool otherwise = entry.key->text == "otherwise";
        const auto outcome = otherwise    ? std::optional(procedure::none)
                             : state.call ? outcome_of_call(draft, *entry.key)
                                          : inner_outcome(draft, *entry.key, inside);
        procedure::Way way = read_way(draft, *entry.value, frame);
        if (outcome) state.outcomes.emplace_back(*outcome, std::move(way));
    }
}

/// Where `outcomes` stands it covers all, or has `otherwise`, or `to` stands beside it.
void check_all_outcomes(Draft& draft, const Node& node, StateIndex group) {
    const State& state = draft.model.states[group];
    if (state.to) return;
    if (state.call) {
        const bool has_otherwise = std::any_of(
            state.outcomes.begin(), state.outcomes.end(),
            [](const auto& entry) { return entry.first == procedure::none; });
        if (!has_otherwise) draft.findings.error(node, "call-outcomes-open", {state.id});
        return;
    }
    const auto covers = [&](procedure::OutcomeIndex wanted) {
        return std::any_of(state.outcomes.begin(), state.outcomes.end(), [&](const auto& entry) {
            return entry.first == wanted || entry.first == procedure::none;
        });
    };
    for (const procedure::OutcomeIndex outcome : analysis::outcomes_of_scope(draft.model, group)) {
        if (outcome == procedure::none || covers(outcome)) continue;
        draft.findings.error(node, "outcome-not-covered", {draft.model.outcomes[outcome].id});
    }
}

void read_compound_finish(Draft& draft, const MappingReader& reader, StateIndex index) {
    State& state = draft.model.states[index];
    const bool is_compound = state.is_compound();
    const WayFrame basic{index,
                         Trigger::finish,
                         {.finished = is_compound ? index : procedure::none,
                          .arrived = state.kind == Kind::join ? index : procedure::none}};
    WayFrame frame = basic;
    if (state.service) frame.event.result = &state.service->result;
    if (state.call && !state.call->detached) {
        frame.event.result = &state.call->result;
        frame.event.outcome = true;
    }
    if (const Node* set = reader.find("set")) state.set = read_set(draft, *set, frame.event);
    if (const Node* to = reader.find("to")) {
        state.to = read_way(draft, *to, frame);
    } else if (!passes_its_outcome(state)) {
        if (!ends_by_itself(draft.model, index)) {
            draft.findings.error(state.place, "missing-key", {"to"});
        }
        state.to = end_without_outcome(state);
    }
    if (const Node* outcomes = reader.find("outcomes")) {
        read_outcome_ways(draft, *outcomes, frame);
        check_all_outcomes(draft, *outcomes, index);
    }
}

}  // namespace

void read_finish(Draft& draft, const MappingReader& reader, StateIndex index) {
    const State& state = draft.model.states[index];
    const bool is_branch = draft.model.states[state.parent].kind == Kind::parallel;
    if (const Node* to = is_branch ? reader.find("to") : nullptr) {
        draft.findings.error(*to, "to-in-branch", {state.id});
    }
    switch (state.kind) {
        case Kind::task:
            return read_task_finish(draft, reader, index);
        case Kind::wait:
        case Kind::group:
        case Kind::parallel:
        case Kind::each:
        case Kind::join:
        case Kind::service:
        case Kind::call:
            return read_compound_finish(draft, reader, index);
        case Kind::choice:
        case Kind::end:
        case Kind::idle:
        case Kind::fork:
            return;
    }
}

}  // namespace workflow::definition
