// Dossiers under way in an office, with their work items. Confined to one replication.
#pragma once

#include <boost/container/small_vector.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "simulation/staff.hpp"
#include "workflow/assumptions.hpp"
#include "workflow/index_rows.hpp"
#include "workflow/instance.hpp"
#include "workflow/simulation.hpp"

namespace workflow::simulation {

/// As a rule one.
template <class Kept>
using Few = boost::container::small_vector<Kept, 1>;

/// A work item of a dossier, from when it comes until it is done or withdrawn.
struct Item {
    enum class Phase : std::uint8_t {
        pending,  ///< cannot be begun yet
        queued,
        at_work,
        worked,  ///< and still there: nothing more is done on it by itself
    };
    static constexpr std::size_t nobody = SIZE_MAX;

    Ordinal ordinal = 0;
    std::uint32_t state = 0;
    Phase phase = Phase::pending;
    Waiting waiting;
    Roles roles;                        ///< those that do it
    Roles offered;                      ///< that could do it
    std::vector<std::string> for_whom;  ///< units or people; empty: anyone
    std::size_t person = nobody;        ///< who works, or has worked, on it
    std::uint64_t work = 0;             ///< number of that work
    double effort = 0;                  ///< hours
    const Trace::Step* traced = nullptr;  ///< instead: how long, by the clock, and what ends it
    Instant came;
    std::chrono::milliseconds came_open{};   ///< when it came, in open time
    std::chrono::milliseconds since_open{};  ///< since when it waits for people, in open time
    Instant begun;
    std::string action;  ///< that ended it
    [[nodiscard]] std::uint32_t role() const { return roles.front(); }
};

struct Dossier {
    struct ClockStart {
        Ordinal owner = 0;
        std::uint32_t clock = 0;
        Instant at;
    };
    struct Visits {
        std::uint32_t state = 0;
        std::uint64_t times = 0;
    };
    static constexpr std::uint64_t nothing = UINT64_MAX;

    std::uint64_t number = nothing;  ///< of all that ever came
    std::uint32_t slot = 0;          ///< among those under way
    Instance instance;
    Instant arrived;
    std::chrono::milliseconds arrived_open{};  ///< in open time
    Few<Item> items;                           ///< by ordinal
    Few<Visits> all_visits;                    ///< of states, by work or service
    std::vector<ClockStart> clocks;            ///< that run
    std::vector<std::pair<Ordinal, std::uint32_t>> subscribed;  ///< token and message
    std::optional<DueRow> timer;
    std::uint64_t timer_age = 0;
    double worked = 0;       ///< hours
    std::size_t traced = 0;  ///< steps of its trace that are taken
    bool late = false;
    std::vector<Stage> stages;  ///< only where somebody wants to know

    /// Null: there is none.
    [[nodiscard]] Item* item(Ordinal ordinal);
    [[nodiscard]] std::uint64_t& visits(std::uint32_t state);
    void clear();
};

/// Stay where they are until they end; then their memory serves the next.
class Dossiers {
public:
    [[nodiscard]] Dossier& in(std::uint32_t slot) { return slots_[slot]; }
    /// Null: it is not under way any more.
    [[nodiscard]] Dossier* find(std::uint32_t slot, std::uint64_t number) {
        return slot < slots_.size() && slots_[slot].number == number ? &slots_[slot] : nullptr;
    }
    [[nodiscard]] Dossier& begin(std::uint64_t number);
    void end(Dossier& dossier);
    template <class Visit>
    void each(const Visit& visit) const {
        for (const Dossier& dossier : slots_) {
            if (dossier.number != Dossier::nothing) visit(dossier);
        }
    }

private:
    std::deque<Dossier> slots_;
    std::vector<std::uint32_t> free_;
};

}  // namespace workflow::simulation
