// Expressions of a definition: which names they may use where, and the place of what is wrong.
// Confined.
#pragma once

#include <optional>
#include <vector>

#include "definition/draft.hpp"

namespace workflow::definition {

/// What an expression may read besides Draft::names [R53].
struct EventNames {
    bool actor = false;                                           ///< a person acts
    const std::vector<procedure::ActionField>* fields = nullptr;  ///< of the action
    const std::vector<procedure::ActionField>* message = nullptr;  ///< fields of the message
    const std::vector<procedure::ActionField>* result = nullptr;   ///< of a service or call
    bool error = false;                                            ///< a service's own error
    bool outcome = false;                                          ///< a call has ended with one
    procedure::StateIndex finished = procedure::none;  ///< the compound that has finished
    procedure::StateIndex arrived = procedure::none;   ///< the join that fires
    procedure::StateIndex gathered = procedure::none;  ///< the same, and its sources are known
};

/// Null, with findings, when it does not compile or is not of type `expected`.
[[nodiscard]] std::optional<procedure::Cel> read_cel(Draft& draft, const Node& node,
                                                     const Type& expected,
                                                     const EventNames& event = {});
/// The same; the result must be a date or an instant, or null.
[[nodiscard]] std::optional<procedure::Cel> read_time_cel(Draft& draft, const Node& node,
                                                          const EventNames& event = {});
/// The same; the result must be a list.
[[nodiscard]] std::optional<procedure::Cel> read_list_cel(Draft& draft, const Node& node);
/// The same; the result must name a person or a unit.
[[nodiscard]] std::optional<procedure::Cel> read_name_cel(Draft& draft, const Node& node,
                                                          const EventNames& event = {});

/// A limit, or an expression of type limit (a parameter's name is one); null means none.
[[nodiscard]] std::optional<std::variant<Limit, procedure::Cel>> read_limit_or_cel(
    Draft& draft, const Node& node);

/// A limit, or an expression of type limit, date or instant; null means none.
[[nodiscard]] std::optional<std::variant<Limit, procedure::Cel>> read_limit_or_time_cel(
    Draft& draft, const Node& node, const EventNames& event);

}  // namespace workflow::definition
