#include "definition/header_reader.hpp"

#include <algorithm>
#include <array>

namespace workflow::definition {
namespace {

using procedure::Model;

constexpr std::array<std::string_view, 1> outcome_keys{"title"};
constexpr std::array<std::string_view, 1> planned_outcome_keys{"status"};

/// `languages`, or those of the title.
void read_languages(Draft& draft, const MappingReader& file) {
    const Node* list = file.find("languages");
    const Node* title = file.find("title");
    if (list == nullptr && title != nullptr && title->is_mapping()) {
        for (const Entry& entry : title->entries) {
            if (is_language(entry.key->text)) draft.model.languages.push_back(entry.key->text);
        }
    }
    if (list == nullptr || !expect_sequence(draft.findings, *list)) return;
    for (const Node* language : list->items) {
        if (!language->is_scalar() || !is_language(language->text)) {
            draft.findings.error(*language, "not-a-language", {language->text});
        } else {
            draft.model.languages.push_back(language->text);
        }
    }
}

void read_roles(Draft& draft, const Node& node) {
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        const auto id = read_id(draft.findings, *entry.key);
        Text title = translated_text(draft, *entry.value);
        if (id)
            draft.model.roles.push_back({*id, std::move(title), draft.findings.place(*entry.key)});
    }
    draft.roles_used.assign(draft.model.roles.size(), false);
}

Text read_outcome_title(Draft& draft, const Node& node) {
    if (!node.is_mapping() || (node.find("title") == nullptr && node.find("status") == nullptr)) {
        return translated_text(draft, node);
    }
    const MappingReader reader(draft.findings, node, outcome_keys, planned_outcome_keys);
    const Node* title = reader.require("title");
    return title != nullptr ? translated_text(draft, *title) : Text{};
}

void read_outcomes(Draft& draft, const Node& node) {
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        const auto id = read_id(draft.findings, *entry.key);
        Text title = read_outcome_title(draft, *entry.value);
        if (!id) continue;
        // R6: a cancelled instance has this outcome, so that no procedure may mean something else.
        if (*id == "cancelled") draft.findings.error(*entry.key, "name-not-free", {*id});
        draft.model.outcomes.push_back(
            {*id, std::move(title), true, draft.findings.place(*entry.key)});
    }
}

void read_names(Draft& draft, const MappingReader& file) {
    Model& model = draft.model;
    if (const Node* id = file.require("procedure")) {
        model.id = read_id(draft.findings, *id).value_or("");
    }
    if (const Node* version = file.require("version")) {
        model.version = read_integer(draft.findings, *version, 1, INT32_MAX).value_or(1);
    }
    if (const Node* calendar = file.require("calendar")) {
        model.calendar = read_string(draft.findings, *calendar).value_or("");
    }
}

}  // namespace

void read_identity(Draft& draft, const MappingReader& file) {
    Model& model = draft.model;
    model.place = draft.findings.place(file.node());
    read_names(draft, file);
    read_languages(draft, file);
    if (const Node* title = file.require("title")) model.title = translated_text(draft, *title);
    model.description = translated_text(draft, file, "description");
    model.source = plain_text(draft, file, "source");
    if (const Node* roles = file.find("roles")) read_roles(draft, *roles);
    if (const Node* who = file.find("started_by")) model.started_by = roles_of(draft, *who);
    if (const Node* outcomes = file.require("outcomes")) read_outcomes(draft, *outcomes);
}

void report_unused_roles(Draft& draft) {
    for (std::size_t i = 0; i < draft.model.roles.size(); ++i) {
        if (draft.roles_used[i]) continue;
        draft.findings.warning(draft.model.roles[i].place, "unused-role",
                               {draft.model.roles[i].id});
    }
}

}  // namespace workflow::definition
