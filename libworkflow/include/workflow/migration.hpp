// Moving an instance from one version of its procedure to another. Pure, as step is.
// Thread-safe functions over immutable values.
#pragma once

#include <vector>

#include "workflow/interpreter.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Every token, timer, clock and datum goes to its place in the version `to`, as the mapping says or
/// under its own id; then the new version's automatic ways are taken. A state keeps its kind and what
/// lies around it. A clock that goes on keeps what was used of its limit; the limit is the new
/// version's. A moment of it that lies ahead again fires again. A timer counts by its new length from
/// when its state was entered. Clocks and timers that only the new version has begin now. A branch that
/// only the new version has is not opened where its parallel is under way.
///
/// Refused `same_version`; or, as a whole, `not_migratable`, when something has no place: Refusal::because names all of
/// it. `from` is what the instance runs by. Error{misuse}: versions of two procedures, or others than
/// the event says; Error{not_found}: a calendar that is not among the given.
[[nodiscard]] Outcome migrate(const Procedure& from, const Procedure& to,
                              const Calendars& calendars, Instance instance, const Migrate& event,
                              Instant now);

/// What migrate() would do at `now`.
struct MigrationPlan {
    std::optional<Refusal> refused;  ///< nothing: it can be moved
    /// Deadlines that move, clocks first; numbers of clocks, timers and states are the new version's.
    std::vector<Redated> dates;
};
[[nodiscard]] MigrationPlan plan_migration(const Procedure& from, const Procedure& to,
                                           const Calendars& calendars, const Instance& instance,
                                           const Migrate& event, Instant now);

}  // namespace workflow
