// The calls by name, each kind in a file of its own. Immutable.
#pragma once

#include <span>

#include "marshal/answers.hpp"
#include "marshal/arguments.hpp"
#include "marshal/marshal.hpp"

namespace workflow::marshal {

struct Method {
    const char* name;
    Reply (*call)(Engine& engine, Arguments& arguments);
    /// The same for callers who do not wait; null: no such.
    void (*later)(CommitService& commits, Engine& engine, Arguments& arguments, Completion told) = nullptr;
};

[[nodiscard]] std::span<const Method> definition_methods();
[[nodiscard]] std::span<const Method> event_methods();
[[nodiscard]] std::span<const Method> question_methods();
[[nodiscard]] std::span<const Method> version_methods();
[[nodiscard]] std::span<const Method> upkeep_methods();

/// What is given as `file` or as `yaml`.
[[nodiscard]] LoadedProcedure given_procedure(Arguments& arguments);
[[nodiscard]] LoadedCalendar given_calendar(Arguments& arguments);

/// What the engine answered to a step; of a refusal with what else could be done.
[[nodiscard]] Reply reply(const Answer& answer, Engine& engine, const std::string& instance);
/// What every batch tells of itself.
[[nodiscard]] Members batch(const BatchReport& report);

}  // namespace workflow::marshal
