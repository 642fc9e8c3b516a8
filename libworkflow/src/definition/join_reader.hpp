// Joins [R30 to R37]: of tokens in a free graph, of branches, of items; and what they leave over.
// Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// `join` of a state of that kind, `others` beside a parallel or each. A condition is compiled by
/// read_join_conditions(), once it is known what may come together.
void read_join(Draft& draft, const MappingReader& reader, procedure::StateIndex index);
/// Conditions of all joins, in the order of the file. Wants all states read.
void read_join_conditions(Draft& draft);
/// `one_at_a_time`: the name that one activation holds [R40].
void read_door(Draft& draft, const MappingReader& reader, procedure::StateIndex index);

}  // namespace workflow::definition
