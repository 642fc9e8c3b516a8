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
    void pass(double hours) { elapsed_ += hours; }
    [[nodiscard]] double hours() const { return elapsed_; }
    /// The office is as full as it will be: what has been added up over time begins anew.
    void forget_warm_up();

    void dossier_begins();
    void dossier_ends();
    void queue_grows(std::uint32_t state, std::uint32_t role);
    void queue_shrinks(std::uint32_t state, std::uint32_t role);
    void begins_work(std::uint32_t role);
    void ends_work(std::uint32_t role, std::size_t person, double hours);
    /// Everything has happened.
    [[nodiscard]] Replication take();

    /// Of dossiers that are counted.
    [[nodiscard]] Replication& counted() { return result_; }

private:
    struct Level {
        std::uint64_t now = 0;
        double since = 0;  ///< when it changed last, or was added up
    };
    void change(Level& level, OverTime& over_time, std::int64_t by);
    void change_under_way(std::int64_t by);
    void change_queued(std::uint32_t state, std::int64_t by);
    void settle();

    Replication result_;
    double elapsed_ = 0;       ///< open hours since the very beginning
    double counted_since_ = 0;
    std::vector<Level> queued_;  ///< by state
    std::vector<Level> queues_;  ///< by role
    std::vector<Level> busy_;    ///< by role
    Level under_way_;
};

}  // namespace workflow::simulation
