// Loading service_onboarding, sealing included, against merely parsing the same text.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "benchmark/comparison.hpp"
#include "workflow/definition.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::uint64_t hash_of_ids(std::vector<std::string> ids) {
    std::sort(ids.begin(), ids.end());
    std::uint64_t hash = hash_of("");
    for (const std::string& id : ids) hash = hash_of(id + "\n", hash);
    return hash;
}

/// Ids of states and roles as the tree has them.
void collect_ids(const YAML::Node& group, std::vector<std::string>& ids) {
    for (const char* key : {"states", "parallel"}) {
        const YAML::Node states = group[key];
        if (!states.IsDefined() || !states.IsMap()) continue;
        for (const auto& state : states) {
            ids.push_back(state.first.as<std::string>());
            if (state.second.IsMap()) collect_ids(state.second, ids);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    const std::string file = "service_onboarding/procedure.yaml";
    const std::string text = text_of(WORKFLOW_SOURCE_DIR "/procedures/" + file);
    std::shared_ptr<const Procedure> procedure;
    YAML::Node tree;
    const auto hash_ours = [&] {
        auto ids = procedure->state_ids();
        const auto roles = procedure->role_ids();
        ids.insert(ids.end(), roles.begin(), roles.end());
        return hash_of_ids(std::move(ids));
    };
    const auto hash_theirs = [&] {
        std::vector<std::string> ids;
        collect_ids(tree, ids);
        for (const auto& role : tree["roles"]) ids.push_back(role.first.as<std::string>());
        return hash_of_ids(std::move(ids));
    };
    return compare(
        plan,
        {{.name = "load service_onboarding",
          .ours = {"load_procedure",
                   [&] { procedure = procedure_or_throw(load_procedure(text, file)); }, hash_ours},
          .theirs = {"YAML::Load", [&] { tree.reset(YAML::Load(text)); }, hash_theirs},
          .aim = "at least 0.33"}});
}
