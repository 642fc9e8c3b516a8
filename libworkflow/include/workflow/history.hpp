// One row of an instance's history: the event as received and what it did. Immutable values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "workflow/interpreter.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// What kind of event each alternative of Event is: `start`, `perform`, `timer` ... Stable.
using EventNames = std::array<const char*, std::variant_size_v<Event>>;
[[nodiscard]] const EventNames& event_names();
[[nodiscard]] inline const char* kind_of(const Event& event) {
    return event_names()[event.index()];
}

/// Append-only, chained: `previous` is the SHA-256 of the bytes of the row before it, as stored.
struct HistoryEntry {
    Revision revision = 0;
    Instant now;               ///< when the event was noticed
    Event event;               ///< sensitive values as digests, the values beside the chain
    std::string request;       ///< id of the request, or empty
    std::uint32_t semantics = 0;
    Digest procedure{};
    Digest calendar{};
    Digest instance_after{};   ///< SHA-256 of the encoded instance
    Digest previous{};         ///< of the first row: zeros
    std::vector<Record> records;
    friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

}  // namespace workflow
