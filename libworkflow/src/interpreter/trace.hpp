// What a step came by that no record tells: the ways that it took, and how each guard came out. For
// those who ask which parts of a procedure their examples have seen. Confined, as the step is.
#pragma once

#include <utility>
#include <vector>

#include "procedure/model.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::interpreter {

/// Refers to the model of the procedure that the step ran by.
struct Trace {
    std::vector<const procedure::Way*> ways;  ///< taken, and not undone again
    std::vector<std::pair<const procedure::Cel*, bool>> guards;
};

/// The same as `step`, and adds to the trace; null: nobody watches.
[[nodiscard]] Outcome step_traced(const Procedure& procedure, const Calendars& calendars,
                                  Instance&& instance, const Event& event, Instant now,
                                  Trace* trace);

}  // namespace workflow::interpreter
