// The memory of a fault-injecting file system: which operation fails, and what is not yet certain.
// Thread-safe.
#pragma once

#include <sqlite3.h>

#include <array>
#include <map>
#include <mutex>
#include <optional>

#include "support/disk_cache.hpp"
#include "support/fault_vfs.hpp"

namespace workflow::test {

inline constexpr std::size_t operation_count = 7;

struct FaultVfs::State {
    std::string name;
    Power power = Power::certain;
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;

    mutable std::mutex mutex;
    std::array<std::uint64_t, operation_count> counts{};
    std::map<std::string, std::shared_ptr<CachedFile>> files;  ///< empty unless power may fail
    std::uint64_t countdown = 0;                               ///< 0: nothing is to fail
    std::optional<Operation> only;
    Fault fault = Fault::error;
    Lasting lasting = Lasting::once;
    bool failing = false;
    bool failed = false;
    bool full = false;
    bool read_only = false;
    bool dead = false;

    /// Counts the operation and says whether and how it fails.
    std::optional<Fault> next(Operation operation);
    std::shared_ptr<CachedFile> cached(const std::string& path);
};

/// Fills `state.vfs` with the methods of fault_methods.cpp.
void make_methods(FaultVfs::State& state);

}  // namespace workflow::test
