// Time of one clock, derived from its ledger and the calendar (rules R71, R72, R76 to R78). Pure.
#pragma once

#include <optional>

#include "procedure/model.hpp"
#include "workflow/calendar.hpp"
#include "workflow/instance.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::interpreter {

/// Timer numbers of a clock in TimerDue and DueRow: its moments, then these three.
[[nodiscard]] std::uint32_t due_timer(const procedure::Clock& clock);    ///< the bare due instant
[[nodiscard]] std::uint32_t start_timer(const procedure::Clock& clock);  ///< wakes an idle clock
[[nodiscard]] std::uint32_t stop_timer(const procedure::Clock& clock);   ///< `stops: {date: ...}`

/// Hour units count milliseconds, the others days, months or years.
[[nodiscard]] bool counts_time(Unit unit);
/// A limit in what its unit counts; weeks in days.
[[nodiscard]] std::int64_t budget_of(Limit limit);

/// What an interval used of a limit's unit, in days or, for hour units, milliseconds.
[[nodiscard]] std::int64_t used_by(const Calendar& calendar, Limit limit, Instant from, Instant to);

struct Derived {
    Deadline due;
    std::int64_t used = 0;    ///< by the closed intervals of this round, as used_by
    Instant counts_from;      ///< start of the last counting interval
    std::int64_t budget = 0;  ///< what that interval had left, extensions included, as used_by
    bool late_when_closed = false;
};
/// The current due date or the original one (rule R77).
enum class Extensions : std::uint8_t { counted, left_out };
/// Where the current round's limit ends; while the clock waits, where it would have ended. Of a
/// clock that waits for the event that starts it: nothing.
[[nodiscard]] Derived derive(const Calendar& calendar, const ClockState& clock,
                             Extensions extensions = Extensions::counted);
/// Whether it was extended in this round.
[[nodiscard]] bool is_extended(const ClockState& clock);

/// When a moment that has not fired is due; nothing when it does not fire (any more).
[[nodiscard]] std::optional<Instant> moment_due(const Calendar& calendar,
                                                const procedure::Clock& definition,
                                                const ClockState& clock, std::uint32_t timer,
                                                const Derived& derived);

/// Counts that the moment has fired, so that moment_due() knows it; `due` is when it was due.
void count_fired(const Calendar& calendar, const procedure::Clock& definition, ClockState& clock,
                 std::uint32_t timer, Instant due);

/// The result of a clock that ends at `at`.
[[nodiscard]] ClockResult result_at(const Calendar& calendar, const ClockState& clock, Instant at,
                                    const Derived& derived);
/// Not of a clock that waits for the event that starts it.
[[nodiscard]] Instant round_start(const ClockState& clock);

}  // namespace workflow::interpreter
