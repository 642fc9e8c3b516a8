// A tests.yaml that was played, or could not be loaded. Confined.
#pragma once

#include <filesystem>
#include <vector>

#include "workflow/scenario.hpp"

namespace workflow::cli {

struct PlayedFile {
    std::filesystem::path path;
    Diagnostics findings;
    std::vector<ScenarioResult> cases;
    std::vector<Coverage> coverage;  ///< where it is asked for; first of the procedure beside it

    /// What cannot be loaded counts as one case that failed.
    [[nodiscard]] bool is_loaded() const { return !has_errors(findings); }
    [[nodiscard]] std::size_t count() const { return is_loaded() ? cases.size() : 1; }
    [[nodiscard]] std::size_t failed() const {
        if (!is_loaded()) return 1;
        std::size_t failed = 0;
        for (const ScenarioResult& one : cases) failed += one.holds() ? 0 : 1;
        return failed;
    }
};

}  // namespace workflow::cli
