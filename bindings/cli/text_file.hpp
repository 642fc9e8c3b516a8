// Files that a command reads and writes as a whole. Confined.
#pragma once

#include <string>
#include <string_view>

#include "session.hpp"

namespace workflow::cli {

/// Failure in the session's language when it cannot be read.
[[nodiscard]] std::string read_input(const std::string& path, const Session& session);
/// In place of what was there; Failure in the session's language when it cannot be written.
void write_output(const std::string& path, std::string_view text, const Session& session);

/// Failure in the session's language when `path` could not be written: said before long work is done for it.
void expect_writable(const std::string& path, const Session& session);

}  // namespace workflow::cli
