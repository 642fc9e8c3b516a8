#include "definition/way_reader.hpp"

#include <algorithm>
#include <array>

#include "definition/extension_reader.hpp"
#include "definition/message_reader.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

using procedure::Way;

constexpr std::array<std::string_view, 12> keys_of_ways{"when",       "to",     "end",          "set",
                                                "notify",     "text",   "may_also_act", "times",
                                                "also_start", "cancel", "extend",       "send"};
/// An action and a start have a title of their own.
constexpr std::array<std::string_view, 1> title_keys{"title"};
constexpr std::string_view stay = "stay";
constexpr std::string_view no_outcome = "none";

bool may_stay(Trigger trigger) {
    return trigger == Trigger::action || trigger == Trigger::timer || trigger == Trigger::moment ||
           trigger == Trigger::message;
}

/// The number of a state by its name.
std::optional<procedure::StateIndex> read_state_name(Draft& draft, const Node& node) {
    if (!node.is_scalar()) {
        draft.findings.error(node, "not-a-target");
        return std::nullopt;
    }
    const auto found = draft.state_numbers.find(node.text);
    if (found != draft.state_numbers.end()) return found->second;
    const auto& outcomes = draft.model.outcomes;
    if (std::any_of(outcomes.begin(), outcomes.end(),
                    [&](const auto& outcome) { return outcome.id == node.text; })) {
        draft.findings.error(node, "target-is-outcome", {node.text});
        return std::nullopt;
    }
    std::vector<std::string> ids;
    for (std::size_t i = 1; i < draft.model.states.size(); ++i)
        ids.push_back(draft.model.states[i].id);
    const std::string near = nearest(node.text, ids);
    if (near.empty()) {
        draft.findings.error(node, "unknown-target-no-near", {node.text});
    } else {
        draft.findings.error(node, "unknown-target", {node.text, near});
    }
    return std::nullopt;
}

void read_target(Draft& draft, const Node& node, Way& way) {
    if (const auto state = read_state_name(draft, node)) way.target = procedure::Move{*state};
}

/// `cancel` is a list of states; `also_start` one state, or a list.
void read_asides(Draft& draft, const MappingReader& reader, const WayFrame& frame, Way& way) {
    const Node* cancel = reader.find("cancel");
    const Node* also = reader.find("also_start");
    for (const Node* node : {cancel, also}) {
        if (node == nullptr || frame.trigger != Trigger::start) continue;
        draft.findings.error(*node, "aside-at-start", {node == cancel ? "cancel" : "also_start"});
    }
    const auto read_into = [&](const Node& node, std::vector<procedure::StateIndex>& states) {
        if (const auto state = read_state_name(draft, node)) states.push_back(*state);
    };
    if (cancel != nullptr && expect_sequence(draft.findings, *cancel)) {
        for (const Node* item : cancel->items) {
            const std::size_t before = way.cancel.size();
            read_into(*item, way.cancel);
            const auto last = way.cancel.begin() + static_cast<std::ptrdiff_t>(before);
            if (before < way.cancel.size() && std::find(way.cancel.begin(), last, *last) != last) {
                draft.findings.error(*item, "word-twice", {item->text});
            }
        }
    }
    if (also == nullptr) return;
    if (also->is_sequence()) {
        for (const Node* item : also->items) read_into(*item, way.also_start);
    } else {
        read_into(*also, way.also_start);
    }
}

/// `{name}` in a notice names a field.
void check_places_in_text(Draft& draft, const Node& node, const Text& text) {
    for (const auto& translation : text.translations) {
        std::string_view rest = translation.second;
        for (std::size_t open = rest.find('{'); open != std::string_view::npos;
             open = rest.find('{')) {
            rest.remove_prefix(open + 1);
            const std::string name(rest.substr(0, rest.find('}')));
            if (procedure::find_field(draft.model, name) != procedure::none) continue;
            draft.findings.error(node, "unknown-field", {name, nearest_of(name, draft.model.data)});
        }
    }
}

