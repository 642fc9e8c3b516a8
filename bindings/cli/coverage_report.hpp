// What the cases of tests.yaml files have not seen of their procedures. Confined.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "played_file.hpp"
#include "session.hpp"

namespace workflow::cli {

/// Of the procedures beside the files, in their order; what a file has seen of a procedure that it
/// calls counts for that procedure, too, where its own tests are among the files.
[[nodiscard]] std::vector<Coverage> combined(const std::vector<PlayedFile>& files);

/// One line of counts, then one line for each part that was missed, with its place.
[[nodiscard]] std::string coverage_text(const Coverage& coverage, const Session& session);
[[nodiscard]] nlohmann::ordered_json coverage_json(const Coverage& coverage,
                                                   const Session& session);
/// FOLDER/ID.svg for each, what was missed dashed and red; the paths. The folder is made.
std::vector<std::string> draw_coverage(const std::vector<Coverage>& coverages,
                                       const std::string& folder, const Session& session);

}  // namespace workflow::cli
