#include "scenario/names.hpp"

#include <algorithm>

#include "definition/type_reader.hpp"

namespace workflow::scenario {
namespace {

using definition::Node;

template <class Items>
std::vector<std::string> ids_of(const Items& items) {
    std::vector<std::string> ids;
    for (const auto& item : items) ids.push_back(item.id);
    return ids;
}

/// How much two words have in common, by their pairs of letters: 2 * common / all (Dice).
double likeness(std::string_view a, std::string_view b) {
    if (a.size() < 2 || b.size() < 2) return 0;
    std::size_t common = 0;
    for (std::size_t i = 0; i + 1 < a.size(); ++i) {
        if (b.find(a.substr(i, 2)) != std::string_view::npos) ++common;
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size() - 2);
}

/// There are too many codes to list: where none is near, the one that has most in common.
std::string most_alike(const std::string& word, const std::vector<std::string>& names) {
    const std::string near = nearest(word, names);
    if (!near.empty()) return near;
    return *std::max_element(names.begin(), names.end(), [&](const auto& a, const auto& b) {
        return likeness(word, a) < likeness(word, b);
    });
}

}  // namespace

std::optional<std::uint32_t> find_name(Reading& reading, const Node& node,
                                       const std::vector<std::string>& names,
                                       std::string_view code) {
    return definition::find_name(reading.findings, node, names, code);
}

bool find_refusal(Reading& reading, const Node& node) {
    const std::vector<std::string> codes = refusal_codes();
    if (node.is_scalar() && std::find(codes.begin(), codes.end(), node.text) != codes.end()) {
        return true;
    }
    reading.findings.error(node, "unknown-refusal", {node.text, most_alike(node.text, codes)});
    return false;
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

bool find_role_of_any(Reading& reading, const Node& node) {
    std::vector<std::string> ids = ids_of(reading.model.roles);
    for (const LoadedProcedure& called : reading.script.called) {
        if (called.procedure == nullptr) continue;
        for (std::string& id : ids_of(called.procedure->model().roles)) {
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
        }
    }
    return find_name(reading, node, ids, "unknown-role").has_value();
}

std::optional<std::string> read_name(Reading& reading, const Node& node) {
    return definition::read_name(reading.findings, node);
}

std::vector<std::string> refusal_codes() {
    std::vector<std::string> codes;
    for (std::uint8_t number = 1;; ++number) {
        const std::string code = to_string(static_cast<RefusalCode>(number));
        if (code.empty()) return codes;
        codes.push_back(code);
    }
}

std::optional<Value> read_given(Reading& reading, const Node& node, const Type& type) {
    if (type.kind == Type::Kind::instant && node.is_scalar()) {
        const auto instant = parse_instant(node.text, reading.script.calendar->offset());
        if (instant) return Value(*instant);
    }
    return definition::read_value(reading.findings, node, type);
}

}  // namespace workflow::scenario
