// The reasons of a calendar file, and the sources beside them: short texts that many days share.
#include "definition/calendar_parts.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

constexpr std::size_t reasons_shown_max = 10;

bool is_short(Findings& findings, const Node& node, std::size_t bytes) {
    if (bytes <= limits::calendar_text_bytes_max) return true;
    findings.error(node, "calendar-text-too-long",
                   {std::to_string(bytes), std::to_string(limits::calendar_text_bytes_max)});
    return false;
}

}  // namespace

std::string read_source(Findings& findings, const Node& node) {
    std::optional<std::string> text = read_string(findings, node);
    return text && is_short(findings, node, text->size()) ? std::move(*text) : std::string();
}

Reasons::Reasons(Findings& findings, const Node* node) : findings_(findings) {
    if (node == nullptr || !expect_mapping(findings, *node)) return;
    for (const Entry& entry : node->entries) {
        if (reasons_.size() == limits::calendar_reasons_max) {
            findings.error(*entry.key, "too-many-reasons",
                           {std::to_string(limits::calendar_reasons_max)});
            return;
        }
        if (!read_id(findings, *entry.key)) continue;
        Text text = read_text(findings, *entry.value);
        std::size_t bytes = 0;
        for (const auto& translation : text.translations) bytes += translation.second.size();
        if (!is_short(findings, *entry.value, bytes)) text = {};
        reasons_[entry.key->text] = {entry.key, std::move(text)};
    }
}

std::optional<Text> Reasons::find(const Node& name) {
    const auto found = reasons_.find(name.text);
    if (found == reasons_.end()) {
        report_unknown(name);
        return std::nullopt;
    }
    found->second.is_used = true;
    return found->second.text;
}

void Reasons::report_unknown(const Node& name) {
    std::vector<std::string> known;
    std::string shown;
    for (const auto& entry : reasons_) {
        known.push_back(entry.first);
        if (known.size() <= reasons_shown_max) shown += (shown.empty() ? "" : ", ") + entry.first;
    }
    if (known.size() > reasons_shown_max) shown += " ...";
    const std::string near = nearest(name.text, known);
    if (near.empty()) {
        findings_.error(name, "unknown-reason", {name.text, shown});
    } else {
        findings_.error(name, "unknown-reason-near", {name.text, near});
    }
}

void Reasons::report_unused() {
    for (const auto& entry : reasons_) {
        if (entry.second.is_used) continue;
        findings_.warning(findings_.place(*entry.second.key), "unused-reason", {entry.first});
    }
}

}  // namespace workflow::definition
