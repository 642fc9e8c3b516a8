#include "definition/source_file.hpp"

#include <fstream>

#include "workflow/limits.hpp"

namespace workflow::definition {

std::optional<std::string> read_source_file(const std::filesystem::path& path,
                                            Diagnostics& diagnostics) {
    const Place whole_file{path.string(), 0, 0};
    const auto refuse = [&](const char* code, std::vector<std::string> arguments) {
        diagnostics.push_back({Severity::error, code, whole_file, std::move(arguments)});
        return std::nullopt;
    };
    // A pipe would make us wait for a writer, and a folder opens but cannot be read.
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return refuse("unreadable-file", {});
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error) return refuse("unreadable-file", {});
    if (size > limits::definition_bytes_max) {
        return refuse("file-too-large",
                      {std::to_string(size), std::to_string(limits::definition_bytes_max)});
    }
    std::ifstream stream(path, std::ios::binary);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    if (!stream || stream.gcount() != static_cast<std::streamsize>(size)) {
        return refuse("unreadable-file", {});
    }
    return bytes;
}

}  // namespace workflow::definition
