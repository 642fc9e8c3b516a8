// A new file that is there whole and on the disk, or not at all. Thread-safe functions.
#pragma once

#include <cstdint>
#include <string>

namespace workflow::store {

/// The name under which `to` is written until it is whole; a leftover of that name is taken away.
/// Error{misuse}: `to` is there.
[[nodiscard]] std::string begin_file(const std::string& to);
/// Brings `partial` to the disk and gives it the name `to`, in place of nothing that has come
/// meanwhile. Returns its bytes. Error{storage}.
std::uint64_t publish_file(const std::string& partial, const std::string& to);

}  // namespace workflow::store
