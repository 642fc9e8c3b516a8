#include "installed_definition.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;

/// `share/workflow/procedures` beside the `bin` in which the tool lies; empty where it cannot be told.
fs::path installed_procedures() {
    std::error_code failure;
    const fs::path program = fs::read_symlink("/proc/self/exe", failure);
    if (failure) return {};
    return program.parent_path().parent_path() / "share" / "workflow" / "procedures";
}

}  // namespace

std::string definition_named(const std::string& word) {
    std::error_code failure;
    if (word.empty() || word.find_first_of("/.") != std::string::npos || fs::exists(word, failure)) {
        return word;
    }
    const fs::path file = installed_procedures() / word / "procedure.yaml";
    return fs::exists(file, failure) ? file.string() : word;
}

CLI::Option* takes_names(CLI::Option* option) {
    return option->transform([](const std::string& word) { return definition_named(word); });
}

}  // namespace workflow::cli
