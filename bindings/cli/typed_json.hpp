// Values of CEL as JSON that names their kinds: {"int": "3"}, {"list": [{"bool": true}]}. Pure
// functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "workflow/value.hpp"

namespace workflow::cli {

/// Integers as text, since JSON numbers lose digits; octets as base64; a sealed value as what it
/// hides. Failure in `language` for a value of more than 64 MiB: a small one may hold its parts
/// many times.
[[nodiscard]] nlohmann::ordered_json typed_json(const Value& value, const std::string& language);

/// Integers as text or number. Failure in `language` for what is no typed value, a value out of its
/// range, and a key that comes twice. Recursive: the caller bounds the depth (read_json).
[[nodiscard]] Value value_from_typed_json(const nlohmann::json& json, const std::string& language);

}  // namespace workflow::cli