void read_notice(Draft& draft, const MappingReader& reader, Way& way) {
    if (const Node* notify = reader.find("notify")) way.notify = roles_of(draft, *notify);
    const Node* text = reader.find("text");
    if (text == nullptr) return;
    if (!reader.has("notify")) draft.findings.error(*text, "text-without-notify");
    way.text = translated_text(draft, *text);
    check_places_in_text(draft, *text, way.text);
}

void read_times(Draft& draft, const MappingReader& reader, const WayFrame& frame, Way& way) {
    const Node* times = reader.find("times");
    if (times == nullptr) return;
    const bool by_time = frame.trigger == Trigger::timer || frame.trigger == Trigger::moment;
    if (!by_time || reader.has("to") || reader.has("end")) {
        return draft.findings.error(*times, "times-not-here");
    }
    const auto count = read_integer(draft.findings, *times, 1, limits::limit_count_max);
    way.times = static_cast<std::uint32_t>(count.value_or(1));
}

void read_escalation(Draft& draft, const MappingReader& reader, const WayFrame& frame, Way& way) {
    const Node* role = reader.find("may_also_act");
    if (role == nullptr) return;
    if (frame.trigger != Trigger::timer && frame.trigger != Trigger::moment) {
        return draft.findings.error(*role, "escalation-not-here");
    }
    way.may_also_act = role_of(draft, *role);
}

void read_destination(Draft& draft, const MappingReader& reader, const WayFrame& frame, Way& way) {
    const Node* to = reader.find("to");
    const Node* end = reader.find("end");
    if (to != nullptr && end != nullptr) return draft.findings.error(*end, "to-and-end");
    if (to != nullptr && to->is_sequence()) {
        way.choices = read_choices(draft, *to, frame);
    } else if (to != nullptr) {
        read_target(draft, *to, way);
    } else if (end != nullptr && frame.trigger == Trigger::fork) {
        draft.findings.error(*end, "fork-ends", {draft.model.states[frame.carrier].id});
    } else if (end != nullptr && frame.trigger == Trigger::start) {
        draft.findings.error(*end, "start-ends");
    } else if (end != nullptr) {
        const auto outcome = read_outcome(draft, *end, frame.carrier);
        way.target = procedure::Finish{outcome.value_or(procedure::none)};
    } else if (!may_stay(frame.trigger)) {
        draft.findings.error(reader.node(), "way-leads-nowhere");
    }
}

Way read_otherwise(Draft& draft, const MappingReader& reader, const WayFrame& frame) {
    const Node& node = *reader.find("otherwise");
    const bool stays = node.is_scalar() && node.text == stay;
    if (!stays) {
        Way way = read_way(draft, node, frame);
        if (way.when) draft.findings.error(node, "when-after-otherwise");
        return way;
    }
    if (!may_stay(frame.trigger)) draft.findings.error(node, "cannot-stay");
    Way way;
    way.place = draft.findings.place(node);
    return way;
}

Way read_entry(Draft& draft, const Node& node, const WayFrame& frame, bool last) {
    static constexpr std::array<std::string_view, 1> otherwise_keys{"otherwise"};
    if (node.is_mapping() && node.find("otherwise") != nullptr) {
        if (!last) draft.findings.error(node, "otherwise-not-last");
        return read_otherwise(draft, MappingReader(draft.findings, node, otherwise_keys), frame);
    }
    const auto own_keys = joined(keys_of_ways, title_keys);
    const MappingReader reader(draft.findings, node, joined(own_keys, otherwise_keys));
    if (!reader.is_mapping()) return {};
    if (last) {
        draft.findings.error(node, "no-otherwise");
    } else if (!reader.has("when")) {
        draft.findings.error(node, "missing-key", {"when"});
    }
    Way way = read_way_keys(draft, reader, frame);
    way.title = translated_text(draft, reader, "title");
    return way;
}

}  // namespace

Keys way_keys() {
    return keys_of_ways;
}

std::vector<Way> read_choices(Draft& draft, const Node& node, const WayFrame& frame) {
    std::vector<Way> choices;
    if (!expect_sequence(draft.findings, node)) return choices;
    if (node.items.empty()) draft.findings.error(node, "no-otherwise");
    for (const Node* item : node.items) {
        choices.push_back(read_entry(draft, *item, frame, item == node.items.back()));
    }
    return choices;
}

