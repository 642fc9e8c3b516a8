// The state graph with a dossier's way through it, as a picture in a file.
#pragma once

#include <filesystem>
#include <string>

#include <workflow/engine.hpp>

namespace onboarding {

/// Writes `file` (SVG) through Graphviz; without it only the DOT text beside it. Returns what was
/// written.
std::filesystem::path draw(workflow::Engine& engine, const std::string& instance,
                           const std::filesystem::path& file);

}  // namespace onboarding
