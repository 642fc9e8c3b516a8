// Dossiers on the working calendar: a bar for each work item, days off shaded. Pure.
#pragma once

#include <string>
#include <vector>

#include "workflow/simulation.hpp"

namespace workflow::cli {

/// SVG to stand in an HTML page; each dossier a band of its own time, all to one scale.
[[nodiscard]] std::string gantt_svg(const simulation::Assumptions& assumptions,
                                    const std::vector<simulation::FinishedDossier>& courses,
                                    const std::string& language);

}  // namespace workflow::cli