std::vector<Way> read_fork(Draft& draft, const Node& node, procedure::StateIndex fork) {
    std::vector<Way> ways;
    if (!expect_sequence(draft.findings, node)) return ways;
    const WayFrame frame{fork, Trigger::fork};
    bool always = false;
    bool has_otherwise = false;
    for (const Node* item : node.items) {
        if (item->is_mapping() && item->find("otherwise") != nullptr) {
            if (item != node.items.back()) draft.findings.error(*item, "otherwise-not-last");
            if (always) draft.findings.error(*item, "otherwise-never");
            static constexpr std::array<std::string_view, 1> otherwise_keys{"otherwise"};
            const MappingReader reader(draft.findings, *item, otherwise_keys);
            ways.push_back(read_otherwise(draft, reader, frame));
            ways.back().otherwise = true;
            has_otherwise = true;
        } else if (item->is_sequence()) {
            draft.findings.error(*item, "not-a-target");
        } else {
            ways.push_back(read_way(draft, *item, frame));
            always = always || !ways.back().when;
        }
    }
    if (node.items.empty()) {
        draft.findings.error(node, "fork-empty");
    } else if (!always && !has_otherwise) {
        draft.findings.error(node, "no-otherwise");
    }
    return ways;
}

std::vector<procedure::Assignment> read_set(Draft& draft, const Node& node,
                                            const EventNames& event) {
    std::vector<procedure::Assignment> set;
    if (!expect_mapping(draft.findings, node)) return set;
    for (const Entry& entry : node.entries) {
        const auto field = field_of(draft, *entry.key);
        if (!field) continue;
        auto value = read_cel(draft, *entry.value, draft.model.data[*field].type, event);
        if (value) set.push_back({*field, std::move(*value)});
    }
    return set;
}

std::optional<procedure::OutcomeIndex> read_outcome(Draft& draft, const Node& node,
                                                    procedure::StateIndex carrier) {
    if (node.is_scalar() && node.text == no_outcome) return procedure::none;
    const std::optional<std::string> id = read_id(draft.findings, node);
    if (!id) return std::nullopt;
    auto& outcomes = draft.model.outcomes;
    for (std::uint32_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].id == *id) return i;
    }
    if (draft.model.states[carrier].parent == procedure::root_state) {
        draft.findings.error(node, "unknown-outcome", {*id, nearest_of(*id, outcomes)});
        return std::nullopt;
    }
    outcomes.push_back({.id = *id, .declared = false, .place = draft.findings.place(node)});
    return static_cast<std::uint32_t>(outcomes.size() - 1);
}

Way read_way_keys(Draft& draft, const MappingReader& reader, const WayFrame& frame) {
    Way way;
    way.place = draft.findings.place(reader.node());
    if (const Node* when = reader.find("when")) {
        way.when = read_cel(draft, *when, Type::of(Type::Kind::boolean), frame.event);
    }
    if (const Node* set = reader.find("set")) way.set = read_set(draft, *set, frame.event);
    if (const Node* extend = reader.find("extend")) {
        way.extend = read_extensions(draft, *extend, frame);
    }
    read_notice(draft, reader, way);
    if (const Node* send = reader.find("send")) way.send = read_send(draft, *send, frame.event);
    read_times(draft, reader, frame, way);
    read_escalation(draft, reader, frame, way);
    read_asides(draft, reader, frame, way);
    read_destination(draft, reader, frame, way);
    return way;
}

Way read_way(Draft& draft, const Node& node, const WayFrame& frame) {
    if (node.is_mapping()) {
        const auto known = joined(keys_of_ways, title_keys);
        const MappingReader reader(draft.findings, node, known);
        Way way = read_way_keys(draft, reader, frame);
        way.title = translated_text(draft, reader, "title");
        return way;
    }
    Way way;
    way.place = draft.findings.place(node);
    if (node.is_sequence()) {
        way.choices = read_choices(draft, node, frame);
    } else {
        read_target(draft, node, way);
    }
    return way;
}

}  // namespace workflow::definition
