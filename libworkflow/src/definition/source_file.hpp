// The one place where definitions are read from disk. Thread-safe.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "workflow/diagnostic.hpp"

namespace workflow::definition {

/// The bytes of a file of at most limits::definition_bytes_max; else nothing, and a finding
/// `unreadable-file` or `file-too-large`. Never reads more than that, whatever the file is.
[[nodiscard]] std::optional<std::string> read_source_file(const std::filesystem::path& path,
                                                          Diagnostics& diagnostics);

}  // namespace workflow::definition
