// Sensitive values that people gave: which are to be erased, and which were. Thread-safe functions.
#pragma once

#include <set>
#include <string>
#include <variant>
#include <vector>

#include "engine/implementation.hpp"

namespace workflow::engine {

struct GivenValue {
    Revision revision = 0;
    std::string field;  ///< its id then
    Digest digest{};
    bool erased = false;  ///< it is not there any more
    bool named = false;   ///< `fields`, or an Erase behind it, name the field
};
/// Of a whole history, in its order. A field that a migration renamed is one field under both names.
[[nodiscard]] std::vector<GivenValue> given_values(const std::vector<HistoryRow>& history,
                                                   const std::vector<std::string>& fields = {});

/// What the event is to erase, or that it names a field that is not sensitive.
[[nodiscard]] std::variant<std::vector<Digest>, Refusal> values_to_erase(Transaction& transaction,
                                                                         const Loaded& loaded,
                                                                         const Erase& event);

}  // namespace workflow::engine
