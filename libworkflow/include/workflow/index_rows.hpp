// What a store indexes of an instance: a projection of it. Immutable values; a thread-safe function.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/instance.hpp"
#include "workflow/procedure.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

struct DueRow {
    Instant due;
    Ordinal ordinal = 0;      ///< token or clock
    std::uint32_t timer = 0;  ///< which of its timers or moments
    friend auto operator<=>(const DueRow&, const DueRow&) = default;
};
struct WorkRow {
    Ordinal ordinal = 0;
    std::uint32_t state = 0;
    std::uint32_t role = no_index;  ///< no_index: nobody has work on it
    Value for_whom;  ///< text: a unit, or an actor, be it because he has claimed it; or null
    /// Of the clock that is due first on the token, else on what is nearest around it; the largest:
    /// none is running.
    Instant due = Instant::max();
    bool counted = false;  ///< the first of its token: by it the token is counted
    friend bool operator==(const WorkRow&, const WorkRow&) = default;
};
/// That the instance is under way.
struct ActiveRow {
    std::string unit;  ///< in charge of it; empty: none
    Instant received;
    /// Of the first of the procedure's own clocks; the largest: none is running.
    Instant due = Instant::max();
    friend bool operator==(const ActiveRow&, const ActiveRow&) = default;
};
/// A value under which it is found, as text of at most field_value_bytes_max bytes.
struct FieldRow {
    std::uint32_t field = 0;
    std::string value;
    friend bool operator==(const FieldRow&, const FieldRow&) = default;
};
inline constexpr std::size_t field_value_bytes_max = 256;
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
    std::vector<WorkRow> work;      ///< of roles
    std::vector<WorkRow> unworked;  ///< tokens on which nobody has work, and nothing inside
    std::optional<ActiveRow> active;
    std::vector<FieldRow> fields;  ///< also of an instance that has ended
    std::vector<SubscriptionRow> subscriptions;
    std::vector<IncidentRow> incidents;
    friend bool operator==(const IndexRows&, const IndexRows&) = default;
};
/// A projection of the instance: timers to wake it, work items to list, by what it is found. Of each
/// clock only the moment that is due next.
[[nodiscard]] IndexRows index_rows(const Procedure& procedure, const Calendars& calendars,
                                   const Instance& instance);
/// The same, in `rows`: whoever asks again and again keeps their memory.
void index_rows(const Procedure& procedure, const Calendars& calendars, const Instance& instance,
                IndexRows& rows);
/// The unit in charge of it; empty: none.
[[nodiscard]] std::string unit_of(const Procedure& procedure, const Instance& instance);
/// As a value is looked for: at most so many bytes of its text.
[[nodiscard]] std::string indexed_text(const Value& value);

}  // namespace workflow
