// The procedures that were installed with the tool, by their names. Thread-safe functions.
#pragma once

#include <string>

namespace CLI {
class Option;
}

namespace workflow::cli {

/// `service_onboarding` is the file of the installed procedure, where nothing of that name is in the working
/// folder and such a procedure is installed; every other word is what it was.
[[nodiscard]] std::string definition_named(const std::string& word);
/// The option takes such names, too.
CLI::Option* takes_names(CLI::Option* option);

}  // namespace workflow::cli
