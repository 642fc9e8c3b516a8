// Types of CEL as JSON: "int", {"list": "string"}, {"map": ["string", "dyn"]}. Pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "workflow/type.hpp"

namespace workflow::cli {

/// An optional type as the type itself, what only the run knows as "dyn"; documents, persons and
/// choices are strings, records are maps.
[[nodiscard]] nlohmann::ordered_json type_json(const Type& type);

/// Besides what type_json gives, {"type": TYPE}. Failure in `language` for anything else.
[[nodiscard]] Type type_from_json(const nlohmann::json& json, const std::string& language);

}  // namespace workflow::cli
