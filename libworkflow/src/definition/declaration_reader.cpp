// Parameters, variants, data and input: the typed part of header_reader.hpp.
#include <algorithm>
#include <array>

#include "definition/expression_reader.hpp"
#include "definition/header_reader.hpp"
#include "definition/message_reader.hpp"
#include "definition/names.hpp"
#include "definition/type_reader.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

using procedure::Field;
using procedure::Parameter;
using procedure::Variant;

constexpr std::array<std::string_view, 3> parameter_keys{"type", "default", "source"};
constexpr std::array<std::string_view, 3> variant_keys{"title", "source", "set"};
constexpr std::array<std::string_view, 5> declared_field_keys{"type", "default", "title", "sensitive",
                                                    "indexed"};

bool add_name(Draft& draft, const Node& key, const Type& type, procedure::Frame frame,
              std::size_t slot) {
    if (!read_id(draft.findings, key) || !is_name_free(draft, key, key.text)) return false;
    if (slot >= limits::names_max) {
        draft.findings.error(key, "too-many-names", {std::to_string(limits::names_max)});
        return false;
    }
    draft.names.push_back({key.text, type, {frame, static_cast<std::uint16_t>(slot)}});
    return true;
}

void read_parameter(Draft& draft, const Entry& entry) {
    const MappingReader reader(draft.findings, *entry.value, parameter_keys);
    const Node* type_node = reader.require("type");
    if (type_node == nullptr) return;
    const auto type = read_type(draft.findings, *type_node);
    if (!type) return;
    Parameter parameter{entry.key->text,
                        *type,
                        {},
                        plain_text(draft, reader, "source"),
                        draft.findings.place(*entry.key)};
    if (const Node* value = reader.find("default")) {
        parameter.initial = read_value(draft.findings, *value, *type).value_or(Value());
    } else {
        draft.findings.error(*entry.value, "missing-key", {"default"});
    }
    if (add_name(draft, *entry.key, *type, procedure::frame_parameters,
                 draft.model.parameters.size())) {
        draft.model.parameters.push_back(std::move(parameter));
    }
}

/// Of an unknown type it is still a name: its uses are no faults of their own.
Field field_said(Draft& draft, const Entry& entry) {
    Field field;
    field.id = entry.key->text;
    field.place = draft.findings.place(*entry.key);
    const Node* type_node = entry.value;
    const Node* initial = nullptr;
    if (entry.value->is_mapping() && entry.value->find("type") != nullptr) {
        const MappingReader reader(draft.findings, *entry.value, declared_field_keys);
        type_node = reader.find("type");
        initial = reader.find("default");
        field.title = translated_text(draft, reader, "title");
        if (const Node* sensitive = reader.find("sensitive")) {
            field.sensitive = read_boolean(draft.findings, *sensitive).value_or(false);
        }
        if (const Node* indexed = reader.find("indexed")) {
            field.indexed = read_boolean(draft.findings, *indexed).value_or(false);
        }
    }
    field.type = read_type(draft.findings, *type_node).value_or(Type::of(Type::Kind::any));
    if (initial != nullptr) {
        field.initial = read_value(draft.findings, *initial, field.type).value_or(Value());
    }
    return field;
}

/// Whether it holds one thing that can be written as a short text.
bool is_single(const Type& type) {
    switch (type.kind) {
        case Type::Kind::text:
        case Type::Kind::integer:
        case Type::Kind::boolean:
        case Type::Kind::date:
        case Type::Kind::person:
        case Type::Kind::choice:
        case Type::Kind::any:  // its own fault was told
            return true;
        default:
            return false;
    }
}

void read_field(Draft& draft, const Entry& entry) {
    Field field = field_said(draft, entry);
    if (field.indexed && (field.sensitive || !is_single(field.type))) {
        draft.findings.error(*entry.key, "not-indexable", {field.id});
    }
    if (add_name(draft, *entry.key, field.type, procedure::frame_data, draft.model.data.size())) {
        draft.model.data.push_back(std::move(field));
    }
}

void read_variant_values(Draft& draft, const Node& node, Variant& variant) {
    if (!expect_mapping(draft.findings, node)) return;
    const auto& parameters = draft.model.parameters;
    for (const Entry& entry : node.entries) {
        const auto found =
            std::find_if(parameters.begin(), parameters.end(),
                         [&](const Parameter& known) { return known.id == entry.key->text; });
        if (found == parameters.end()) {
            draft.findings.error(*entry.key, "unknown-parameter",
                                 {entry.key->text, nearest_of(entry.key->text, parameters)});
            continue;
        }
        auto value = read_value(draft.findings, *entry.value, found->type);
        const auto index = static_cast<procedure::ParameterIndex>(found - parameters.begin());
        if (value) variant.values.emplace_back(index, std::move(*value));
    }
}

