// Time of one clock, derived from its ledger and the calendar (rules R71, R72, R77, R78). Pure.
#pragma once

#include <optional>

#include "procedure/model.hpp"
#include "workflow/calendar.hpp"
#include "workflow/instance.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::interpreter {

/// Timer numbers of a clock in TimerDue and DueRow: its moments, then these two.
[[nodiscard]] std::uint32_t due_timer(const procedure::Clock& clock);    ///< the bare due instant
[[nodiscard]] std::uint32_t start_timer(const procedure::Clock& clock);  ///< wakes an idle clock

/// What an interval used of a limit's unit, in days or, for hour units, milliseconds.
[[nodiscard]] std::int64_t used_by(const Calendar& calendar, Limit limit, Instant from, Instant to);

struct Derived {
    Deadline due;
    std::int64_t used = 0;    ///< by the closed intervals of this round, as used_by
    Instant counts_from;      ///< start of the last counting interval
    std::int64_t budget = 0;  ///< what that interval had left, as used_by
    bool late_when_closed = false;
};
/// Where the current round's limit ends; while the clock waits, where it would have ended.
[[nodiscard]] Derived derive(const Calendar& calendar, const ClockState& clock);

/// When a moment that has not fired is due; nothing when it does not fire (any more).
[[nodiscard]] std::optional<Instant> moment_due(const Calendar& calendar,
                                                const procedure::Clock& definition,
                                                const ClockState& clock, std::uint32_t timer,
                                                const Derived& derived);

/// The result of a clock that ends at `at`.
[[nodiscard]] ClockResult result_at(const Calendar& calendar, const ClockState& clock, Instant at,
                                    const Derived& derived);
[[nodiscard]] Instant round_start(const ClockState& clock);

}  // namespace workflow::interpreter
