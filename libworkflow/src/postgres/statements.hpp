// Every statement of the PostgreSQL store: the shared ones in its words, and those that only it
// needs, for its writers do not follow each other. Immutable.
#pragma once

#include <array>
#include <string>

#include "store/sql_statements.hpp"

namespace workflow::postgres {

enum class Own : std::uint8_t {
    begin_read,
    begin_write,
    commit,
    roll_back,
    open_part,
    keep_part,
    drop_part,
    instance_lock,   ///< waits for whoever holds it
    instance_claim,  ///< no row when somebody holds it
    instance_new,    ///< fails when it exists
    history_newest,
    history_new,  ///< fails when it exists
    key_lock,     ///< of what has no row to lock, until the transaction ends
};
inline constexpr std::size_t own_count = static_cast<std::size_t>(Own::key_lock) + 1;

[[nodiscard]] const char* own_text(Own statement);
[[nodiscard]] const char* postgres_text(store::Sql statement);

/// Under which a connection prepares it.
[[nodiscard]] const char* own_name(Own statement);
[[nodiscard]] const char* prepared_name(store::Sql statement);

}  // namespace workflow::postgres
