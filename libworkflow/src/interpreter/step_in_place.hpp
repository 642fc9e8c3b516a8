// A step that leaves the instance where it stands: for who has it for himself. Pure.
#pragma once

#include <optional>
#include <vector>

#include "interpreter/trace.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::interpreter {

struct Offer;

/// Where a step writes what it has done.
struct Taken {
    std::vector<Record>& records;
    std::vector<Effect>& effects;
};

/// The same as `step`, of the instance where it stands: after a refusal it may be half changed, and so may be
/// what was taken.
[[nodiscard]] std::optional<Refusal> step_in_place(const Procedure& procedure,
                                                   const Calendars& calendars, Instance& instance,
                                                   Taken taken, const Event& event, Instant now,
                                                   Trace* trace = nullptr);

/// The same of an action on an offer that judge() has found open, to the same actor at the same instant: it is
/// not judged again.
[[nodiscard]] std::optional<Refusal> perform_in_place(const Procedure& procedure,
                                                      const Calendars& calendars, Instance& instance,
                                                      Taken taken, const Perform& perform,
                                                      const Offer& offer, Instant now);

}  // namespace workflow::interpreter
