// Dossiers in a file of their own: all of a store, to bring them to another one, or what has ended long
// ago, to keep it elsewhere. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// What a file holds, or what was brought from it.
struct TransferReport {
    std::size_t definitions = 0;
    std::size_t instances = 0;
    std::size_t steps = 0;  ///< rows of history
    std::size_t secrets = 0;
    std::size_t dispatches = 0;  ///< on their way to other instances
    std::size_t messages = 0;    ///< that wait for their place
    std::size_t effects = 0;     ///< of the outbox
    std::size_t closed = 0;      ///< rows of statistics
    std::size_t delegations = 0;
    std::size_t already_there = 0;  ///< of the instances: the same, and left as they are
    std::uint64_t bytes = 0;        ///< of the file
    friend bool operator==(const TransferReport&, const TransferReport&) = default;
};
/// Told how many instances are done; what it throws ends the work.
using TransferProgress = std::function<void(std::size_t)>;

}  // namespace workflow
