#include "definition/action_reader.hpp"

#include <algorithm>
#include <array>

#include "definition/separation_reader.hpp"
#include "definition/type_reader.hpp"
#include "definition/way_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Action;
using procedure::ActionField;

constexpr std::array<std::string_view, 8> action_keys{
    "title", "description", "source", "role", "for", "not_by", "at_most", "fields"};
constexpr std::array<std::string_view, 3> action_field_keys{"type", "title", "sensitive"};

/// The same type, `optional` left aside: a field may be asked for where the data may lack it.
bool differ(Type a, Type b) {
    a.optional = b.optional = false;
    return !(a == b);
}

void connect_to_data(Draft& draft, const Node& at, ActionField& field) {
    field.stored_in = procedure::find_field(draft.model, field.id);
    if (field.stored_in == procedure::none) return;
    // A field of some other inside has the same name by chance.
    const auto& names = draft.names;
    if (std::none_of(names.begin(), names.end(),
                     [&](const Variable& variable) { return variable.name == field.id; })) {
        field.stored_in = procedure::none;
        return;
    }
    const procedure::Field& data = draft.model.data[field.stored_in];
    field.sensitive = field.sensitive || data.sensitive;
    if (field.title.empty()) field.title = data.title;
    if (differ(field.type, data.type)) {
        draft.findings.error(at, "field-type-differs",
                             {field.id, to_string(field.type), to_string(data.type)});
    }
}

std::optional<ActionField> read_named_field(Draft& draft, const Node& name) {
    const auto index = field_of(draft, name);
    if (!index) return std::nullopt;
    const procedure::Field& data = draft.model.data[*index];
    ActionField field{data.id, data.type, data.title, true, *index, data.sensitive};
    field.type.optional = false;
    return field;
}

std::optional<ActionField> read_typed_field(Draft& draft, const Entry& entry) {
    const auto id = read_id(draft.findings, *entry.key);
    ActionField field;
    const Node* type_node = entry.value;
    if (entry.value->is_mapping() && entry.value->find("type") != nullptr) {
        const MappingReader reader(draft.findings, *entry.value, action_field_keys);
        type_node = reader.find("type");
        field.title = translated_text(draft, reader, "title");
        if (const Node* sensitive = reader.find("sensitive")) {
            field.sensitive = read_boolean(draft.findings, *sensitive).value_or(false);
        }
    }
    std::optional<Type> type = read_type(draft.findings, *type_node);
    if (!id || !type) return std::nullopt;
    field.id = *id;
    field.required = !type->optional;
    field.type = std::move(*type);
    field.type.optional = false;
    connect_to_data(draft, *entry.key, field);
    return field;
}

/// How often the action may be done: counted per item of an `each`, else per instance.
void read_bound(Draft& draft, const Node& node, procedure::StateIndex state, Action& action) {
    action.at_most = read_cel(draft, node, Type::of(Type::Kind::integer));
    if (action.at_most && action.at_most->expression.is_constant()) {
        const auto bound = action.at_most->expression.evaluate({});
        const Value* value = std::get_if<Value>(&bound);
        if (value == nullptr || value->integer() == nullptr || *value->integer() < 1) {
            draft.findings.error(node, "uses-not-positive", {action.id, node.text});
        }
    }
    action.uses = static_cast<procedure::MemoryIndex>(draft.model.memories.size());
    draft.model.memories.push_back({action.id, {state}, false});
}

void read_action_keys(Draft& draft, const MappingReader& reader, procedure::StateIndex state,
                      Action& action) {
    action.title = translated_text(draft, reader, "title");
    action.description = translated_text(draft, reader, "description");
    action.source = plain_text(draft, reader, "source");
    if (const Node* role = reader.find("role")) {
        action.role = role_of(draft, *role).value_or(procedure::none);
    }
    if (const Node* fields = reader.find("fields")) action.fields = read_fields(draft, *fields);
    const EventNames event{.actor = true, .fields = &action.fields};
    if (const Node* for_whom = reader.find("for")) {
        action.for_whom = read_name_cel(draft, *for_whom);
    }
    if (const Node* not_by = reader.find("not_by")) {
        action.separation.not_by = read_tasks(draft, *not_by);
    }
    if (const Node* at_most = reader.find("at_most")) read_bound(draft, *at_most, state, action);
    action.way = read_way_keys(draft, reader, {state, Trigger::action, event});
}

void read_action(Draft& draft, const Entry& entry, procedure::StateIndex state) {
    const auto id = read_id(draft.findings, *entry.key);
    Action action;
    action.id = id.value_or("");
    action.place = draft.findings.place(*entry.key);
    action.role = draft.model.states[state].role;
    if (entry.value->is_mapping()) {
        const auto known = joined(action_keys, way_keys());
        read_action_keys(draft, MappingReader(draft.findings, *entry.value, known), state, action);
    } else if (entry.value->is_sequence()) {
        draft.findings.error(*entry.value, "action-as-list");
    } else {
        action.way = read_way(draft, *entry.value, {state, Trigger::action});
    }
    draft.model.states[state].actions.push_back(std::move(action));
}

}  // namespace

std::vector<ActionField> read_fields(Draft& draft, const Node& node) {
    std::vector<ActionField> fields;
    const auto add = [&](const Node& at, std::optional<ActionField> field) {
        if (!field) return;
        for (const ActionField& other : fields) {
            if (other.id == field->id) draft.findings.error(at, "word-twice", {field->id});
        }
        fields.push_back(std::move(*field));
    };
    if (node.is_mapping()) {
        for (const Entry& entry : node.entries) add(*entry.key, read_typed_field(draft, entry));
    } else if (expect_sequence(draft.findings, node)) {
        for (const Node* name : node.items) add(*name, read_named_field(draft, *name));
    }
    return fields;
}

void read_actions(Draft& draft, const Node& node, procedure::StateIndex state) {
    if (!expect_mapping(draft.findings, node)) return;
    draft.model.states[state].actions.reserve(node.entries.size());
    for (const Entry& entry : node.entries) read_action(draft, entry, state);
}

void add_done(Draft& draft, const Node* to, procedure::StateIndex state) {
    static const std::vector<ActionField> no_fields;
    Action action;
    action.id = "done";
    action.role = draft.model.states[state].role;
    action.place = draft.model.states[state].place;
    if (to != nullptr) {
        const EventNames event{.actor = true, .fields = &no_fields};
        // Its guard or list decides as that of any action; but a `to` that leads nowhere is none.
        action.way = read_way(draft, *to, {state, Trigger::finish, event});
    } else {
        action.way.target = procedure::Finish{procedure::none};
        action.way.place = action.place;
    }
    draft.model.states[state].actions.push_back(std::move(action));
}

}  // namespace workflow::definition
