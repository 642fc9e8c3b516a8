#include "scenario/names.hpp"

#include <algorithm>

#include "definition/type_reader.hpp"
#include "workflow/limits.hpp"

namespace workflow::scenario {
namespace {

using definition::Node;

template <class Items>
std::vector<std::string> ids_of(const Items& items) {
    std::vector<std::string> ids;
    for (const auto& item : items) ids.push_back(item.id);
    return ids;
}

}  // namespace

std::optional<std::uint32_t> find_name(Reading& reading, const Node& node,
                                       const std::vector<std::string>& names,
                                       std::string_view code) {
    const auto found =
        node.is_scalar() ? std::find(names.begin(), names.end(), node.text) : names.end();
    if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
    reading.findings.error(node, code, {node.text, definition::nearest_or_all(node.text, names)});
    return std::nullopt;
}

std::optional<std::uint32_t> find_state(Reading& reading, const Node& node) {
    // The procedure itself, state 0, is no state of its own.
    std::vector<std::string> ids = ids_of(reading.model.states);
    ids.erase(ids.begin());
    const auto found = find_name(reading, node, ids, "unknown-state");
    return found ? std::optional(*found + 1) : std::nullopt;
}

std::optional<std::uint32_t> find_clock(Reading& reading, const Node& node) {
    return find_name(reading, node, ids_of(reading.model.clocks), "no-such-clock");
}

std::optional<std::uint32_t> find_person(Reading& reading, const Node& node) {
    return find_name(reading, node, ids_of(reading.script.people), "unknown-person");
}

std::optional<std::uint32_t> find_message(Reading& reading, const Node& node) {
    return find_name(reading, node, ids_of(reading.model.messages), "unknown-message");
}

std::optional<std::uint32_t> find_role(Reading& reading, const Node& node) {
    return find_name(reading, node, ids_of(reading.model.roles), "unknown-role");
}

std::optional<std::string> read_name(Reading& reading, const Node& node) {
    const auto text = definition::read_string(reading.findings, node);
    if (!text || (text->size() <= limits::key_bytes_max && printable(*text) == *text)) return text;
    reading.findings.error(node, "not-a-name", {*text, std::to_string(limits::key_bytes_max)});
    return std::nullopt;
}

std::vector<std::string> refusal_codes() {
    std::vector<std::string> codes;
    for (std::uint8_t number = 1;; ++number) {
        const std::string code = to_string(static_cast<RefusalCode>(number));
        if (code.empty()) return codes;
        codes.push_back(code);
    }
}

std::vector<const Node*> one_or_several(const Node& node) {
    return node.is_sequence() ? node.items : std::vector{&node};
}

std::optional<Value> read_given(Reading& reading, const Node& node, const Type& type) {
    if (type.kind == Type::Kind::instant && node.is_scalar()) {
        const auto instant = parse_instant(node.text, reading.script.calendar->offset());
        if (instant) return Value(*instant);
    }
    return definition::read_value(reading.findings, node, type);
}

}  // namespace workflow::scenario
