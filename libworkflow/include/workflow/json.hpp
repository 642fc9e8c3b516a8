// Data at the border of a host: JSON <-> values. Pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "workflow/interpreter.hpp"
#include "workflow/value.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Dates as `2017-06-08`, instants as ISO 8601 at `offset`, limits as `30 working days`; a sealed
/// value as the value it hides, or null once erased.
[[nodiscard]] nlohmann::json to_json(const Value& value, UtcOffset offset);
/// Texts stay texts: the step turns them into dates, instants and limits where a field declares one.
/// Error{limit} for an unsigned number above the range of 64 signed bits or nesting beyond 64.
[[nodiscard]] Value value_from_json(const nlohmann::json& json);
/// The members of an object, as an action's fields or a start's data. Error{misuse} for anything else.
[[nodiscard]] FieldValues fields_from_json(const nlohmann::json& json);
/// An object with the members of a MigrationMapping: objects of names, where null stands for an empty
/// new id, and lists of ids. Error{misuse} that names the member for anything else.
[[nodiscard]] MigrationMapping mapping_from_json(const nlohmann::json& json);

}  // namespace workflow
