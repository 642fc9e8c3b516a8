#include "support/model_builder.hpp"

namespace workflow::testing {

using namespace procedure;

Text text(const std::string& english) {
    return Text{{{"", english}}};
}
Text text(const std::string& english, const std::string& vietnamese) {
    return Text{{{"en", english}, {"vi", vietnamese}}};
}

Way way_to(StateIndex target) {
    Way way;
    way.target = Move{target};
    return way;
}
Way way_end(OutcomeIndex outcome) {
    Way way;
    way.target = Finish{outcome};
    return way;
}
Way way_stay() {
    return {};
}
Way way_list(std::vector<Way> choices) {
    Way way;
    way.choices = std::move(choices);
    return way;
}

ModelBuilder::ModelBuilder() {
    model_.id = "test_procedure";
    model_.title = text("Test procedure", "Quy trình thử");
    model_.languages = {"en", "vi"};
    model_.file = "test.yaml";
    State root;
    root.id = model_.id;
    root.kind = Kind::group;
    root.place = next_place();
    model_.states.push_back(std::move(root));
}

Place ModelBuilder::next_place() {
    return {model_.file, ++line_, 1};
}

RoleIndex ModelBuilder::role(const std::string& id, const Text& title) {
    model_.roles.push_back({id, title, next_place()});
    return static_cast<RoleIndex>(model_.roles.size() - 1);
}

OutcomeIndex ModelBuilder::outcome(const std::string& id, const Text& title) {
    model_.outcomes.push_back({.id = id, .title = title, .place = next_place()});
    return static_cast<OutcomeIndex>(model_.outcomes.size() - 1);
}

OutcomeIndex ModelBuilder::inner_outcome(const std::string& id) {
    const OutcomeIndex index = outcome(id);
    model_.outcomes[index].declared = false;
    return index;
}

StateIndex ModelBuilder::state(Kind kind, const std::string& id, StateIndex parent) {
    const auto index = static_cast<StateIndex>(model_.states.size());
    State state;
    state.id = id;
    state.kind = kind;
    state.parent = parent;
    state.depth = model_.states[parent].depth + 1;
    state.place = next_place();
    model_.states[parent].children.push_back(index);
    model_.states.push_back(std::move(state));
    return index;
}

StateIndex ModelBuilder::task(const std::string& id, RoleIndex role, StateIndex parent) {
    const StateIndex index = state(Kind::task, id, parent);
    at(index).role = role;
    return index;
}

StateIndex ModelBuilder::choice(const std::string& id, std::vector<Way> ways, StateIndex parent) {
    const StateIndex index = state(Kind::choice, id, parent);
    for (Way& way : ways) way.place = next_place();
    at(index).choices = std::move(ways);
    return index;
}

StateIndex ModelBuilder::end(const std::string& id, OutcomeIndex outcome, StateIndex parent) {
    const StateIndex index = state(Kind::end, id, parent);
    at(index).outcome = outcome;
    return index;
}

void ModelBuilder::action(StateIndex state, const std::string& id, Way way, RoleIndex role,
                          const Text& title) {
    Action action;
    action.id = id;
    action.title = title;
    action.role = role;
    action.place = next_place();
    action.way = std::move(way);
    action.way.place = action.place;
    at(state).actions.push_back(std::move(action));
}

void ModelBuilder::timer(StateIndex state, Limit limit, Way way) {
    Timer timer;
    timer.limit = limit;
    timer.place = next_place();
    timer.way = std::move(way);
    at(state).timers.push_back(std::move(timer));
}

ClockIndex ModelBuilder::clock(StateIndex owner, Limit limit) {
    const auto index = static_cast<ClockIndex>(model_.clocks.size());
    Clock clock;
    clock.id = at(owner).id;
    clock.owner = owner;
    clock.limit = limit;
    clock.place = next_place();
    model_.clocks.push_back(std::move(clock));
    at(owner).clocks.push_back(index);
    return index;
}

void ModelBuilder::moment(ClockIndex clock, const std::string& label, Way way) {
    Moment moment;
    moment.label = label;
    moment.way = std::move(way);
    moment.place = next_place();
    model_.clocks[clock].moments.push_back(std::move(moment));
}

Model ModelBuilder::build() const {
    Model model = model_;
    for (State& state : model.states) {
        const bool begins = state.kind == Kind::group || state.kind == Kind::each;
        if (begins && !state.start && !state.children.empty()) {
            state.start = way_to(state.children.front());
        }
    }
    return model;
}

}  // namespace workflow::testing
