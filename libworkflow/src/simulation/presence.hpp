// When one person is there: while offices are open by his calendar, and he is not absent. Immutable; the
// calendar outlives it.
#pragma once

#include <chrono>
#include <vector>

#include "workflow/assumptions.hpp"

namespace workflow::simulation {

class Presence {
public:
    Presence(const Calendar& calendar, const std::vector<Absence>& absences);

    [[nodiscard]] bool is_there(Instant at) const;
    /// The first instant from `at` on at which he is.
    [[nodiscard]] Instant next_there(Instant at) const;
    /// When somebody who begins at `from` has worked so long.
    [[nodiscard]] Instant after_work(Instant from, std::chrono::milliseconds amount) const;
    /// How long he is there from `from` until `to`.
    [[nodiscard]] std::chrono::milliseconds work_between(Instant from, Instant to) const;

private:
    /// [from, to).
    struct Stretch {
        Instant from;
        Instant to;
    };
    const Calendar& calendar_;
    std::vector<Stretch> away_;  ///< ascending, apart from each other
};

}  // namespace workflow::simulation
