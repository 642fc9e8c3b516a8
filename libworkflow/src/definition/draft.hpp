// A procedure while it is read: the model so far, and the names that expressions may use. Confined.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "definition/node.hpp"
#include "definition/reader.hpp"
#include "procedure/model.hpp"
#include "workflow/expression.hpp"

namespace workflow::definition {

/// The condition of a join, kept until all states have been read.
struct JoinCondition {
    procedure::StateIndex state = 0;
    const Node* node = nullptr;
    std::vector<Variable> names;  ///< what it may read where it stands
};

struct Draft {
    explicit Draft(Findings& findings_of_file);

    Findings& findings;
    procedure::Model model;
    /// By StateIndex: the mapping of the state's keys. [0] is the file.
    std::vector<const Node*> state_nodes;
    std::unordered_map<std::string_view, procedure::StateIndex> state_numbers;
    std::vector<bool> roles_used;
    /// now, variant, parameters, data, then item and index of the `each` around: what every
    /// expression at this point of the file may read.
    std::vector<Variable> names;
    Type actor_type;
    std::vector<Question> questions;  ///< what expressions may ask [R53]
    std::vector<bool> clocks_asked;   ///< by the subjects of `due`
    std::vector<JoinCondition> join_conditions;
};

// Each gives the number of a name, or a finding that names the nearest one.
[[nodiscard]] std::optional<procedure::RoleIndex> role_of(Draft& draft, const Node& node);
[[nodiscard]] std::optional<procedure::StatusIndex> status_of(Draft& draft, const Node& node);
[[nodiscard]] std::optional<procedure::FieldIndex> field_of(Draft& draft, const Node& node);
/// Roles as one name or a list of names.
[[nodiscard]] std::vector<procedure::RoleIndex> roles_of(Draft& draft, const Node& node);

/// A text of read_text, with a warning for each of the procedure's languages that it lacks.
[[nodiscard]] Text translated_text(Draft& draft, const Node& node);
/// The text of `key`, or an empty one.
[[nodiscard]] Text translated_text(Draft& draft, const MappingReader& reader, std::string_view key);
/// The string of `key`, or an empty one.
[[nodiscard]] std::string plain_text(Draft& draft, const MappingReader& reader,
                                     std::string_view key);

[[nodiscard]] std::string line_and_column(const Place& place);

/// The nearest name for a mend; when none is near, all of them, comma-separated.
template <class Items>
[[nodiscard]] std::string nearest_of(std::string_view word, const Items& items) {
    std::vector<std::string> ids;
    for (const auto& item : items) ids.push_back(item.id);
    return nearest_or_all(word, ids);
}

}  // namespace workflow::definition
