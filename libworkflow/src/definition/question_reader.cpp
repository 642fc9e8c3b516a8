#include "definition/question_reader.hpp"

#include <algorithm>

#include "definition/clock_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::MemoryIndex;
using procedure::StateIndex;

void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::vector<std::string> state_names(const procedure::Model& model) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i < model.states.size(); ++i) names.push_back(model.states[i].id);
    return names;
}

/// As action_reader names them: a task without actions has one, `done`.
std::vector<std::string> action_names(const Draft& draft) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < draft.state_nodes.size(); ++i) {
        if (draft.state_nodes[i] == nullptr) continue;
        const Node* actions = draft.state_nodes[i]->find("actions");
        if (actions != nullptr) {
            for (const Entry& entry : actions->entries) add_once(names, entry.key->text);
        } else if (draft.model.states[i].kind == procedure::Kind::task) {
            add_once(names, "done");
        }
    }
    return names;
}

std::vector<std::string> clock_names(const Draft& draft) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < draft.state_nodes.size(); ++i) {
        const Node* sla =
            draft.state_nodes[i] != nullptr ? draft.state_nodes[i]->find("sla") : nullptr;
        if (sla == nullptr) continue;
        if (names_several_clocks(*sla)) {
            for (const Entry& entry : sla->entries) add_once(names, entry.key->text);
        } else {
            add_once(names, unnamed_clock(draft.model, static_cast<StateIndex>(i)));
        }
    }
    return names;
}

MemoryIndex remember(Draft& draft, std::size_t subject) {
    auto& remembered = draft.model.subjects.remembered[subject];
    if (remembered == procedure::none) {
        remembered = static_cast<MemoryIndex>(draft.model.memories.size());
        const std::size_t states = draft.model.states.size() - 1;
        procedure::Memory memory;
        if (subject < states) {
            memory.id = draft.model.states[subject + 1].id;
            memory.holders = {static_cast<StateIndex>(subject + 1)};
        } else {
            memory.id = draft.model.subjects.actions[subject - states];
        }
        draft.model.memories.push_back(std::move(memory));
    }
    return remembered;
}

/// `times('x')` where both a state and an action are called x says neither.
bool is_clear(Draft& draft, const Node& node, std::size_t subject) {
    const auto& names = draft.questions[question_times].subjects;
    if (std::count(names.begin(), names.end(), names[subject]) == 1) return true;
    draft.findings.error(node, "times-of-two", {names[subject]});
    return false;
}

}  // namespace

void declare_questions(Draft& draft) {
    using Kind = Type::Kind;
    const Type instant{.kind = Kind::instant, .optional = true};
    const std::vector<std::string> states = state_names(draft.model);
    auto& subjects = draft.model.subjects;
    subjects.actions = action_names(draft);
    std::vector<std::string> countable = states;
    countable.insert(countable.end(), subjects.actions.begin(), subjects.actions.end());
    subjects.remembered.assign(countable.size(), procedure::none);
    const std::vector<std::string> clocks = clock_names(draft);
    draft.clocks_asked.assign(clocks.size(), false);
    draft.questions = {
        {"active", states, Type::of(Kind::boolean)},
        {"entered", states, instant},
        {"left", states, instant},
        {"times", std::move(countable), Type::of(Kind::integer), Question::Since::optional},
        {"due", clocks, instant},
        {"original_due", clocks, instant},
        {"late", clocks, Type::of(Kind::boolean)},
    };
}

void note_questions(Draft& draft, const Node& node, const Expression& expression) {
    for (const auto& [question, subject] : expression.asks()) {
        switch (question) {
            case question_entered:
            case question_left:
                (void)remember(draft, subject);
                break;
            case question_times:
                if (is_clear(draft, node, subject)) {
                    // Whether `since` is given is seen only as it runs.
                    draft.model.memories[remember(draft, subject)].instants = true;
                }
                break;
            case question_due:
            case question_original_due:
            case question_late:
                draft.clocks_asked[subject] = true;
                break;
            default:
                break;
        }
    }
}

MemoryIndex remember_state(Draft& draft, StateIndex state) {
    return remember(draft, state - 1);
}

void resolve_questions(Draft& draft) {
    procedure::Model& model = draft.model;
    const auto& subjects = model.subjects;
    for (std::size_t i = 1; i < model.states.size(); ++i) {
        model.states[i].memory = subjects.remembered[i - 1];
    }
    for (StateIndex i = 0; i < model.states.size(); ++i) {
        for (procedure::Action& action : model.states[i].actions) {
            const auto found =
                std::find(subjects.actions.begin(), subjects.actions.end(), action.id);
            if (found == subjects.actions.end()) continue;  // a faulty file
            const auto number = static_cast<std::size_t>(found - subjects.actions.begin());
            action.memory = subjects.remembered[model.states.size() - 1 + number];
            if (action.memory != procedure::none) {
                model.memories[action.memory].holders.push_back(i);
            }
        }
    }
    const auto& names = draft.questions[question_due].subjects;
    model.subjects.clocks.assign(names.size(), procedure::none);
    for (procedure::ClockIndex i = 0; i < model.clocks.size(); ++i) {
        const auto found = std::find(names.begin(), names.end(), model.clocks[i].id);
        if (found == names.end()) continue;  // a faulty file
        const auto number = static_cast<std::size_t>(found - names.begin());
        model.subjects.clocks[number] = i;
        if (!draft.clocks_asked[number]) continue;
        model.clocks[i].memory = static_cast<MemoryIndex>(model.memories.size());
        model.memories.push_back({model.clocks[i].id, {model.clocks[i].owner}, false});
    }
}

}  // namespace workflow::definition
