// When everybody who could have done something was at work, as a log tells it. Immutable.
#pragma once

#include <functional>
#include <vector>

#include "workflow/time.hpp"

namespace workflow::simulation {

/// [from, to) in which one person worked.
struct Busy {
    Instant from;
    Instant to;
};

class AllBusy {
public:
    using Hours = std::function<double(Instant from, Instant to)>;
    /// One list for each person, in any order; `hours` measures a stretch.
    AllBusy(const std::vector<std::vector<Busy>>& people, const Hours& hours);

    /// Of the hours in [from, to) those in which somebody had nothing to do.
    [[nodiscard]] double idle_hours(Instant from, Instant to) const;

private:
    /// Hours of all-busy stretches before `at`.
    [[nodiscard]] double busy_before(Instant at) const;

    Hours hours_;
    std::vector<Busy> stretches_;  ///< ascending, apart: everybody worked
    std::vector<double> before_;   ///< hours of the stretches before each
};

}  // namespace workflow::simulation
