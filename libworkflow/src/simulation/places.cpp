#include "simulation/places.hpp"

#include <algorithm>

#include "procedure/model.hpp"

namespace workflow::simulation {
namespace {

template <class Map>
const typename Map::mapped_type* find(const Map& map, const std::string& id) {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
}

bool separates(const procedure::Separation& separation) {
    return !separation.not_by.empty() || separation.same_as != procedure::none;
}

bool is_separated(const procedure::Model& model, procedure::StateIndex state) {
    if (separates(model.states[state].separation)) return true;
    while (true) {
        const auto& actions = model.states[state].actions;
        if (std::any_of(actions.begin(), actions.end(),
                        [](const auto& action) { return separates(action.separation); })) {
            return true;
        }
        if (state == procedure::root_state) return false;
        state = model.states[state].parent;
    }
}

bool is_nothing(const Distribution& distribution) {
    const auto* constant = std::get_if<Constant>(&distribution);
    return constant != nullptr && constant->value == 0;
}

}  // namespace

std::vector<Place> places_of(const Assumptions& assumptions) {
    std::vector<Place> places;
    const procedure::Model& model = assumptions.procedure->model();
    for (procedure::StateIndex state = 0; state < model.states.size(); ++state) {
        const std::string& id = model.states[state].id;
        const procedure::Kind kind = model.states[state].kind;
        const Work* const work = find(assumptions.work, id);
        places.push_back({.work = work,
                          .service = find(assumptions.services, id),
                          .call = find(assumptions.calls, id),
                          .acts = work != nullptr || kind == procedure::Kind::task ||
                                  kind == procedure::Kind::idle,
                          .separated = is_separated(model, state),
                          .waits = work != nullptr && !is_nothing(work->waiting),
                          .effort = "effort on " + id,
                          .waiting = "waiting for " + id,
                          .choice = "choice on " + id,
                          .duration = "duration of " + id,
                          .failure = "failure of " + id,
                          .doer = "doer on " + id,
                          .task_role = model.states[state].role,
                          .own_roles = model.states[state].work_roles});
        const auto occasional = assumptions.occasional.find(state == 0 ? std::string() : id);
        if (occasional != assumptions.occasional.end()) places.back().occasional = &occasional->second;
        for (const procedure::Action& action : model.states[state].actions) {
            places.back().actions.emplace_back(action.id, action.role);
        }
    }
    return places;
}

std::uint32_t Place::role_of(const std::string& action) const {
    for (const auto& [id, role] : actions) {
        if (id == action) return role == no_index ? task_role : role;
    }
    return no_index;
}

bool holds(const Situation& in, const Expression& when) {
    const auto result = evaluate(in, when);
    const auto* value = std::get_if<Value>(&result);
    return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

std::optional<double> number_of(const Situation& in, const Expression& expression) {
    const auto result = evaluate(in, expression);
    const auto* value = std::get_if<Value>(&result);
    if (value == nullptr) return std::nullopt;
    if (const auto* number = value->number()) return *number;
    if (const auto* integer = value->integer()) return static_cast<double>(*integer);
    return std::nullopt;
}

const std::vector<Choice>& choices_of(const Situation& in, const Work& work) {
    for (const Decision& decision : work.decisions) {
        if (holds(in, decision.when)) return decision.choices;
    }
    return work.choices;
}

}  // namespace workflow::simulation
