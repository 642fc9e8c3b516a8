#include "definition/header_reader.hpp"

#include <algorithm>
#include <array>

namespace workflow::definition {
namespace {

using procedure::Model;

constexpr std::array<std::string_view, 2> outcome_keys{"title", "status"};
constexpr std::array<std::string_view, 2> valid_keys{"from", "until"};

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

/// Names in a list have no texts; read as names all the same, so that their uses are no faults.
std::vector<std::string> names_of_list(const Node& node) {
    std::vector<std::string> names;
    for (const Node* item : node.items) {
        if (item->is_scalar() && is_id(item->text)) names.push_back(item->text);
    }
    return names;
}

void read_roles(Draft& draft, const Node& node) {
    for (std::string& name : names_of_list(node)) {
        draft.model.roles.push_back({std::move(name), {}, draft.findings.place(node)});
    }
    draft.roles_used.assign(draft.model.roles.size(), false);
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        const auto id = read_id(draft.findings, *entry.key);
        Text title = translated_text(draft, *entry.value);
        if (id)
            draft.model.roles.push_back({*id, std::move(title), draft.findings.place(*entry.key)});
    }
    draft.roles_used.assign(draft.model.roles.size(), false);
}

/// Codes are text as they stand: `1` and `"1"` are one.
void read_statuses(Draft& draft, const Node& node) {
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        auto& statuses = draft.model.statuses;
        const bool twice = std::any_of(
            statuses.begin(), statuses.end(),
            [&](const procedure::OuterStatus& known) { return known.id == entry.key->text; });
        if (twice) draft.findings.error(*entry.key, "word-twice", {entry.key->text});
        statuses.push_back({entry.key->text, translated_text(draft, *entry.value),
                            draft.findings.place(*entry.key)});
    }
}

std::optional<Day> read_day(Draft& draft, const MappingReader& reader, std::string_view key) {
    const Node* node = reader.find(key);
    if (node == nullptr) return std::nullopt;
    const auto date = read_date(draft.findings, *node);
    if (!date) return std::nullopt;
    return Day(*date);
}

void read_valid(Draft& draft, const Node& node) {
    const MappingReader reader(draft.findings, node, valid_keys);
    Model& model = draft.model;
    model.valid_from = read_day(draft, reader, "from");
    model.valid_until = read_day(draft, reader, "until");
    if (model.valid_from && model.valid_until && *model.valid_until < *model.valid_from) {
        draft.findings.error(*reader.find("until"), "valid-backwards");
    }
}

/// The title; its status goes to `outcome`.
Text read_outcome_keys(Draft& draft, const Node& node, procedure::Outcome& outcome) {
    if (!node.is_mapping() || (node.find("title") == nullptr && node.find("status") == nullptr)) {
        return translated_text(draft, node);
    }
    const MappingReader reader(draft.findings, node, outcome_keys);
    if (const Node* status = reader.find("status")) {
        outcome.status = status_of(draft, *status).value_or(procedure::none);
    }
    const Node* title = reader.require("title");
    return title != nullptr ? translated_text(draft, *title) : Text{};
}

void read_outcomes(Draft& draft, const Node& node) {
    for (std::string& name : names_of_list(node)) {
        draft.model.outcomes.push_back(
            {.id = std::move(name), .place = draft.findings.place(node)});
    }
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        const auto id = read_id(draft.findings, *entry.key);
        procedure::Outcome outcome;
        outcome.title = read_outcome_keys(draft, *entry.value, outcome);
        if (!id) continue;
        // R6: a cancelled instance has this outcome, so that no procedure may mean something else.
        if (*id == "cancelled") draft.findings.error(*entry.key, "name-not-free", {*id});
        outcome.id = *id;
        outcome.place = draft.findings.place(*entry.key);
        draft.model.outcomes.push_back(std::move(outcome));
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
    if (const Node* statuses = file.find("statuses")) read_statuses(draft, *statuses);
    if (const Node* valid = file.find("valid")) read_valid(draft, *valid);
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
