#include "picture.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <fstream>
#include <vector>

#include <workflow/graph.hpp>

extern char** environ;

namespace onboarding {

using namespace workflow;

std::filesystem::path draw(Engine& engine, const std::string& instance,
                           const std::filesystem::path& file) {
    const InstanceView view = engine.get(instance);
    std::vector<std::vector<Record>> steps;
    for (HistoryEntry& entry : engine.history(instance)) steps.push_back(std::move(entry.records));
    const Trail trail = trail_of(*view.procedure, steps, &view.instance);
    const std::filesystem::path dot = std::filesystem::path(file).replace_extension(".dot");
    std::ofstream(dot) << to_dot(*view.procedure, {.language = "en", .trail = &trail});

    // Without a shell: no name can be taken for a command.
    std::string program = "dot";
    std::string format = "-Tsvg";
    std::string output = "-o" + file.string();
    std::string input = dot.string();
    char* const arguments[] = {program.data(), format.data(), output.data(), input.data(), nullptr};
    pid_t child = 0;
    if (posix_spawnp(&child, "dot", nullptr, nullptr, arguments, environ) != 0) return dot;
    int status = 0;
    const bool drawn =
        waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return drawn ? file : dot;
}

}  // namespace onboarding
