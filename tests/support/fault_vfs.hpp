// A SQLite file system that fails on demand and loses power. Thread-safe, but for one test's use.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace workflow::test {

/// What SQLite asks of the disk; each is counted.
enum class Operation : std::uint8_t { open, read, write, sync, truncate, lock, shared_memory };
enum class Fault : std::uint8_t {
    error,        ///< SQLITE_IOERR_* of the operation, SQLITE_CANTOPEN of an open
    full,         ///< writes: SQLITE_FULL; other operations as `error`
    short_write,  ///< writes: the first half arrives, then SQLITE_IOERR_WRITE; others as `error`
};
/// `once`: one operation fails. `onwards`: it and all after it, until heal().
enum class Lasting : std::uint8_t { once, onwards };

/// Wraps the default file system under a name of its own; shared memory passes through. Registered
/// while it lives; it must outlive every store opened with it.
///
/// With Power::may_fail, writes and truncations stay beside the file until it is synced, as in a
/// disk's cache, and power_cut() decides their fate. Files made and removed are so at once.
/// Syncs end there: the real disk is not waited for.
class FaultVfs {
public:
    enum class Power : std::uint8_t { certain, may_fail };
    explicit FaultVfs(Power power = Power::certain);
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;
    ~FaultVfs();

    [[nodiscard]] const std::string& name() const;

    /// The n-th operation from now (1: the next) fails; counted over all operations.
    void fail_at(std::uint64_t n, Fault fault, Lasting lasting = Lasting::once);
    /// The n-th operation of one kind from now fails.
    void fail_at(std::uint64_t n, Operation operation, Fault fault,
                 Lasting lasting = Lasting::once);
    /// Every write meets a full disk, until heal().
    void fill_disk();
    /// Files open for reading only, and writes to open ones fail, until heal().
    void make_read_only();
    void heal();
    /// Whether a fault that was asked for has come since it was asked for.
    [[nodiscard]] bool has_failed() const;
    [[nodiscard]] std::uint64_t count(Operation operation) const;

    /// Each write and truncation since its file's last sync is dropped, kept, or torn (some of its
    /// sectors of 512 bytes arrive), by `seed`. From then on everything fails: close, and reopen
    /// the real file with the plain file system.
    void power_cut(std::uint32_t seed);

    struct State;

private:
    std::unique_ptr<State> state_;
};

}  // namespace workflow::test
