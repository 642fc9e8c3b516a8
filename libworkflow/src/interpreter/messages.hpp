// Messages as the engine asks about them before a step takes one. Pure.
#pragma once

#include <optional>

#include "interpreter/run.hpp"

namespace workflow::interpreter {

/// Whether the place takes the message now: it waits, what the message says fits, its guard holds.
/// A guard that cannot be evaluated does not hold.
[[nodiscard]] bool takes(const Procedure& procedure, const Calendars& calendars,
                         const Instance& instance, const Message& message, Ordinal place,
                         Instant now);
/// Why nobody could take the message as it is: the procedure does not know it, or a field is wrong.
[[nodiscard]] std::optional<Refusal> objection_to(const Procedure& procedure,
                                                  const Calendar& calendar, const Message& message);

/// The event (step.cpp). Abandon where it is refused.
void apply_message(Run& run, const Message& event);

}  // namespace workflow::interpreter
