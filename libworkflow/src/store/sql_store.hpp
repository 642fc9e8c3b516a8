// Store and Transaction over any SqlConnection. Thread-safe.
#pragma once

#include <memory>

#include "store/sql_pool.hpp"
#include "workflow/store.hpp"

namespace workflow::store {

[[nodiscard]] std::unique_ptr<Store> make_sql_store(std::shared_ptr<SqlPool> pool);

}  // namespace workflow::store
