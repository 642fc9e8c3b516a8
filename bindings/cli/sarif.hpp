// Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for the tools that
// show them beside the lines of a file. Pure function.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "workflow/diagnostic.hpp"

namespace workflow::cli {

/// One run; messages and rules in that language.
[[nodiscard]] nlohmann::ordered_json sarif_log(const Diagnostics& findings,
                                               std::string_view language);

}  // namespace workflow::cli
