// A simulation as one HTML file that is readable offline, on a phone and on paper. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session.hpp"
#include "workflow/simulation.hpp"

namespace workflow::cli {

/// What the page shows.
struct SimulationPage {
    const simulation::Assumptions& assumptions;
    const simulation::Plan& plan;
    const simulation::Simulated& simulated;
    std::vector<simulation::FinishedDossier> typical;
    std::vector<simulation::FinishedDossier> worst;
    std::string graph;  ///< SVG of `dot`; empty: there is none
    /// Of a comparison: what it was before.
    const simulation::Assumptions* before = nullptr;
    std::vector<simulation::Difference> differences;
};

/// Self-contained HTML 5, UTF-8: styles, figures and the charting library are in it, nothing is loaded, and its
/// Content-Security-Policy lets nothing else run. Texts of procedure and scenario are only ever shown.
[[nodiscard]] std::string simulation_html(const SimulationPage& page, const std::string& language);

/// The procedure's graph, coloured by where dossiers wait, in the DOT language.
[[nodiscard]] std::string load_graph(const simulation::Assumptions& assumptions,
                                     const simulation::Simulated& simulated,
                                     const std::string& language);

/// The source of Chart.js with its licence, as it was when the tool was built; empty: it was not there.
[[nodiscard]] std::string_view chart_library();

}  // namespace workflow::cli
