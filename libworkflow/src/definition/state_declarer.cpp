#include "definition/state_declarer.hpp"

#include <algorithm>
#include <array>

#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

using procedure::Kind;
using procedure::State;
using procedure::StateIndex;

struct KindKey {
    std::string_view key;
    Kind kind;
};
// `each` before `states`, both before `join`: what stands beside another comes after it.
constexpr std::array<KindKey, 11> kind_keys{{
    {"task", Kind::task},
    {"choice", Kind::choice},
    {"fork", Kind::fork},
    {"wait", Kind::wait},
    {"service", Kind::service},
    {"call", Kind::call},
    {"end", Kind::end},
    {"parallel", Kind::parallel},
    {"each", Kind::each},
    {"states", Kind::group},
    {"join", Kind::join},
}};
// Names that mean something else where a state's name may stand.
constexpr std::array<std::string_view, 2> taken_names{"stay", "procedure"};
// Keys of a state that hold keys themselves: one that slipped to the left looks like a state.
constexpr std::array<std::string_view, 9> inner_keys{"actions",  "after", "receive", "sla", "set",
                                                     "outcomes", "data",  "task",    "wait"};

std::string kind_list() {
    std::string all;
    for (const KindKey& known : kind_keys)
        all += (all.empty() ? "" : ", ") + std::string(known.key);
    return all;
}

/// `each` has `states` beside it; `join` stands beside `parallel` and `each`.
bool stands_beside(Kind first, Kind key) {
    if (key == Kind::group) return first == Kind::each;
    return key == Kind::join && (first == Kind::parallel || first == Kind::each);
}

/// Nothing after a finding.
std::optional<Kind> kind_of(Draft& draft, const Node& key, const Node& node) {
    const KindKey* found = nullptr;
    for (const KindKey& known : kind_keys) {
        if (node.find(known.key) == nullptr) continue;
        if (found == nullptr) {
            found = &known;
        } else if (!stands_beside(found->kind, known.kind)) {
            draft.findings.error(key, "two-kinds",
                                 {key.text, std::string(found->key), std::string(known.key)});
            return std::nullopt;
        }
    }
    if (found != nullptr) return found->kind;
    for (const std::string_view trigger : {"actions", "after", "receive"}) {
        if (node.find(trigger) != nullptr) return Kind::idle;
    }
    const bool slipped =
        std::find(inner_keys.begin(), inner_keys.end(), key.text) != inner_keys.end();
    if (slipped) {
        draft.findings.error(key, "key-as-state", {key.text});
    } else {
        draft.findings.error(key, "no-kind", {key.text, kind_list()});
    }
    return std::nullopt;
}

procedure::ReasonIndex reason_of(Draft& draft, const Node& node) {
    const Node* name = node.find("waiting_for");
    if (name == nullptr) return procedure::none;
    const auto id = read_id(draft.findings, *name);
    if (!id) return procedure::none;
    auto& reasons = draft.model.reasons;
    const auto found = std::find(reasons.begin(), reasons.end(), *id);
    if (found == reasons.end()) reasons.push_back(*id);
    return static_cast<procedure::ReasonIndex>(std::find(reasons.begin(), reasons.end(), *id) -
                                               reasons.begin());
}

void declare_inside(Draft& draft, const Node& node, StateIndex parent);

bool is_state_name_free(Draft& draft, const Node& key) {
    if (!read_id(draft.findings, key)) return false;
    if (std::find(taken_names.begin(), taken_names.end(), key.text) != taken_names.end() ||
        key.text == draft.model.id) {
        draft.findings.error(key, "name-not-free", {key.text});
        return false;
    }
    const auto found = draft.state_numbers.find(key.text);
    if (found == draft.state_numbers.end()) return true;
    draft.findings.error(key, "state-twice",
                         {key.text, line_and_column(draft.model.states[found->second].place)});
    return false;
}

void declare(Draft& draft, const Entry& entry, StateIndex parent) {
    const Node& node = *entry.value;
    if (!is_state_name_free(draft, *entry.key) || !expect_mapping(draft.findings, node)) return;
    const std::optional<Kind> kind = kind_of(draft, *entry.key, node);
    const auto index = static_cast<StateIndex>(draft.model.states.size());
    State state;
    state.id = entry.key->text;
    state.kind = kind.value_or(Kind::idle);
    state.parent = parent;
    state.depth = draft.model.states[parent].depth + 1;
    state.place = draft.findings.place(*entry.key);
    state.waiting_for = reason_of(draft, node);
    draft.model.states.push_back(std::move(state));
    draft.model.states[parent].children.push_back(index);
    // A state of unknown kind is named, so that ways to it are no faults; its keys are not read.
    draft.state_nodes.push_back(kind ? &node : nullptr);
    draft.state_numbers.emplace(entry.key->text, index);
    if (kind) declare_inside(draft, node, index);
}

void declare_inside(Draft& draft, const Node& node, StateIndex parent) {
    const State& state = draft.model.states[parent];
    const std::string_view key = inner_states_key(state.kind);
    if (key.empty()) return;
    const Node* inside = node.find(key);
    if (inside == nullptr || inside->is_null()) {
        return report_absent_value(draft.findings, node, key);
    }
    if (!expect_mapping(draft.findings, *inside)) return;
    if (state.depth >= limits::state_depth_max) {
        return draft.findings.error(*inside, "states-too-deep",
                                    {state.id, std::to_string(limits::state_depth_max)});
    }
    for (const Entry& entry : inside->entries) {
        if (draft.model.states.size() > limits::states_max) return;  // seal says so
        declare(draft, entry, parent);
    }
}

}  // namespace

std::string_view inner_states_key(Kind kind) {
    switch (kind) {
        case Kind::group:
        case Kind::each:
            return "states";
        case Kind::parallel:
            return "parallel";
        case Kind::task:
        case Kind::choice:
        case Kind::wait:
        case Kind::end:
        case Kind::idle:
        case Kind::fork:
        case Kind::join:
        case Kind::service:
        case Kind::call:
            return {};
    }
    return {};
}

void declare_states(Draft& draft, const Node& root) {
    State state;
    state.id = draft.model.id;
    state.kind = Kind::group;
    state.place = draft.findings.place(root);
    draft.model.states.push_back(std::move(state));
    draft.state_nodes.push_back(&root);
    declare_inside(draft, root, procedure::root_state);
}

}  // namespace workflow::definition
