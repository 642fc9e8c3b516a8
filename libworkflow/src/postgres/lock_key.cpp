#include "postgres/lock_key.hpp"

#include <string>

#include "workflow/digest.hpp"

namespace workflow::postgres {

std::int64_t lock_key(std::string_view schema, LockOf kind, std::string_view first,
                      std::string_view second) {
    std::string bytes(1, static_cast<char>(kind));
    for (const std::string_view part : {schema, first, second}) {
        bytes += std::to_string(part.size()) + ':';  // so that "ab", "c" is not "a", "bc"
        bytes += part;
    }
    const Digest digest = sha256(bytes);
    std::uint64_t key = 0;
    for (std::size_t at = 0; at < sizeof(key); ++at) key = key << 8U | digest[at];
    return static_cast<std::int64_t>(key);
}

}  // namespace workflow::postgres
