// What the handles of the interface stand for. A handle is a number that is never given twice: one that was
// closed, or never opened, is found out. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

namespace workflow::c {

template <class Held>
class Handles {
public:
    [[nodiscard]] std::uintptr_t add(std::shared_ptr<Held> held) {
        const std::unique_lock lock(mutex_);
        held_.emplace(++last_, std::move(held));
        return last_;
    }
    /// Null: closed, or no handle. What is found stays alive while the caller has it.
    [[nodiscard]] std::shared_ptr<Held> find(std::uintptr_t handle) const {
        const std::shared_lock lock(mutex_);
        const auto found = held_.find(handle);
        return found == held_.end() ? nullptr : found->second;
    }
    /// Null: it was not there.
    std::shared_ptr<Held> remove(std::uintptr_t handle) {
        const std::unique_lock lock(mutex_);
        const auto found = held_.find(handle);
        if (found == held_.end()) return nullptr;
        std::shared_ptr<Held> held = std::move(found->second);
        held_.erase(found);
        return held;
    }

    [[nodiscard]] std::size_t size() const {
        const std::shared_lock lock(mutex_);
        return held_.size();
    }

private:
    mutable std::shared_mutex mutex_;
    std::map<std::uintptr_t, std::shared_ptr<Held>> held_;
    std::uintptr_t last_ = 0;
};

}  // namespace workflow::c
