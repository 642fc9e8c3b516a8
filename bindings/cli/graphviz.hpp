// Graphviz's program `dot`, started without a shell. Confined.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "session.hpp"

namespace workflow::cli {

struct ProcessLimits {
    int seconds = 60;
    std::size_t output_bytes = std::size_t{64} * 1024 * 1024;
};

struct ProcessResult {
    enum class End { exited, missing, too_slow, too_large };
    End end = End::exited;
    int status = 0;  ///< of a program that exited; a signal's number + 128
    std::string output;
    std::string errors;  ///< its beginning
};

/// Runs `arguments[0]`, found by PATH, with `input` as its standard input. The program is killed
/// when it crosses a limit. Error{storage} when no process can be made.
[[nodiscard]] ProcessResult run_program(const std::vector<std::string>& arguments,
                                        std::string_view input, const ProcessLimits& limits);

/// The picture as SVG; Failure in the session's language when `dot` is missing, fails or is
/// stopped.
[[nodiscard]] std::string svg_of_dot(std::string_view dot, std::string_view language);
/// The same written to FOLDER/NAME.svg, the folder made where it is missing; its path.
std::string write_svg(const std::string& folder, const std::string& name, std::string_view dot,
                      const Session& session);

}  // namespace workflow::cli
