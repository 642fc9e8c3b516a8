#include "analysis/shortcuts.hpp"

#include <algorithm>

namespace workflow::analysis {
namespace {

using namespace procedure;

/// The task's own role, then those of its actions; also of the actions that other states which wait
/// for people offer. What is around tokens gives no work item.
std::vector<RoleIndex> work_roles_of(const State& state) {
    std::vector<RoleIndex> roles;
    const auto add = [&](RoleIndex role) {
        const bool listed = std::find(roles.begin(), roles.end(), role) != roles.end();
        if (role != none && !listed) roles.push_back(role);
    };
    if (state.kind == Kind::task) add(state.role);
    if (state.is_compound() || state.is_automatic() || state.kind == Kind::join) return roles;
    for (const Action& action : state.actions) {
        if (action.role != state.role) add(action.role);
    }
    return roles;
}

}  // namespace

void prepare_shortcuts(Model& model) {
    for (Outcome& outcome : model.outcomes) outcome.name = outcome.id;
    model.defaults.clear();
    for (const Parameter& parameter : model.parameters) model.defaults.push_back(parameter.initial);
    for (Variant& variant : model.variants) {
        variant.parameters = model.defaults;
        for (const auto& [parameter, value] : variant.values) variant.parameters[parameter] = value;
    }
    const auto is_sensitive = [](const auto& field) { return field.sensitive; };
    model.has_indexed = std::any_of(model.data.begin(), model.data.end(),
                                    [](const Field& field) { return field.indexed; });
    model.has_sensitive = std::any_of(model.data.begin(), model.data.end(), is_sensitive);
    model.keeps_messages = std::any_of(model.messages.begin(), model.messages.end(),
                                       [](const auto& message) { return message.keep; });
    model.glances.clear();
    model.declarers.clear();
    for (StateIndex index = 0; index < model.states.size(); ++index) {
        State& state = model.states[index];
        const bool waits_for_condition = state.kind == Kind::wait && state.when;
        model.has_local_data = model.has_local_data || !state.data.empty();
        model.has_joins = model.has_joins || state.kind == Kind::join;
        model.has_inclusive = model.has_inclusive || (state.kind == Kind::join && state.join &&
                                                      state.join->rule == Join::Rule::inclusive);
        model.has_conditions = model.has_conditions || waits_for_condition;
        model.has_open_lists = model.has_open_lists || state.grows || state.at_once != 0;
        model.keeps_others = model.keeps_others || state.keep_others;
        model.may_get_stuck = model.may_get_stuck || state.kind == Kind::join ||
                              state.one_at_a_time != none || waits_for_condition;
        state.work_roles = work_roles_of(state);
        model.glances.push_back(
            {.kind = state.kind,
             .compound = state.is_compound(),
             .moves_by_itself = state.is_automatic() || state.is_compound(),
             .waits_for_condition = waits_for_condition,
             .has_work = !state.work_roles.empty(),
             .only_role = state.work_roles.size() == 1 ? state.work_roles.front() : none});
        for (const Action& action : state.actions) {
            model.has_sensitive =
                model.has_sensitive ||
                std::any_of(action.fields.begin(), action.fields.end(), is_sensitive);
            std::vector<StateIndex>& declarers = model.declarers[action.id];
            if (declarers.empty() || declarers.back() != index) declarers.push_back(index);
        }
    }
}

}  // namespace workflow::analysis
