// Where dossiers stand, how many there are, and how those that have ended did. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workflow/instance.hpp"
#include "workflow/time.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// A token that stands on a state.
struct StandingItem {
    std::string instance;
    Ordinal ordinal = 0;
    std::string unit;            ///< a unit or an actor that it is for; empty: anyone
    std::optional<Instant> due;  ///< of the clock that runs nearest to it
};
struct StandingPage {
    std::vector<StandingItem> items;
    std::string cursor;     ///< where the next page begins
    bool finished = false;  ///< there is no next page
};
/// How many stand on one state, for one unit.
struct StandingCount {
    std::string state;  ///< id
    std::string unit;   ///< as StandingItem::unit
    std::size_t tokens = 0;
    std::size_t late = 0;  ///< of them
    friend bool operator==(const StandingCount&, const StandingCount&) = default;
};

struct UnderWayItem {
    std::string instance;
    std::string unit;  ///< in charge of it, as the procedure's `unit` names it
    Instant received;
    std::optional<Instant> due;  ///< of the first of the procedure's own clocks, while it runs
};
struct UnderWayPage {
    std::vector<UnderWayItem> items;
    std::string cursor;
    bool finished = false;
};

/// How one that has ended kept its limit: that of the first of the procedure's own clocks that came
/// to a result, with its extensions and without its waits.
enum class KeptLimit : std::uint8_t { none, early, on_time, late };
[[nodiscard]] const char* to_string(KeptLimit result);
struct ClosedItem {
    std::string instance;
    std::string unit;
    Instant received;
    Instant closed;
    KeptLimit result{};
    std::int64_t working_days = 0;  ///< that its limit counted; without a limit from the day of receipt
};
struct ClosedPage {
    std::vector<ClosedItem> items;
    std::string cursor;
    bool finished = false;
};

struct FoundPage {
    std::vector<std::string> instances;
    std::string cursor;
    bool finished = false;
};

/// One unit's dossiers of a procedure in a period: the columns of form 06/VPCP/KSTT (Circular
/// 01/2020/TT-VPCP), on time as Decision 766/QĐ-TTg counts it: not after the date of the appointment,
/// the time that was waited for the applicant left out.
struct UnitStatistics {
    std::string unit;              ///< empty: none is named
    std::size_t carried_over = 0;  ///< received before the period, and under way when it began
    std::size_t received = 0;      ///< in the period
    std::size_t early = 0;         ///< ended in the period
    std::size_t on_time = 0;
    std::size_t late = 0;
    std::size_t without_limit = 0;  ///< ended in the period without a result of a limit: withdrawn ones
    std::size_t late_now = 0;       ///< under way now, and late
    std::int64_t working_days = 0;  ///< of those that ended in the period, together

    [[nodiscard]] std::size_t resolved() const { return early + on_time + late + without_limit; }
    /// At the end of the period.
    [[nodiscard]] std::size_t in_progress() const { return carried_over + received - resolved(); }
    [[nodiscard]] double average_working_days() const {
        return resolved() == 0 ? 0.0
                               : static_cast<double>(working_days) / static_cast<double>(resolved());
    }
    friend bool operator==(const UnitStatistics&, const UnitStatistics&) = default;
};

}  // namespace workflow
