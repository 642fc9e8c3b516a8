#include "definition/service_reader.hpp"

#include <array>

#include "definition/action_reader.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

using procedure::ActionField;
using procedure::Call;
using procedure::Cel;
using procedure::Retries;
using procedure::Service;

constexpr std::array<std::string_view, 4> retry_keys{"times", "first", "factor", "longest"};

/// name -> expression of any type.
std::vector<std::pair<std::string, Cel>> read_given(Draft& draft, const Node& node) {
    std::vector<std::pair<std::string, Cel>> given;
    if (!expect_mapping(draft.findings, node)) return given;
    for (const Entry& entry : node.entries) {
        const auto name = read_id(draft.findings, *entry.key);
        auto value = read_cel(draft, *entry.value, Type::of(Type::Kind::any));
        if (name && value) given.emplace_back(*name, std::move(*value));
    }
    return given;
}

/// What comes back goes into the chained bytes: no personal data. What a list names may be missing
/// where the data may lack it.
std::vector<ActionField> read_result(Draft& draft, const Node& node) {
    std::vector<ActionField> fields = read_fields(draft, node);
    for (ActionField& field : fields) {
        const bool may_be_null =
            field.stored_in != procedure::none && draft.model.data[field.stored_in].type.optional;
        if (node.is_sequence() && may_be_null) field.required = false;
        if (field.sensitive) draft.findings.error(node, "sensitive-result", {field.id});
    }
    return fields;
}

/// A length on the clock on the wall: attempts do not wait for offices to open.
std::optional<Limit> read_exact_limit(Draft& draft, const Node& node) {
    const auto limit = read_limit(draft.findings, node);
    if (!limit) return std::nullopt;
    if (limit->unit == Unit::minutes || limit->unit == Unit::hours || limit->unit == Unit::days) {
        return limit;
    }
    draft.findings.error(node, "limit-not-exact", {node.text});
    return std::nullopt;
}

void read_retry(Draft& draft, const Node& node, Retries& retry) {
    const MappingReader reader(draft.findings, node, retry_keys);
    if (!reader.is_mapping()) return;
    const auto number = [&](std::string_view key, std::uint32_t& value, std::int64_t most) {
        const Node* said = reader.find(key);
        if (said == nullptr) return;
        const auto read = read_integer(draft.findings, *said, 1, most);
        if (read) value = static_cast<std::uint32_t>(*read);
    };
    const auto length = [&](std::string_view key, Limit& value) {
        const Node* said = reader.find(key);
        const auto read = said != nullptr ? read_exact_limit(draft, *said) : std::nullopt;
        if (read) value = *read;
    };
    number("times", retry.times, limits::attempts_max);
    number("factor", retry.factor, limits::attempts_max);
    length("first", retry.first);
    length("longest", retry.longest);
}

void read_errors(Draft& draft, const Node& node, procedure::StateIndex index) {
    if (!expect_mapping(draft.findings, node)) return;
    const WayFrame frame{index, Trigger::finish, {.error = true}};
    for (const Entry& entry : node.entries) {
        const bool otherwise = entry.key->text == "otherwise";
        const auto code =
            otherwise ? std::optional(std::string()) : read_id(draft.findings, *entry.key);
        procedure::Way way = read_way(draft, *entry.value, frame);
        if (code) {
            draft.model.states[index].service->errors.emplace_back(*code, std::move(way));
        }
    }
}

}  // namespace

void read_service(Draft& draft, const MappingReader& reader, procedure::StateIndex index) {
    auto& service = draft.model.states[index].service.emplace();
    service.handler = read_id(draft.findings, *reader.find("service")).value_or("");
    if (const Node* input = reader.find("input")) service.input = read_given(draft, *input);
    if (const Node* result = reader.find("result")) service.result = read_result(draft, *result);
    if (const Node* retry = reader.find("retry")) read_retry(draft, *retry, service.retry);
    if (const Node* timeout = reader.find("timeout")) {
        service.timeout = read_exact_limit(draft, *timeout);
    }
    if (const Node* errors = reader.find("errors")) read_errors(draft, *errors, index);
}

void read_call(Draft& draft, const MappingReader& reader, procedure::StateIndex index) {
    auto& call = draft.model.states[index].call.emplace();
    call.procedure = read_id(draft.findings, *reader.find("call")).value_or("");
    if (const Node* entry = reader.find("entry")) {
        call.entry = read_id(draft.findings, *entry).value_or("");
    }
    if (const Node* variant = reader.find("variant")) {
        call.variant = read_id(draft.findings, *variant).value_or("");
    }
    if (const Node* version = reader.find("version")) {
        call.version = read_integer(draft.findings, *version, 1, INT32_MAX);
    }
    if (const Node* input = reader.find("input")) call.input = read_given(draft, *input);
    if (const Node* result = reader.find("result")) call.result = read_result(draft, *result);
    if (const Node* detached = reader.find("detached")) {
        call.detached = read_boolean(draft.findings, *detached).value_or(false);
    }
    if (!call.detached) return;
    for (const std::string_view key :
         {"result", "outcomes", "sla", "after", "actions", "receive"}) {
        if (const Node* said = reader.find(key)) {
            draft.findings.error(*said, "detached-goes-on", {std::string(key)});
        }
    }
}

}  // namespace workflow::definition
