// What boxes, frames and arrows say: in one language, with the values of one variant. Immutable;
// the model outlives it.
#pragma once

#include <optional>
#include <string>

#include "exchange/words.hpp"
#include "procedure/model.hpp"
#include "workflow/graph.hpp"

namespace workflow::exchange {

class Captions {
public:
    /// Error{misuse} when the procedure has no such variant.
    Captions(const procedure::Model& model, const GraphOptions& options);

    [[nodiscard]] const procedure::Model& model() const { return model_; }
    [[nodiscard]] const std::string& language() const { return language_; }
    [[nodiscard]] std::string word(Word word) const;

    [[nodiscard]] std::string state(procedure::StateIndex state) const;
    [[nodiscard]] std::string role(procedure::RoleIndex role) const;
    /// Empty for `end: none`.
    [[nodiscard]] std::string outcome(procedure::OutcomeIndex outcome) const;
    /// How an inner scope ends, as the way behind it is called; empty where none says so.
    [[nodiscard]] std::string inner_outcome(procedure::StateIndex scope,
                                            procedure::OutcomeIndex outcome) const;
    /// Under which condition the choice is taken: its title, else the expression.
    [[nodiscard]] std::string condition(const procedure::Way& choice) const;
    [[nodiscard]] std::string action(const procedure::Action& action) const;
    [[nodiscard]] std::string message(procedure::MessageIndex message) const;
    [[nodiscard]] std::string variant() const;  ///< empty: none was chosen

    /// Nothing: there is no such clock, or timer, with these values.
    [[nodiscard]] std::optional<std::string> limit(const procedure::Clock& clock) const;
    [[nodiscard]] std::optional<std::string> timer(const procedure::Timer& timer) const;
    [[nodiscard]] std::string moment(const procedure::Moment& moment) const;
    /// Empty: the expression is no field, or it has no title.
    [[nodiscard]] std::string title_of_field(const procedure::Cel& cel) const;
    /// The title of a field where the expression is one, else its source.
    [[nodiscard]] std::string expression(const procedure::Cel& cel) const;

private:
    [[nodiscard]] const Value* parameter(const procedure::Cel& cel) const;

    const procedure::Model& model_;
    std::string language_;
    const procedure::Variant* variant_ = nullptr;
};

}  // namespace workflow::exchange
