// What the engine answered to a person, printed. Confined.
#pragma once

#include "dossier_store.hpp"
#include "words.hpp"

namespace workflow::cli {

/// Prints what was done or why not. Returns the exit status.
int print_answer(const Answer& answer, Engine& engine, const Word& done, const Word& repeated,
                 const std::string& instance, const Session& session);

/// Why an instance cannot be moved to another version: every reason.
[[nodiscard]] nlohmann::ordered_json because_json(const Refusal& refusal, const Session& session);
/// The same, a line each.
[[nodiscard]] std::string refused_lines(const std::string& instance, const Refusal& refusal,
                                        const Session& session);

}  // namespace workflow::cli
