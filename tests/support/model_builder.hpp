// Procedures made by hand, for tests of what comes after the loader. Confined to one test.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "procedure/model.hpp"

namespace workflow::testing {

/// A text in English and Vietnamese; with one argument the same for every language.
[[nodiscard]] Text text(const std::string& english);
[[nodiscard]] Text text(const std::string& english, const std::string& vietnamese);

[[nodiscard]] procedure::Way way_to(procedure::StateIndex target);
[[nodiscard]] procedure::Way way_end(procedure::OutcomeIndex outcome);
[[nodiscard]] procedure::Way way_stay();
/// A list of ways without guards: what the graph sees of it.
[[nodiscard]] procedure::Way way_list(std::vector<procedure::Way> choices);

/// Gives every state, action and way a line of its own, so that a test can name places.
class ModelBuilder {
public:
    ModelBuilder();

    procedure::RoleIndex role(const std::string& id, const Text& title = {});
    procedure::OutcomeIndex outcome(const std::string& id, const Text& title = {});
    /// One that only groups and branches know.
    procedure::OutcomeIndex inner_outcome(const std::string& id);
    procedure::StateIndex state(procedure::Kind kind, const std::string& id,
                                procedure::StateIndex parent = procedure::root_state);
    procedure::StateIndex task(const std::string& id, procedure::RoleIndex role,
                               procedure::StateIndex parent = procedure::root_state);
    procedure::StateIndex choice(const std::string& id, std::vector<procedure::Way> ways,
                                 procedure::StateIndex parent = procedure::root_state);
    procedure::StateIndex end(const std::string& id, procedure::OutcomeIndex outcome,
                              procedure::StateIndex parent = procedure::root_state);
    void action(procedure::StateIndex state, const std::string& id, procedure::Way way,
                procedure::RoleIndex role = 0, const Text& title = {});
    void timer(procedure::StateIndex state, Limit limit, procedure::Way way);
    procedure::ClockIndex clock(procedure::StateIndex owner, Limit limit);
    void moment(procedure::ClockIndex clock, const std::string& label, procedure::Way way);

    [[nodiscard]] procedure::State& at(procedure::StateIndex state) { return model_.states[state]; }
    [[nodiscard]] procedure::Model& model() { return model_; }
    /// The model so far; groups and each without a start begin at their first state.
    [[nodiscard]] procedure::Model build() const;

private:
    [[nodiscard]] Place next_place();

    procedure::Model model_;
    std::uint32_t line_ = 0;
};

}  // namespace workflow::testing
