#include "definition/clock_reader.hpp"

#include <algorithm>
#include <array>

#include "definition/moment_reader.hpp"
#include "definition/occasion_reader.hpp"
#include "definition/way_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Clock;
using procedure::Policy;

constexpr std::array<std::string_view, 10> clock_keys{
    "limit",         "due",     "when",     "starts", "stops",
    "while_waiting", "moments", "calendar", "source", "title"};

bool is_clock_key(std::string_view key) {
    return std::find(clock_keys.begin(), clock_keys.end(), key) != clock_keys.end();
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

/// Where a clock starts as its owner is entered, or stops as it is left, the file says nothing new.
bool is_usual(const std::optional<procedure::Occasion>& occasion, procedure::Occasion::Kind usual,
              const Clock& clock) {
    return occasion && occasion->kind == usual && occasion->state == clock.owner;
}

void read_occasions(Draft& draft, const MappingReader& reader, Clock& clock) {
    using Kind = procedure::Occasion::Kind;
    if (const Node* starts = reader.find("starts")) clock.starts = read_occasion(draft, *starts);
    if (const Node* stops = reader.find("stops")) clock.stops = read_occasion(draft, *stops);
    if (is_usual(clock.starts, Kind::entered, clock)) clock.starts.reset();
    if (is_usual(clock.stops, Kind::left, clock)) clock.stops.reset();
    if (is_usual(clock.starts, Kind::left, clock)) {
        draft.findings.error(clock.starts->place, "clock-never-runs", {clock.id});
    }
    if (is_usual(clock.stops, Kind::entered, clock)) {
        draft.findings.error(clock.stops->place, "clock-never-runs", {clock.id});
    }
}

/// A fixed date does not move: nothing can be left of it, nor a share of it be used [TP4].
void check_fixed(Draft& draft, const Clock& clock) {
    const bool moves = std::any_of(clock.while_waiting.begin(), clock.while_waiting.end(),
                                   [](Policy policy) { return policy != Policy::go_on; });
    if (moves) draft.findings.error(clock.place, "fixed-date-cannot-wait", {clock.id});
    for (const procedure::Moment& moment : clock.moments) {
        if (moment.kind != procedure::Moment::Kind::share) continue;
        draft.findings.error(moment.place, "share-of-date", {moment.label});
    }
}

void read_clock_keys(Draft& draft, const MappingReader& reader, Clock& clock) {
    clock.title = translated_text(draft, reader, "title");
    clock.source = plain_text(draft, reader, "source");
    if (const Node* when = reader.find("when")) {
        clock.when = read_cel(draft, *when, Type::of(Type::Kind::boolean));
    }
    read_occasions(draft, reader, clock);
    if (const Node* calendar = reader.find("calendar")) {
        clock.calendar = calendar_number(draft, *calendar);
    }
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
    clock.calendar = draft.model.states[owner].calendar;
    for (const Clock& other : draft.model.clocks) {
        if (other.id != clock.id) continue;
        draft.findings.error(at, "name-twice", {clock.id, line_and_column(other.place)});
    }
    const Node* limit = &node;
    const Node* policies = nullptr;
    if (node.is_mapping()) {
        const MappingReader reader(draft.findings, node, clock_keys);
        const Node* due = reader.find("due");
        limit = due != nullptr ? nullptr : reader.require("limit");
        if (due != nullptr && reader.has("limit")) {
            draft.findings.error(*due, "limit-and-due", {clock.id});
        }
        if (due != nullptr && parse_limit(due->text)) {
            draft.findings.error(*due, "due-is-a-length", {due->text});
        } else if (due != nullptr) {
            clock.due = read_time_cel(draft, *due);
        }
        policies = reader.find("while_waiting");
        read_clock_keys(draft, reader, clock);
    }
    std::optional<std::variant<Limit, procedure::Cel>> length;
    if (limit != nullptr) length = read_limit_or_cel(draft, *limit);
    if (length) clock.limit = std::move(*length);
    if (length && clock.source.empty()) clock.source = source_of_parameter(draft.model, clock);
    read_policies(draft, policies, clock);
    if (length) check_months(draft, clock);
    if (clock.due) check_fixed(draft, clock);
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

constexpr std::string_view every = "every ";

bool repeats(const Node& key) {
    return key.text.substr(0, every.size()) == every;
}

/// A limit, or after `every` a limit or the rule of a date.
std::optional<std::variant<Limit, procedure::Cel, RecurringDate>> read_timer_length(
    Draft& draft, const Node& key) {
    if (!repeats(key)) {
        auto limit = read_limit_or_cel(draft, key);
        if (!limit) return std::nullopt;
        return std::visit(
            [](auto& one) {
                return std::variant<Limit, procedure::Cel, RecurringDate>(std::move(one));
            },
            *limit);
    }
    const std::string_view rest = std::string_view(key.text).substr(every.size());
    if (const auto rule = parse_recurring(rest)) return *rule;
    const auto limit = parse_limit(rest);
    if (limit && limit->count > 0) return *limit;
    draft.findings.error(key, "not-a-recurring-date", {key.text});
    return std::nullopt;
}

}  // namespace

std::vector<Limit> possible_limits(const procedure::Model& model, const procedure::Clock& clock) {
    if (clock.due) return {};
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

procedure::CalendarIndex calendar_number(Draft& draft, const Node& node) {
    const std::string id = read_string(draft.findings, node).value_or(draft.model.calendar);
    if (id == draft.model.calendar) return 0;
    auto& more = draft.model.more_calendars;
    auto found = std::find(more.begin(), more.end(), id);
    if (found == more.end()) found = more.insert(more.end(), id);
    return static_cast<procedure::CalendarIndex>(found - more.begin() + 1);
}

bool names_several_clocks(const Node& sla) {
    return sla.is_mapping() &&
           std::none_of(sla.entries.begin(), sla.entries.end(),
                        [](const Entry& entry) { return is_clock_key(entry.key->text); });
}

std::string unnamed_clock(const procedure::Model& model, procedure::StateIndex owner) {
    return owner == procedure::root_state ? "procedure" : model.states[owner].id;
}

void read_clocks(Draft& draft, const Node& node, procedure::StateIndex owner) {
    if (names_several_clocks(node)) {
        for (const Entry& entry : node.entries) add_named_clock(draft, entry, owner);
        return;
    }
    add_clock(draft, unnamed_clock(draft.model, owner), node, node, owner);
}

void read_timers(Draft& draft, const Node& node, procedure::StateIndex owner) {
    if (!expect_mapping(draft.findings, node)) return;
    for (const Entry& entry : node.entries) {
        auto limit = read_timer_length(draft, *entry.key);
        procedure::Way way = read_way(draft, *entry.value, {owner, Trigger::timer});
        if (!limit) continue;
        // `every ...` says by itself that it comes again, as long as the state is held.
        if (repeats(*entry.key) && entry.value->find("times") == nullptr) way.times = 0;
        draft.model.states[owner].timers.push_back(
            {std::move(*limit), std::move(way), draft.findings.place(*entry.key)});
    }
}

}  // namespace workflow::definition
