#include "bindings/cli/tool.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "support/temporary_folder.hpp"

namespace workflow::test {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

ToolResult run_tool(const std::string& arguments, const std::string& environment,
                    const std::string& input) {
    const TemporaryFolder folder;
    const std::string output = folder.file("output");
    const std::string errors = folder.file("errors");
    std::ofstream(folder.file("input"), std::ios::binary) << input;
    const std::string command = "cd '" WORKFLOW_SOURCE_DIR "' && /usr/bin/env -u WORKFLOW_STORE " +
                                environment + " '" WORKFLOW_TOOL "' " + arguments + " >'" + output +
                                "' 2>'" + errors + "' <'" + folder.file("input") + "'";
    const int status = std::system(command.c_str());
    if (status == -1) throw std::runtime_error("no shell");
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, read_file(output), read_file(errors)};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string written(const TemporaryFolder& folder, const std::string& name,
                    const std::string& text) {
    std::ofstream(folder.file(name), std::ios::binary) << text;
    return "'" + folder.file(name) + "'";
}

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string fixture(const std::string& name) {
    return WORKFLOW_SOURCE_DIR "/tests/bindings/cli/" + name;
}

}  // namespace workflow::test
