// What yaml-cpp says about a malformed file, in words for an analyst. Pure.
#pragma once

#include <yaml-cpp/exceptions.h>

#include <optional>
#include <string>
#include <string_view>

#include "workflow/diagnostic.hpp"

namespace workflow::definition {

[[nodiscard]] Diagnostic explain_fault(const YAML::Exception& fault, const std::string& file,
                                       std::string_view source, const Place& place);

/// What the brackets and quotes up to `place` say about the fault there.
[[nodiscard]] std::optional<Diagnostic> explain_brackets(const std::string& file,
                                                         std::string_view source,
                                                         const Place& place);

}  // namespace workflow::definition
