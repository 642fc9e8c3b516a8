// What a store indexes of an instance: a projection of it. Immutable values; a thread-safe function.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/instance.hpp"
#include "workflow/procedure.hpp"

namespace workflow {

struct DueRow {
    Instant due;
    Ordinal ordinal = 0;      ///< token or clock
    std::uint32_t timer = 0;  ///< which of its timers or moments
    friend auto operator<=>(const DueRow&, const DueRow&) = default;
};
struct WorkRow {
    Ordinal ordinal = 0;
    std::uint32_t state = 0;
    std::uint32_t role = 0;
    Value for_whom;  ///< text: a unit, or an actor, be it because he has claimed it; or null
    /// Of the clock that is due first on the token, else on what is nearest around it; the largest:
    /// none is running.
    Instant due = Instant::max();
    friend bool operator==(const WorkRow&, const WorkRow&) = default;
};
/// A token that stands still.
struct IncidentRow {
    Instant since;
    Ordinal ordinal = 0;
    friend bool operator==(const IncidentRow&, const IncidentRow&) = default;
};
/// A place to which a message can be brought by its key, or, broadcast, by its name alone.
struct SubscriptionRow {
    std::uint32_t message = 0;
    std::string key;
    Instant since;
    Ordinal ordinal = 0;
    friend bool operator==(const SubscriptionRow&, const SubscriptionRow&) = default;
};
struct IndexRows {
    std::vector<DueRow> due;
    std::vector<WorkRow> work;
    std::vector<SubscriptionRow> subscriptions;
    std::vector<IncidentRow> incidents;
    friend bool operator==(const IndexRows&, const IndexRows&) = default;
};
/// A projection of the instance: timers to wake it, work items to list. Of each clock only the
/// moment that is due next.
[[nodiscard]] IndexRows index_rows(const Procedure& procedure, const Calendars& calendars,
                                   const Instance& instance);

}  // namespace workflow
