// Answers from outside: of services, of their operator, of called procedures (step.cpp).
#pragma once

#include "interpreter/run.hpp"

namespace workflow::interpreter {

// Timers of a token on a service, behind those that the file gives its state.
[[nodiscard]] inline std::uint32_t timeout_timer(const procedure::State& state) {
    return static_cast<std::uint32_t>(state.timers.size());
}
[[nodiscard]] inline std::uint32_t retry_timer(const procedure::State& state) {
    return static_cast<std::uint32_t>(state.timers.size()) + 1;
}

void apply_result(Run& run, const EffectResult& event);
/// Abandon where it is refused.
void resolve(Run& run, const Resolve& event);
void apply_child_end(Run& run, const ChildEnded& event);

/// What a caller that waits is told of an instance that has ended; nothing before, or when nobody
/// waits.
[[nodiscard]] std::optional<ChildEnded> end_of_child(const Procedure& procedure,
                                                     const Instance& child);

}  // namespace workflow::interpreter
