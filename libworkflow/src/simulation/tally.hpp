// Counts what happens in one replication. Confined.
#pragma once

#include <span>
#include <vector>

#include "workflow/assumptions.hpp"
#include "workflow/interpreter.hpp"
#include "workflow/simulation_results.hpp"

namespace workflow::simulation {


class Tally {
public:
    explicit Tally(const Assumptions& assumptions);

    /// Open hours go by, on which everything stays as it is.
    void pass(double hours, std::size_t under_way);
    [[nodiscard]] double hours() const { return elapsed_; }
    /// The office is as full as it will be: what has been added up over time begins anew.
    void forget_warm_up();

    void queue_grows(std::uint32_t state, std::uint32_t role);
    void queue_shrinks(std::uint32_t state, std::uint32_t role);
    void begins_work(std::uint32_t role);
    void ends_work(std::uint32_t role, std::size_t person, double hours);
    /// Everything has happened.
    [[nodiscard]] Replication take();

    /// Of dossiers that are counted.
    [[nodiscard]] Replication& counted() { return result_; }

private:
    /// A level since it changed last.
    struct Level {
        std::uint64_t now = 0;
        double since = 0;
    };
    void change(Level& level, OverTime& over_time, std::int64_t by);

    Replication result_;
    double elapsed_ = 0;   ///< open hours since the very beginning
    std::vector<std::uint64_t> queued_;  ///< by state
    std::vector<Level> queues_;          ///< by role
    std::vector<Level> busy_;            ///< by role
    Level under_way_;
};

}  // namespace workflow::simulation
