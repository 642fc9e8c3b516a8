#include "support/fault_vfs.hpp"

#include <atomic>
#include <stdexcept>

#include "support/fault_state.hpp"

namespace workflow::test {

FaultVfs::FaultVfs(Power power) : state_(std::make_unique<State>()) {
    static std::atomic<int> number = 0;
    state_->name = "fault-" + std::to_string(++number);
    state_->power = power;
    state_->real = sqlite3_vfs_find(nullptr);
    make_methods(*state_);
    if (sqlite3_vfs_register(&state_->vfs, 0) != SQLITE_OK) {
        throw std::runtime_error("cannot register the SQLite file system " + state_->name);
    }
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& FaultVfs::name() const {
    return state_->name;
}

void FaultVfs::fail_at(std::uint64_t n, Fault fault, Lasting lasting) {
    heal();
    const std::lock_guard lock(state_->mutex);
    state_->countdown = n;
    state_->only.reset();
    state_->fault = fault;
    state_->lasting = lasting;
}

void FaultVfs::fail_at(std::uint64_t n, Operation operation, Fault fault, Lasting lasting) {
    fail_at(n, fault, lasting);
    const std::lock_guard lock(state_->mutex);
    state_->only = operation;
}

void FaultVfs::fill_disk() {
    const std::lock_guard lock(state_->mutex);
    state_->full = true;
}

void FaultVfs::make_read_only() {
    const std::lock_guard lock(state_->mutex);
    state_->read_only = true;
}

void FaultVfs::heal() {
    const std::lock_guard lock(state_->mutex);
    state_->countdown = 0;
    state_->failing = state_->failed = state_->full = state_->read_only = false;
}

bool FaultVfs::has_failed() const {
    const std::lock_guard lock(state_->mutex);
    return state_->failed;
}

std::uint64_t FaultVfs::count(Operation operation) const {
    const std::lock_guard lock(state_->mutex);
    return state_->counts[static_cast<std::size_t>(operation)];
}

void FaultVfs::power_cut(std::uint32_t seed) {
    const std::lock_guard lock(state_->mutex);
    std::mt19937 generator(seed);
    for (auto& [path, file] : state_->files) file->lose_power(generator);
    state_->dead = true;
}

std::optional<Fault> FaultVfs::State::next(Operation operation) {
    const std::lock_guard lock(mutex);
    if (dead) return Fault::error;
    ++counts[static_cast<std::size_t>(operation)];
    if (failing && (!only || *only == operation)) return fault;
    if (countdown == 0 || (only && *only != operation)) return std::nullopt;
    if (--countdown > 0) return std::nullopt;
    failed = true;
    failing = lasting == Lasting::onwards;
    return fault;
}

std::shared_ptr<CachedFile> FaultVfs::State::cached(const std::string& path) {
    const std::lock_guard lock(mutex);
    auto& file = files[path];
    if (!file) file = std::make_shared<CachedFile>(path);
    return file;
}

}  // namespace workflow::test
