#include "definition/message_reader.hpp"

#include <algorithm>
#include <array>

#include "definition/action_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::ActionField;
using procedure::MessageDeclaration;
using procedure::MessageIndex;
using procedure::Sending;

constexpr std::array<std::string_view, 5> message_keys{"title", "key", "keep", "broadcast",
                                                       "fields"};
constexpr std::array<std::string_view, 4> send_keys{"message", "key", "instance", "with"};

bool read_flag(Draft& draft, const MappingReader& reader, std::string_view key) {
    const Node* node = reader.find(key);
    return node != nullptr && read_boolean(draft.findings, *node).value_or(false);
}

void read_message(Draft& draft, const Entry& entry) {
    const auto id = read_id(draft.findings, *entry.key);
    const MappingReader reader(draft.findings, *entry.value, message_keys);
    if (!reader.is_mapping()) return;
    MessageDeclaration message;
    message.id = id.value_or("");
    message.title = translated_text(draft, reader, "title");
    message.place = draft.findings.place(*entry.key);
    if (const Node* key = reader.find("key")) message.key = read_name_cel(draft, *key);
    message.keep = read_flag(draft, reader, "keep");
    message.broadcast = read_flag(draft, reader, "broadcast");
    if (message.keep && message.broadcast) {
        draft.findings.error(*reader.find("broadcast"), "keep-and-broadcast", {message.id});
    }
    if (const Node* fields = reader.find("fields")) {
        message.fields = read_fields(draft, *fields);
        for (const ActionField& field : message.fields) {
            if (!field.sensitive) continue;
            draft.findings.error(*fields, "sensitive-in-message", {field.id, message.id});
        }
    }
    draft.model.messages.push_back(std::move(message));
}

void read_with(Draft& draft, const Node* node, const Node& at, const EventNames& event,
               Sending& sending) {
    const MessageDeclaration& message = draft.model.messages[sending.message];
    std::vector<std::string_view> names;
    for (const ActionField& field : message.fields) names.push_back(field.id);
    static const Node nothing{.kind = Node::Kind::mapping};
    if (node != nullptr && !expect_mapping(draft.findings, *node)) return;
    const Node& with = node != nullptr ? *node : nothing;
    for (const Entry& entry : with.entries) {
        if (std::find(names.begin(), names.end(), entry.key->text) != names.end()) continue;
        draft.findings.error(
            *entry.key, "unknown-message-field",
            {entry.key->text, message.id, nearest_of(entry.key->text, message.fields)});
    }
    for (const ActionField& field : message.fields) {
        const Node* value = with.find(field.id);
        if (value == nullptr) {
            if (field.required) {
                draft.findings.error(at, "message-field-missing", {field.id, message.id});
            }
            continue;
        }
        Type type = field.type;
        type.optional = !field.required;
        if (auto cel = read_cel(draft, *value, type, event)) {
            sending.with.emplace_back(field.id, std::move(*cel));
        }
    }
}

void read_sending(Draft& draft, const Node& node, const EventNames& event,
                  std::vector<Sending>& sendings) {
    const MappingReader reader(draft.findings, node, send_keys);
    if (!reader.is_mapping()) return;
    const Node* name = reader.require("message");
    const auto message = name != nullptr ? message_of(draft, *name) : std::nullopt;
    if (!message) return;
    Sending sending{.message = *message};
    sending.place = draft.findings.place(node);
    const Node* key = reader.find("key");
    const Node* instance = reader.find("instance");
    if (key != nullptr) sending.key = read_name_cel(draft, *key, event);
    if (instance != nullptr) sending.instance = read_name_cel(draft, *instance, event);
    if (key == nullptr && instance == nullptr && !draft.model.messages[*message].broadcast) {
        draft.findings.error(node, "send-to-nobody", {name->text});
    }
    read_with(draft, reader.find("with"), node, event, sending);
    sendings.push_back(std::move(sending));
}

}  // namespace

std::optional<MessageIndex> message_of(Draft& draft, const Node& node) {
    const MessageIndex message =
        node.is_scalar() ? procedure::find_message(draft.model, node.text) : procedure::none;
    if (message != procedure::none) return message;
    if (draft.model.messages.empty()) {
        draft.findings.error(node, "no-messages", {node.text});
    } else {
        draft.findings.error(node, "unknown-message",
                             {node.text, nearest_of(node.text, draft.model.messages)});
    }
    return std::nullopt;
}

void read_messages(Draft& draft, const Node& node) {
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) read_message(draft, entry);
}

void read_receive(Draft& draft, const Node& node, procedure::StateIndex state) {
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        const auto message = message_of(draft, *entry.key);
        if (!message) continue;
        const EventNames event{.message = &draft.model.messages[*message].fields};
        procedure::Receipt receipt{.message = *message};
        receipt.way = read_way(draft, *entry.value, {state, Trigger::message, event});
        receipt.place = draft.findings.place(*entry.key);
        draft.model.states[state].receive.push_back(std::move(receipt));
    }
}

std::vector<Sending> read_send(Draft& draft, const Node& node, const EventNames& event) {
    std::vector<Sending> sendings;
    if (node.is_sequence()) {
        for (const Node* item : node.items) read_sending(draft, *item, event, sendings);
    } else {
        read_sending(draft, node, event, sendings);
    }
    return sendings;
}

}  // namespace workflow::definition
