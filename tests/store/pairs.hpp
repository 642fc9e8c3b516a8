// Transactions that write two rows which must agree, so that half of one shows. Stateless.
#pragma once

#include <string>

#include "workflow/store.hpp"

namespace workflow::test {

/// One committed transaction: number `number`, its instance row and its history row.
void put_pair(Store& store, int number);
/// How many pairs the store holds, counted from 0 without a gap; -1 when it holds half of one, or
/// one behind a gap.
[[nodiscard]] int pairs_of(Store& store);
/// SQLite's own integrity check of the file.
[[nodiscard]] bool is_sound(const std::string& path);

}  // namespace workflow::test
