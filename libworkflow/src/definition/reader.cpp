#include "definition/reader.hpp"

#include <algorithm>

#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

bool contains(Keys keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

Findings::Findings(const Document& document, Diagnostics& diagnostics)
    : document_(document), diagnostics_(diagnostics) {}

void Findings::error(const Node& at, std::string_view code, std::vector<std::string> arguments) {
    add(Severity::error, place(at), code, std::move(arguments));
}

void Findings::error(const Place& at, std::string_view code, std::vector<std::string> arguments) {
    add(Severity::error, at, code, std::move(arguments));
}

void Findings::warning(const Place& at, std::string_view code, std::vector<std::string> arguments) {
    add(Severity::warning, at, code, std::move(arguments));
}

void Findings::add(Severity severity, const Place& at, std::string_view code,
                   std::vector<std::string> arguments) {
    if (diagnostics_.size() + 1 >= limits::diagnostics_max) {
        if (diagnostics_.size() < limits::diagnostics_max) {
            diagnostics_.push_back({Severity::error,
                                    "too-many-findings",
                                    at,
                                    {std::to_string(limits::diagnostics_max)}});
        }
        throw TooManyFindings{};
    }
    diagnostics_.push_back({severity, std::string(code), at, std::move(arguments)});
}

std::vector<std::string_view> joined(Keys a, Keys b) {
    std::vector<std::string_view> all(a.begin(), a.end());
    all.insert(all.end(), b.begin(), b.end());
    return all;
}

MappingReader::MappingReader(Findings& findings, const Node& node, Keys known, Keys planned)
    : findings_(findings), node_(node) {
    if (!expect_mapping(findings, node)) return;
    for (const Entry& entry : node.entries) {
        if (contains(known, entry.key->text)) continue;
        if (contains(planned, entry.key->text)) {
            findings.error(*entry.key, "not-available-yet", {entry.key->text});
        } else {
            report_unknown_key(findings, node, entry, known);
        }
    }
}

const Node* MappingReader::require(std::string_view key) const {
    if (!is_mapping()) return nullptr;
    const Node* value = find(key);
    if (value != nullptr && !value->is_null()) return value;
    report_absent_value(findings_, node_, key);
    return nullptr;
}

void report_absent_value(Findings& findings, const Node& mapping, std::string_view key) {
    for (const Entry& entry : mapping.entries) {
        if (entry.key->text != key) continue;
        return findings.error(*entry.key, "key-without-value", {std::string(key)});
    }
    findings.error(mapping, "missing-key", {std::string(key)});
}

void report_unknown_key(Findings& findings, const Node& mapping, const Entry& entry, Keys known) {
    const Node& key = *entry.key;
    if (key.text == "<<") return findings.error(key, "merge-key");
    if (is_reserved_word(key.text)) return findings.error(key, "reserved-word", {key.text});
    const std::vector<std::string> candidates(known.begin(), known.end());
    const std::string near = nearest(key.text, candidates);
    if (!near.empty()) return findings.error(key, "unknown-key", {key.text, near});
    if (mapping.flow && entry.value->is_null()) {
        return findings.error(key, "text-split-by-comma", {key.text});
    }
    std::string all;
    for (const std::string& candidate : candidates) all += (all.empty() ? "" : ", ") + candidate;
    findings.error(key, "unknown-key-among", {key.text, all});
}

bool expect_mapping(Findings& findings, const Node& node) {
    if (!node.is_mapping()) findings.error(node, "not-a-mapping");
    return node.is_mapping();
}

bool expect_sequence(Findings& findings, const Node& node) {
    if (!node.is_sequence()) findings.error(node, "not-a-list");
    return node.is_sequence();
}

std::optional<std::uint32_t> find_name(Findings& findings, const Node& node,
                                       const std::vector<std::string>& names,
                                       std::string_view code) {
    const auto found =
        node.is_scalar() ? std::find(names.begin(), names.end(), node.text) : names.end();
    if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
    findings.error(node, code, {node.text, nearest_or_all(node.text, names)});
    return std::nullopt;
}

std::vector<const Node*> one_or_several(const Node& node) {
    return node.is_sequence() ? node.items : std::vector{&node};
}

std::string nearest_or_all(std::string_view word, const std::vector<std::string>& names) {
    const std::string near = nearest(word, names);
    if (!near.empty()) return near;
    std::string all;
    for (const std::string& name : names) {
        if (all.size() > 200) return all + ", ...";
        all += (all.empty() ? "" : ", ") + name;
    }
    return all;
}

}  // namespace workflow::definition
