// Where the engine reads the time: the host's clock, or a virtual one. Thread-safe.
#pragma once

#include <atomic>
#include <chrono>

#include "workflow/time.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Read once per call of the engine. Implement it to give the host's own time.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

/// Stands still until it is set: for tests, examples and what-if questions.
class VirtualClock final : public Clock {
public:
    explicit VirtualClock(Instant start) : now_(start) {}
    [[nodiscard]] Instant now() const override { return now_.load(); }
    void set(Instant instant) { now_.store(instant); }

private:
    std::atomic<Instant> now_;
};

}  // namespace workflow
