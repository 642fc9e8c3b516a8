// When dossiers come. Confined to one replication.
#pragma once

#include <optional>

#include "simulation/draws.hpp"
#include "workflow/assumptions.hpp"

namespace workflow::simulation {

class ArrivalTimes {
public:
    /// The assumptions outlive it.
    ArrivalTimes(const Assumptions& assumptions, std::uint64_t seed, std::uint64_t replication);

    /// The next one after the last; nothing: no more come. The draws of each are its own.
    [[nodiscard]] std::optional<Instant> next();

private:
    [[nodiscard]] std::optional<Instant> after(const Distribution& pause);
    [[nodiscard]] std::optional<Instant> after(const WeekOfArrivals& week);
    [[nodiscard]] std::optional<Instant> after(const std::vector<Instant>& listed);

    const Assumptions& assumptions_;
    const Calendar& calendar_;
    std::uint64_t seed_;
    std::uint64_t replication_;
    std::uint64_t number_ = 0;
    Instant last_;
};

/// How many dossiers come in an hour of the procedure's calendar, on average over a year from the
/// beginning; of listed ones, over their time.
[[nodiscard]] double arrivals_an_hour(const Assumptions& assumptions);

}  // namespace workflow::simulation
