#include "definition/clock_reader.hpp"

#include <algorithm>
#include <array>

#include "definition/moment_reader.hpp"
#include "definition/way_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Clock;
using procedure::Policy;

constexpr std::array<std::string_view, 7> clock_keys{"limit",   "when",   "starts", "while_waiting",
                                                     "moments", "source", "title"};
constexpr std::array<std::string_view, 3> planned_keys{"due", "stops", "calendar"};
constexpr std::array<std::string_view, 1> start_keys{"date"};
constexpr std::array<std::string_view, 4> planned_start_keys{"entered", "left", "performed",
                                                             "message"};

bool is_clock_key(std::string_view key) {
    const auto among = [&](Keys keys) {
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    return among(clock_keys) || among(planned_keys);
}

std::optional<Policy> read_policy(Draft& draft, const Node& node) {
    if (node.text == "pause") return Policy::pause;
    if (node.text == "restart") return Policy::restart;
    if (node.text == "continue") return Policy::go_on;
    draft.findings.error(node, "not-a-policy", {node.text});
    return std::nullopt;
}

/// By reason: a state strictly inside `owner` that waits for it, or none.
std::vector<procedure::StateIndex> waiting_inside(const procedure::Model& model,
                                                  procedure::StateIndex owner) {
    std::vector<procedure::StateIndex> found(model.reasons.size(), procedure::none);
    for (procedure::StateIndex i = 1; i < model.states.size(); ++i) {
        const procedure::ReasonIndex reason = model.states[i].waiting_for;
        if (reason == procedure::none || found[reason] != procedure::none || i == owner) continue;
        if (procedure::is_within(model, i, owner)) found[reason] = i;
    }
    return found;
}

using Policies = std::vector<std::optional<Policy>>;

void read_policies_by_reason(Draft& draft, const Node& node,
                             const std::vector<procedure::StateIndex>& inside, Policies& policies) {
    for (const Entry& entry : node.entries) {
        const auto& reasons = draft.model.reasons;
        const auto found = std::find(reasons.begin(), reasons.end(), entry.key->text);
        const auto reason = static_cast<std::size_t>(found - reasons.begin());
        const std::optional<Policy> policy = read_policy(draft, *entry.value);
        if (found == reasons.end() || inside[reason] == procedure::none) {
            draft.findings.error(*entry.key, "unknown-wait-reason", {entry.key->text});
        } else if (policy) {
            policies[reason] = policy;
        }
    }
}

/// Rule R72: each reason for which a state inside waits has its consequence.
void read_policies(Draft& draft, const Node* node, Clock& clock) {
    const procedure::Model& model = draft.model;
    const auto inside = waiting_inside(model, clock.owner);
    Policies policies(model.reasons.size());
    if (node != nullptr && node->is_mapping()) {
        read_policies_by_reason(draft, *node, inside, policies);
    } else if (node != nullptr) {
        const std::optional<Policy> policy = read_policy(draft, *node);
        if (policy) policies.assign(policies.size(), policy);
    }
    for (std::size_t reason = 0; reason < policies.size(); ++reason) {
        if (inside[reason] != procedure::none && !policies[reason]) {
            draft.findings.error(
                clock.place, "wait-unstated",
                {clock.id, model.reasons[reason], model.states[inside[reason]].id});
        }
        clock.while_waiting.push_back(policies[reason].value_or(Policy::go_on));
    }
}

/// Every length that the clock can have, as far as the file tells.
std::vector<Limit> possible_limits(const procedure::Model& model, const Clock& clock) {
    if (const Limit* limit = std::get_if<Limit>(&clock.limit)) return {*limit};
    std::vector<Limit> limits;
    const auto add = [&](const Value& value) {
        if (const Limit* limit = value.limit()) limits.push_back(*limit);
    };
    for (const Slot& slot : std::get<procedure::Cel>(clock.limit).expression.reads()) {
        if (slot.frame != procedure::frame_parameters) continue;
        add(model.parameters[slot.slot].initial);
        for (const procedure::Variant& variant : model.variants) {
            for (const auto& [parameter, value] : variant.values) {
                if (parameter == slot.slot) add(value);
            }
        }
    }
    return limits;
}

/// A limit that is a parameter has the parameter's legal basis.
std::string source_of_parameter(const procedure::Model& model, const Clock& clock) {
    const auto* cel = std::get_if<procedure::Cel>(&clock.limit);
    if (cel == nullptr || cel->expression.reads().size() != 1) return {};
    const Slot slot = cel->expression.reads().front();
    return slot.frame == procedure::frame_parameters ? model.parameters[slot.slot].source
                                                     : std::string();
}

/// Nobody can say how much of a month is left, or what 80 % of it is [R71, R78].
void check_months(Draft& draft, const Clock& clock) {
    const bool pauses = std::find(clock.while_waiting.begin(), clock.while_waiting.end(),
                                  Policy::pause) != clock.while_waiting.end();
    for (const Limit limit : possible_limits(draft.model, clock)) {
        if (limit.unit != Unit::months && limit.unit != Unit::years) continue;
        if (pauses) {
            draft.findings.error(clock.place, "months-cannot-pause", {clock.id, to_string(limit)});
        }
        for (const procedure::Moment& moment : clock.moments) {
            if (moment.kind != procedure::Moment::Kind::share) continue;
            draft.findings.error(moment.place, "share-of-months", {moment.label, to_string(limit)});
        }
        return;
    }
}

void read_starts(Draft& draft, const Node& node, Clock& clock) {
    const MappingReader reader(draft.findings, node, start_keys, planned_start_keys);
    if (const Node* date = reader.find("date")) clock.starts_date = read_time_cel(draft, *date);
}

void read_clock_keys(Draft& draft, const MappingReader& reader, Clock& clock) {
    clock.title = translated_text(draft, reader, "title");
    clock.source = plain_text(draft, reader, "source");
    if (const Node* when = reader.find("when")) {
        clock.when = read_cel(draft, *when, Type::of(Type::Kind::boolean));
    }
    if (const Node* starts = reader.find("starts")) read_starts(draft, *starts, clock);
    if (const Node* moments = reader.find("moments")) {
        clock.moments = read_moments(draft, *moments, clock.owner);
    }
}

void add_clock(Draft& draft, std::string id, const Node& at, const Node& node,
               procedure::StateIndex owner) {
    Clock clock;
    clock.id = std::move(id);
    clock.owner = owner;
    clock.place = draft.findings.place(at);
    for (const Clock& other : draft.model.clocks) {
        if (other.id != clock.id) continue;
        draft.findings.error(at, "name-twice", {clock.id, line_and_column(other.place)});
    }
    const Node* limit = &node;
    const Node* policies = nullptr;
    if (node.is_mapping()) {
        const MappingReader reader(draft.findings, node, clock_keys, planned_keys);
        limit = reader.has("due") ? nullptr : reader.require("limit");
        policies = reader.find("while_waiting");
        read_clock_keys(draft, reader, clock);
    }
    std::optional<std::variant<Limit, procedure::Cel>> length;
    if (limit != nullptr) length = read_limit_or_cel(draft, *limit);
    if (length) clock.limit = std::move(*length);
    if (length && clock.source.empty()) clock.source = source_of_parameter(draft.model, clock);
    read_policies(draft, policies, clock);
    if (length) check_months(draft, clock);
    draft.model.states[owner].clocks.push_back(
        static_cast<procedure::ClockIndex>(draft.model.clocks.size()));
    draft.model.clocks.push_back(std::move(clock));
}

void add_named_clock(Draft& draft, const Entry& entry, procedure::StateIndex owner) {
    const std::vector<std::string> keys(clock_keys.begin(), clock_keys.end());
    const std::string near = nearest(entry.key->text, keys);
    if (!near.empty())
        return draft.findings.error(*entry.key, "unknown-key", {entry.key->text, near});
    const auto id = read_id(draft.findings, *entry.key);
    if (id) add_clock(draft, *id, *entry.key, *entry.value, owner);
}

}  // namespace

void read_clocks(Draft& draft, const Node& node, procedure::StateIndex owner) {
    const auto& entries = node.entries;
    const bool several =
        node.is_mapping() && std::none_of(entries.begin(), entries.end(), [](const Entry& entry) {
            return is_clock_key(entry.key->text);
        });
    if (several) {
        for (const Entry& entry : entries) add_named_clock(draft, entry, owner);
        return;
    }
    std::string id = owner == procedure::root_state ? "procedure" : draft.model.states[owner].id;
    add_clock(draft, std::move(id), node, node, owner);
}

void read_timers(Draft& draft, const Node& node, procedure::StateIndex owner) {
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        if (entry.key->text.substr(0, 6) == "every ") {
            draft.findings.error(*entry.key, "not-available-yet", {entry.key->text});
            continue;
        }
        auto limit = read_limit_or_cel(draft, *entry.key);
        procedure::Way way = read_way(draft, *entry.value, {owner, Trigger::timer});
        if (!limit) continue;
        draft.model.states[owner].timers.push_back(
            {std::move(*limit), std::move(way), draft.findings.place(*entry.key)});
    }
}

}  // namespace workflow::definition
