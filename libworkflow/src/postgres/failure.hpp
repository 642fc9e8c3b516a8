// PostgreSQL's SQLSTATEs as workflow::Error, with the server's own words, the store and a mend.
// Immutable.
#pragma once

#include <string>
#include <string_view>

#include "postgres/address.hpp"

namespace workflow::postgres {

/// What the server, or libpq where the server said nothing, told of a failure.
struct Told {
    std::string_view doing;  ///< "connecting", "reading", "committing" ...
    std::string state;       ///< SQLSTATE; empty: the connection failed
    std::string words;
};

[[nodiscard]] Error failure(const Address& address, const Told& told);

}  // namespace workflow::postgres
