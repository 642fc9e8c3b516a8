// A simulation's figures as a table for spreadsheets. Pure.
#pragma once

#include <string>

#include "workflow/simulation.hpp"

namespace workflow::cli {

/// One line per figure: part, id, figure, value; RFC 4180, UTF-8. Cells that a spreadsheet would take for a
/// formula begin with an apostrophe.
[[nodiscard]] std::string simulation_csv(const simulation::Assumptions& assumptions,
                                         const simulation::Simulated& simulated);

}  // namespace workflow::cli
