// What a definition says of one thing, key by key, as text in the words of the definition language: what
// `workflow diff` compares. Thread-safe functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "procedure/model.hpp"

namespace workflow::analysis {

/// Of several keys the name and what is said; `-`: nothing is said. Always the same keys in the same
/// order for one kind of thing.
using Aspects = std::vector<std::pair<const char*, std::string>>;

[[nodiscard]] std::string text_of(const std::optional<procedure::Cel>& cel);
[[nodiscard]] std::string text_of(const std::variant<Limit, procedure::Cel>& limit);
[[nodiscard]] std::string text_of(const Value& value);
[[nodiscard]] std::string text_of(const RecurringDate& rule);
[[nodiscard]] std::string text_of(const procedure::Clock& clock);
[[nodiscard]] std::string text_of(const std::vector<procedure::ActionField>& fields);
[[nodiscard]] std::string text_of(const procedure::Model& model,
                                  const procedure::Separation& separation);
/// Where it leads and what it does on the way; not its condition.
[[nodiscard]] std::string text_of(const procedure::Model& model, const procedure::Way& way);
[[nodiscard]] std::string role_of(const procedure::Model& model, procedure::RoleIndex role);

[[nodiscard]] Aspects aspects_of(const procedure::Model& model);
[[nodiscard]] Aspects aspects_of(const procedure::Role& role);
[[nodiscard]] Aspects aspects_of(const procedure::Parameter& parameter);
[[nodiscard]] Aspects aspects_of(const procedure::Variant& variant);
[[nodiscard]] Aspects aspects_of(const procedure::Field& field);
[[nodiscard]] Aspects aspects_of(const procedure::Model& model, const procedure::Outcome& outcome);
[[nodiscard]] Aspects aspects_of(const procedure::MessageDeclaration& message);
[[nodiscard]] Aspects aspects_of(const procedure::Model& model, const procedure::State& state);
[[nodiscard]] Aspects aspects_of(const procedure::Action& action);
[[nodiscard]] Aspects aspects_of(const procedure::Model& model, const procedure::Clock& clock);

}  // namespace workflow::analysis
