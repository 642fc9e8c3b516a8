// Calls of the engine as work: done in the caller's thread, or in another's with what others brought.
#pragma once

#include "engine/implementation.hpp"

namespace workflow::engine {

// Each checks what it is given at once, and reads the clock then. `answer` is there when the work has
// been run, and lives until then, as `core` does.
[[nodiscard]] Work starting(Core& core, const Engine::StartRequest& start, const Request& request,
                            std::optional<Answer>& answer);
[[nodiscard]] Work sending(Core& core, const std::string& instance, Event event,
                           const Request& request, std::optional<Answer>& answer);
[[nodiscard]] Work bringing(Core& core, const Message& message,
                            std::optional<MessageAnswer>& answer);

template <class AnyAnswer>
void count_refusal(Metrics& metrics, const AnyAnswer& answer) {
    if (const auto* refusal = std::get_if<Refusal>(&answer)) metrics.count(refusal->code);
}

/// What is due at once leads to what is due at once: a circle as that of automatic moves (R26).
[[nodiscard]] Refusal too_many_timers();
/// Error{limit}: too long; Error{misuse}: control characters or invalid UTF-8. `what` begins the
/// sentence.
void check_key(const std::string& key, const char* what);

}  // namespace workflow::engine