void read_variant(Draft& draft, const Entry& entry) {
    const auto id = read_id(draft.findings, *entry.key);
    const MappingReader reader(draft.findings, *entry.value, variant_keys);
    Variant variant;
    variant.id = id.value_or("");
    variant.title = translated_text(draft, reader, "title");
    variant.source = plain_text(draft, reader, "source");
    variant.place = draft.findings.place(*entry.key);
    if (const Node* set = reader.require("set")) read_variant_values(draft, *set, variant);
    draft.model.variants.push_back(std::move(variant));
}

}  // namespace

void declare_local_data(Draft& draft, const Node& node, procedure::StateIndex holder) {
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        if (!read_id(draft.findings, *entry.key) ||
            !is_name_free(draft, *entry.key, entry.key->text)) {
            continue;
        }
        // One name, one field: what people are shown and history says needs no path.
        if (procedure::find_field(draft.model, entry.key->text) != procedure::none) {
            draft.findings.error(*entry.key, "name-not-free", {entry.key->text});
            continue;
        }
        if (draft.model.data.size() >= limits::names_max) {
            return draft.findings.error(*entry.key, "too-many-names",
                                        {std::to_string(limits::names_max)});
        }
        Field field = field_said(draft, entry);
        field.holder = holder;
        if (field.sensitive) draft.findings.error(*entry.key, "sensitive-local", {field.id});
        if (field.indexed) draft.findings.error(*entry.key, "not-indexable", {field.id});
        draft.model.states[holder].data.push_back(
            static_cast<procedure::FieldIndex>(draft.model.data.size()));
        draft.model.data.push_back(std::move(field));
    }
}

void name_local_data(Draft& draft, procedure::StateIndex holder) {
    for (const procedure::FieldIndex index : draft.model.states[holder].data) {
        const Field& field = draft.model.data[index];
        draft.names.push_back(
            {field.id, field.type, {procedure::frame_data, static_cast<std::uint16_t>(index)}});
    }
}

std::vector<procedure::FieldIndex> read_input(Draft& draft, const Node& node) {
    std::vector<procedure::FieldIndex> input;
    if (!expect_sequence(draft.findings, node)) return input;
    for (const Node* name : node.items) {
        const auto field = field_of(draft, *name);
        if (!field) continue;
        if (std::find(input.begin(), input.end(), *field) != input.end()) {
            draft.findings.error(*name, "word-twice", {name->text});
        } else {
            input.push_back(*field);
        }
    }
    return input;
}

namespace {

template <class Read>
void read_each_entry(Draft& draft, const MappingReader& file, std::string_view key, Read read) {
    const Node* node = file.find(key);
    if (node == nullptr || !expect_mapping(draft.findings, *node)) return;
    for (const Entry& entry : node->entries) read(draft, entry);
}

void read_unit(Draft& draft, const Node& node) {
    const auto index = field_of(draft, node);
    if (!index) return;
    const Field& field = draft.model.data[*index];
    const auto kind = field.type.kind;
    const bool names_one = kind == Type::Kind::text || kind == Type::Kind::person ||
                           kind == Type::Kind::choice || kind == Type::Kind::any;
    if (names_one && !field.sensitive) {
        draft.model.unit = *index;
    } else {
        draft.findings.error(node, "unit-not-text", {field.id});
    }
}

constexpr std::array<std::string_view, 2> total_keys{"limit", "source"};

/// A limit, or {limit, source}.
void read_total(Draft& draft, const Node& node) {
    const Node* length = &node;
    procedure::Total total;
    if (node.is_mapping()) {
        const MappingReader reader(draft.findings, node, total_keys);
        length = reader.require("limit");
        total.source = plain_text(draft, reader, "source");
    }
    if (length == nullptr) return;
    auto limit = read_limit_or_cel(draft, *length);
    if (!limit) return;
    total.limit = std::move(*limit);
    total.place = draft.findings.place(*length);
    draft.model.total = std::move(total);
}

}  // namespace

void read_declarations(Draft& draft, const MappingReader& file) {
    read_each_entry(draft, file, "parameters", read_parameter);
    read_each_entry(draft, file, "variants", read_variant);
    read_each_entry(draft, file, "data", read_field);
    if (const Node* messages = file.find("messages")) read_messages(draft, *messages);
    if (const Node* input = file.find("input")) draft.model.input = read_input(draft, *input);
    if (const Node* output = file.find("output")) {
        draft.model.output = read_input(draft, *output);
        for (const procedure::FieldIndex field : draft.model.output) {
            if (!draft.model.data[field].sensitive) continue;
            draft.findings.error(*output, "sensitive-result", {draft.model.data[field].id});
        }
    }
    if (const Node* unit = file.find("unit")) read_unit(draft, *unit);
    if (const Node* total = file.find("total")) read_total(draft, *total);
}

}  // namespace workflow::definition
