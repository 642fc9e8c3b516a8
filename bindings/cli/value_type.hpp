// The type that a value has when nobody declared one. Pure.
#pragma once

#include "workflow/type.hpp"
#include "workflow/value.hpp"

namespace workflow::cli {

/// Items of one type make a list of it, others a list of `any`; so do the keys and the values of a
/// map. Nothing is known of the items of an empty list or map: `any`.
[[nodiscard]] Type type_of(const Value& value);

}  // namespace workflow::cli
