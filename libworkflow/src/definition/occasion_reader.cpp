#include "definition/occasion_reader.hpp"

#include <array>

#include "definition/expression_reader.hpp"
#include "definition/message_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Occasion;

constexpr std::array<std::string_view, 5> occasion_keys{"entered", "left", "performed", "message", "date"};

std::optional<Occasion> of_state(Draft& draft, const Node& node, Occasion::Kind kind) {
    const auto found = draft.state_numbers.find(node.text);
    if (!node.is_scalar() || found == draft.state_numbers.end()) {
        std::vector<std::string> ids;
        for (std::size_t i = 1; i < draft.model.states.size(); ++i) {
            ids.push_back(draft.model.states[i].id);
        }
        const std::string near = nearest(node.text, ids);
        const char* code = near.empty() ? "unknown-target-no-near" : "unknown-target";
        draft.findings.error(node, code, {node.text, near});
        return std::nullopt;
    }
    Occasion occasion;
    occasion.kind = kind;
    occasion.state = found->second;
    occasion.place = draft.findings.place(node);
    return occasion;
}

std::optional<Occasion> of_actions(Draft& draft, const Node& node) {
    Occasion occasion;
    occasion.kind = Occasion::Kind::performed;
    occasion.anchor = procedure::none;
    occasion.place = draft.findings.place(node);
    const auto add = [&](const Node& name) {
        const auto id = read_id(draft.findings, name);
        if (id) occasion.actions.push_back(*id);
    };
    if (node.is_sequence()) {
        for (const Node* name : node.items) add(*name);
    } else {
        add(node);
    }
    if (occasion.actions.empty()) return std::nullopt;
    return occasion;
}

std::optional<Occasion> of_message(Draft& draft, const Node& node) {
    const auto message = message_of(draft, node);
    if (!message) return std::nullopt;
    Occasion occasion;
    occasion.kind = Occasion::Kind::message;
    occasion.message = *message;
    occasion.place = draft.findings.place(node);
    return occasion;
}

std::optional<Occasion> of_date(Draft& draft, const Node& node) {
    Occasion occasion;
    occasion.kind = Occasion::Kind::date;
    occasion.place = draft.findings.place(node);
    occasion.date = read_time_cel(draft, node);
    if (!occasion.date) return std::nullopt;
    return occasion;
}

}  // namespace

std::optional<Occasion> read_occasion(Draft& draft, const Node& node) {
    const MappingReader reader(draft.findings, node, occasion_keys);
    if (!reader.is_mapping()) return std::nullopt;
    if (node.entries.size() != 1) {
        draft.findings.error(node, "one-occasion");
        return std::nullopt;
    }
    if (const Node* state = reader.find("entered")) {
        return of_state(draft, *state, Occasion::Kind::entered);
    }
    if (const Node* state = reader.find("left")) {
        return of_state(draft, *state, Occasion::Kind::left);
    }
    if (const Node* actions = reader.find("performed")) return of_actions(draft, *actions);
    if (const Node* message = reader.find("message")) return of_message(draft, *message);
    if (const Node* date = reader.find("date")) return of_date(draft, *date);
    return std::nullopt;
}

}  // namespace workflow::definition
