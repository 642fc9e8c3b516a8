// Every statement of the SQL stores, in the SQL that SQLite and PostgreSQL share. Immutable.
#pragma once

#include <cstddef>
#include <cstdint>

#include "workflow/visibility.hpp"

namespace workflow {
// The library of the PostgreSQL store, of the same version, uses these.
namespace store WORKFLOW_PUBLIC {

enum class Sql : std::uint8_t {
    instance_get,
    instance_insert,
    instance_update,
    instance_list,
    history_insert,
    history_has,
    history_list,
    history_last,
    instance_delete,
    history_delete,
    secrets_delete,
    request_get,
    change_list,
    due_insert,
    due_delete,
    due_list,
    due_next,
    due_get,
    work_insert,
    work_delete,
    work_list,
    work_roles,
    work_states,
    standing_list,
    standing_count,
    active_put,
    active_delete,
    active_list,
    active_count,
    closed_put,
    closed_list,
    closed_outcomes,
    closed_count,
    field_insert,
    field_delete,
    field_list,
    delegation_put,
    delegation_of,
    delegation_list,
    incident_insert,
    incident_delete,
    incident_list,
    subscription_insert,
    subscription_delete,
    subscription_list,
    message_insert,
    message_delete,
    message_list,
    message_all,
    dispatch_put,
    dispatch_delete,
    dispatch_list,
    effect_put,
    effect_delete,
    effect_move,
    effect_list,
    definition_insert,
    definition_get,
    definition_list,
    secret_put,
    secret_delete,
    secret_list,
};
inline constexpr std::size_t sql_count = static_cast<std::size_t>(Sql::secret_list) + 1;

/// Parameters are `$1`, `$2` ... in the order of their first appearance: SQLite numbers them by
/// that order, PostgreSQL by their digits.
const char* sql_text(Sql statement);

}  // namespace store
}  // namespace workflow
