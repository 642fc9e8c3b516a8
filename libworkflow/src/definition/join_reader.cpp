#include "definition/join_reader.hpp"

#include <algorithm>

#include "analysis/scope_graph.hpp"
#include "definition/expression_reader.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

using procedure::Join;
using procedure::Kind;
using procedure::State;
using procedure::StateIndex;

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("+-0123456789") == std::string_view::npos;
}

void check_others(Draft& draft, const Node* join, const Node* others, State& state) {
    const bool all = !state.join || state.join->rule == Join::Rule::all;
    if (others == nullptr) {
        if (!all) draft.findings.error(*join, "others-missing", {state.id});
        return;
    }
    if (all) return draft.findings.error(*others, "others-without-join", {state.id});
    if (!others->is_scalar() || (others->text != "keep" && others->text != "cancel")) {
        return draft.findings.error(*others, "not-others", {others->text});
    }
    state.keep_others = others->text == "keep";
}

}  // namespace

void read_join(Draft& draft, const MappingReader& reader, StateIndex index) {
    State& state = draft.model.states[index];
    const Node* node = reader.find("join");
    const bool is_free = state.kind == Kind::join;
    if (node != nullptr) {
        Join join;
        if (!node->is_scalar() || node->text.empty()) {
            draft.findings.error(*node, "not-a-join", {node->text});
        } else if (node->text == "all") {
            join.rule = Join::Rule::all;
        } else if (node->text == "any") {
            join.rule = Join::Rule::count;
            join.count = 1;
        } else if (node->text == "inclusive") {
            join.rule = Join::Rule::inclusive;
            if (!is_free) draft.findings.error(*node, "inclusive-not-here", {state.id});
        } else if (!node->quoted && is_number(node->text)) {
            join.rule = Join::Rule::count;
            const auto count = read_integer(draft.findings, *node, is_free ? 1 : 0,
                                            static_cast<std::int64_t>(limits::items_max));
            join.count = static_cast<std::uint32_t>(count.value_or(1));
        } else {
            join.rule = Join::Rule::condition;
            draft.join_conditions.push_back({index, node, draft.names});
        }
        state.join = std::move(join);
    }
    if (!is_free) check_others(draft, node, reader.find("others"), state);
}

void read_join_conditions(Draft& draft) {
    if (draft.join_conditions.empty()) return;
    analysis::prepare_joins(draft.model);
    const std::vector<Variable> names_around = draft.names;
    for (JoinCondition& later : draft.join_conditions) {
        draft.names = std::move(later.names);
        const bool is_free = draft.model.states[later.state].kind == Kind::join;
        EventNames event;
        (is_free ? event.gathered : event.finished) = later.state;
        draft.model.states[later.state].join->condition =
            read_cel(draft, *later.node, Type::of(Type::Kind::boolean), event);
    }
    draft.names = names_around;
}

void read_door(Draft& draft, const MappingReader& reader, StateIndex index) {
    const Node* node = reader.find("one_at_a_time");
    if (node == nullptr) return;
    const auto id = read_id(draft.findings, *node);
    if (!id) return;
    auto& doors = draft.model.doors;
    const auto found = std::find(doors.begin(), doors.end(), *id);
    draft.model.states[index].one_at_a_time =
        static_cast<procedure::DoorIndex>(found - doors.begin());
    if (found == doors.end()) doors.push_back(*id);
}

}  // namespace workflow::definition
