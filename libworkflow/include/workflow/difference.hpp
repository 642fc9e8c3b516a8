// What changed from one version of a procedure to another, in words. Thread-safe functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/diagnostic.hpp"
#include "workflow/procedure.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// One change. The words come from the catalogue, as those of a Diagnostic.
struct Change {
    std::string code;
    std::vector<std::string> arguments;
    Place place;  ///< in the new file; of what was removed, in the old one

    [[nodiscard]] std::string message(std::string_view language = "en") const;
};

/// In the order of the new file, what was removed at the end. Empty: both say the same, but for the
/// version, comments, the order of keys, and titles that only pictures show.
[[nodiscard]] std::vector<Change> differences(const Procedure& before, const Procedure& after);

}  // namespace workflow
