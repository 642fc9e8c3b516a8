// What stands before the states: identity, roles, outcomes, parameters, variants, data. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// The identity, texts, languages, calendar, roles and outcomes of the file.
void read_identity(Draft& draft, const MappingReader& file);
/// Parameters, variants, data and input; their names join Draft::names.
void read_declarations(Draft& draft, const MappingReader& file);
/// A warning for each role that nothing names; after the states were read.
void report_unused_roles(Draft& draft);

}  // namespace workflow::definition
