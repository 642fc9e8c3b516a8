// What stands before the states: identity, roles, outcomes, parameters, variants, data. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// The identity, texts, languages, calendar, roles and outcomes of the file.
void read_identity(Draft& draft, const MappingReader& file);
/// Parameters, variants, data and input; their names join Draft::names.
void read_declarations(Draft& draft, const MappingReader& file);
/// `data` of a group or each; its names join Draft::names only inside, by name_local_data.
void declare_local_data(Draft& draft, const Node& node, procedure::StateIndex holder);
void name_local_data(Draft& draft, procedure::StateIndex holder);
/// A list of data: `input`, `output`, `fields` of a start.
[[nodiscard]] std::vector<procedure::FieldIndex> read_input(Draft& draft, const Node& node);
/// A warning for each role that nothing names; after the states were read.
void report_unused_roles(Draft& draft);

}  // namespace workflow::definition
