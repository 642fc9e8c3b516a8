// Numbers for what has no row to lock: PostgreSQL's advisory locks. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>

namespace workflow::postgres {

enum class LockOf : std::uint8_t { schema = 1, absent_instance = 2, message = 3 };

/// The same in every process that shares the schema. Two things with one number would wait for each
/// other without need, and nothing worse.
[[nodiscard]] std::int64_t lock_key(std::string_view schema, LockOf kind,
                                    std::string_view first = {}, std::string_view second = {});

}  // namespace workflow::postgres
