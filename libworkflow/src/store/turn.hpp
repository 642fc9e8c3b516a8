// Who may enter: one writer, or readers side by side. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace workflow::store {

/// A lock for readers and one writer that gives up after a time-out, and that, unlike a mutex, may
/// be let go by another thread than the one that took it.
class Turn {
public:
    /// False: not had within the time-out.
    [[nodiscard]] bool enter_writing(std::chrono::milliseconds timeout) {
        std::unique_lock lock(mutex_);
        const bool free =
            changed_.wait_for(lock, timeout, [this] { return !writing_ && readers_ == 0; });
        if (free) writing_ = true;
        return free;
    }
    [[nodiscard]] bool enter_reading(std::chrono::milliseconds timeout) {
        std::unique_lock lock(mutex_);
        const bool free = changed_.wait_for(lock, timeout, [this] { return !writing_; });
        if (free) ++readers_;
        return free;
    }
    void leave_writing() noexcept {
        {
            const std::lock_guard lock(mutex_);
            writing_ = false;
        }
        changed_.notify_all();
    }
    void leave_reading() noexcept {
        {
            const std::lock_guard lock(mutex_);
            --readers_;
        }
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool writing_ = false;
    std::size_t readers_ = 0;
};

}  // namespace workflow::store
