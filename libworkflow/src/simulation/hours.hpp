// Hours as numbers, and the whole milliseconds of instants. Pure.
#pragma once

#include <chrono>
#include <cstdint>

namespace workflow::simulation {

inline constexpr double milliseconds_an_hour = 3'600'000;

/// To the nearest millisecond.
[[nodiscard]] inline std::chrono::milliseconds of_hours(double hours) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(hours * milliseconds_an_hour + 0.5));
}
[[nodiscard]] inline double hours_of(std::chrono::milliseconds time) {
    return static_cast<double>(time.count()) / milliseconds_an_hour;
}

}  // namespace workflow::simulation
