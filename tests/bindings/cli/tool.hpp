// Runs the command-line tool as a shell would. Confined.
#pragma once

#include <string>

#include "support/temporary_folder.hpp"

namespace workflow::test {

struct ToolResult {
    int status = -1;
    std::string output;
    std::string errors;
};

/// `workflow ARGUMENTS` from the root of the sources; arguments as a shell reads them. Neither
/// output is a terminal. `environment` as in `PATH=/nowhere`; `input` is what stdin holds.
[[nodiscard]] ToolResult run_tool(const std::string& arguments, const std::string& environment = {},
                                  const std::string& input = {});

[[nodiscard]] bool contains(const std::string& text, const std::string& part);

/// Writes a file into the folder; its path in quotes, as a shell reads it.
[[nodiscard]] std::string written(const TemporaryFolder& folder, const std::string& name,
                                  const std::string& text);
/// Of a file; empty when it cannot be read.
[[nodiscard]] std::string content(const std::string& path);

/// Path of a file beside these tests.
[[nodiscard]] std::string fixture(const std::string& name);

}  // namespace workflow::test
