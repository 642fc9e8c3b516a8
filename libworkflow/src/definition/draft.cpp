#include "definition/draft.hpp"

#include <algorithm>

namespace workflow::definition {

using procedure::FieldIndex;
using procedure::RoleIndex;

Draft::Draft(Findings& findings_of_file) : findings(findings_of_file) {
    const Type text = Type::of(Type::Kind::text);
    names.push_back(
        {"now", Type::of(Type::Kind::instant), {procedure::frame_event, procedure::slot_now}});
    names.push_back({"variant",
                     Type{.kind = Type::Kind::text, .optional = true},
                     {procedure::frame_event, procedure::slot_variant}});
    actor_type = {
        .kind = Type::Kind::record,
        .members = {{"id", text}, {"roles", Type::list_of(text)}, {"units", Type::list_of(text)}}};
}

std::optional<RoleIndex> role_of(Draft& draft, const Node& node) {
    if (node.is_null()) {
        draft.findings.error(node, "not-a-text");
        return std::nullopt;
    }
    const RoleIndex role =
        node.is_scalar() ? procedure::find_role(draft.model, node.text) : procedure::none;
    if (role == procedure::none && draft.model.roles.empty()) {
        draft.findings.error(node, "no-roles", {node.text});
        return std::nullopt;
    }
    if (role == procedure::none) {
        draft.findings.error(node, "unknown-role",
                             {node.text, nearest_of(node.text, draft.model.roles)});
        return std::nullopt;
    }
    draft.roles_used[role] = true;
    return role;
}

std::optional<procedure::StatusIndex> status_of(Draft& draft, const Node& node) {
    const auto& statuses = draft.model.statuses;
    std::vector<std::string> codes;
    for (const procedure::OuterStatus& status : statuses) codes.push_back(status.id);
    const auto found = std::find(codes.begin(), codes.end(), node.text);
    if (node.is_scalar() && found != codes.end()) {
        return static_cast<procedure::StatusIndex>(found - codes.begin());
    }
    draft.findings.error(node, "unknown-status", {node.text, nearest(node.text, codes)});
    return std::nullopt;
}

std::optional<FieldIndex> field_of(Draft& draft, const Node& node) {
    const FieldIndex field =
        node.is_scalar() ? procedure::find_field(draft.model, node.text) : procedure::none;
    const bool is_here =
        field != procedure::none &&
        std::any_of(draft.names.begin(), draft.names.end(),
                    [&](const Variable& variable) { return variable.name == node.text; });
    if (is_here) return field;
    if (field != procedure::none) {
        draft.findings.error(node, "field-of-inside",
                             {node.text, draft.model.states[draft.model.data[field].holder].id});
        return std::nullopt;
    }
    draft.findings.error(node, "unknown-field",
                         {node.text, nearest_of(node.text, draft.model.data)});
    return std::nullopt;
}

std::vector<RoleIndex> roles_of(Draft& draft, const Node& node) {
    std::vector<RoleIndex> roles;
    const auto add = [&](const Node& name) {
        if (const std::optional<RoleIndex> role = role_of(draft, name)) roles.push_back(*role);
    };
    if (node.is_sequence()) {
        for (const Node* item : node.items) add(*item);
    } else {
        add(node);
    }
    return roles;
}

Text translated_text(Draft& draft, const Node& node) {
    Text text = read_text(draft.findings, node);
    if (text.empty()) return text;
    for (const std::string& language : draft.model.languages) {
        if (text.has(language)) continue;
        draft.findings.warning(draft.findings.place(node), "missing-translation", {language});
    }
    return text;
}

Text translated_text(Draft& draft, const MappingReader& reader, std::string_view key) {
    const Node* node = reader.find(key);
    return node != nullptr ? translated_text(draft, *node) : Text{};
}

std::string plain_text(Draft& draft, const MappingReader& reader, std::string_view key) {
    const Node* node = reader.find(key);
    if (node == nullptr) return {};
    return read_string(draft.findings, *node).value_or(std::string());
}

std::string line_and_column(const Place& place) {
    return std::to_string(place.line) + ":" + std::to_string(place.column);
}

}  // namespace workflow::definition
