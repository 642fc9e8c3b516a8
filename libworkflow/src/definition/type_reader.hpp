// Types [R50] and the values that a definition states: defaults, parameters. Pure but for findings.
#pragma once

#include <optional>

#include "definition/reader.hpp"
#include "workflow/type.hpp"
#include "workflow/value.hpp"

namespace workflow::definition {

/// `text`, `optional date`, `list of text`, `[a, b]`, `{name: type}`.
[[nodiscard]] std::optional<Type> read_type(Findings& findings, const Node& node);
/// A value of `type`; a null only where it is optional.
[[nodiscard]] std::optional<Value> read_value(Findings& findings, const Node& node,
                                              const Type& type);

}  // namespace workflow::definition
