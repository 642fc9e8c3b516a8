// Files that a command writes. Confined.
#pragma once

#include <string>
#include <string_view>

#include "session.hpp"

namespace workflow::cli {

/// In place of what was there; Failure in the session's language when it cannot be written.
void write_output(const std::string& path, std::string_view text, const Session& session);

}  // namespace workflow::cli
