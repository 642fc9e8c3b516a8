#include "definition/separation_reader.hpp"

#include "definition/question_reader.hpp"

namespace workflow::definition {

std::optional<procedure::StateIndex> read_task_name(Draft& draft, const Node& node) {
    const auto found = node.is_scalar() ? draft.state_numbers.find(node.text)
                                        : draft.state_numbers.end();
    if (found == draft.state_numbers.end()) {
        std::vector<std::string> ids;
        for (const procedure::State& state : draft.model.states) ids.push_back(state.id);
        const std::string near = nearest(node.text, ids);
        if (near.empty()) {
            draft.findings.error(node, "unknown-task", {node.text});
        } else {
            draft.findings.error(node, "unknown-target", {node.text, near});
        }
        return std::nullopt;
    }
    if (draft.model.states[found->second].kind != procedure::Kind::task) {
        draft.findings.error(node, "not-a-task", {node.text});
        return std::nullopt;
    }
    (void)remember_state(draft, found->second);
    return found->second;
}

std::vector<procedure::StateIndex> read_tasks(Draft& draft, const Node& node) {
    std::vector<procedure::StateIndex> tasks;
    const auto add = [&](const Node& name) {
        if (const auto task = read_task_name(draft, name)) tasks.push_back(*task);
    };
    if (node.is_sequence()) {
        for (const Node* item : node.items) add(*item);
    } else {
        add(node);
    }
    return tasks;
}

}  // namespace workflow::definition
