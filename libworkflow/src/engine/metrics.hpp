// What an engine has done since it was made. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "workflow/interpreter.hpp"
#include "workflow/log.hpp"

namespace workflow::engine {

/// Steps of one transaction: by the kind of their event, and what is to be told of them once it is
/// committed. Confined.
struct Tally {
    std::array<std::uint32_t, std::variant_size_v<Event>> steps{};
    bool is_logged = false;  ///< somebody listens
    std::vector<LogEntry> log = {};
};

class Metrics {
public:
    /// What a transaction has kept.
    void count(const Tally& tally) noexcept;
    void count(RefusalCode refusal);
    void count_commit(std::chrono::nanoseconds took) noexcept;

    /// Of OpenMetrics 1.0 (openmetrics.io), with what is measured now.
    struct Gauges {
        std::chrono::milliseconds timer_lag{0};
        std::size_t outbox_depth = 0;
    };
    [[nodiscard]] std::string text(const Gauges& gauges) const;

private:
    /// Upper bounds of a commit's length, in microseconds; above the last one is one more.
    static constexpr std::array<std::uint32_t, 13> bounds{100,    250,     500,     1'000,   2'500,
                                                          5'000,  10'000,  25'000,  50'000,  100'000,
                                                          250'000, 1'000'000, 5'000'000};

    std::array<std::atomic<std::uint64_t>, std::variant_size_v<Event>> steps_{};
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> commits_{};
    std::atomic<std::uint64_t> commit_nanoseconds_{0};
    mutable std::mutex mutex_;
    std::map<RefusalCode, std::uint64_t> refusals_;
};

}  // namespace workflow::engine
