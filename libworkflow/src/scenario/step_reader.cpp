#include "scenario/step_reader.hpp"

#include <algorithm>
#include <array>

#include "scenario/expectation_reader.hpp"
#include "workflow/error.hpp"

namespace workflow::scenario {
namespace {

using definition::Entry;
using definition::MappingReader;
using definition::Node;
using definition::one_or_several;
using procedure::ActionField;
using StepKind = ScriptStep::Kind;

constexpr std::array<std::string_view, 6> given_keys{"at",      "by",    "data",
                                                     "variant", "entry", "then"};
constexpr std::array<std::string_view, 23> step_keys{
    "at",      "by",      "do",       "on",       "with",    "claim",  "release", "cancel",
    "correct", "retry",   "effect",   "result",   "error",   "failed", "resolve", "move",
    "to",      "in_call", "reassign", "delegate", "message", "key",    "then"};
constexpr std::array<std::string_view, 3> choice_keys{"state", "number", "item"};

struct EventKey {
    std::string_view key;
    StepKind kind;
    bool by_somebody = true;  ///< `by` is required
    std::string_view others;  ///< keys that say more about it
};
constexpr std::array<EventKey, 12> event_keys{
    {{"do", StepKind::perform, true, "on with"},
     {"claim", StepKind::claim},
     {"release", StepKind::release},
     {"cancel", StepKind::cancel},
     {"correct", StepKind::correct},
     {"retry", StepKind::retry},
     {"effect", StepKind::effect, false, "result error failed"},
     {"resolve", StepKind::resolve, true, "result error"},
     {"move", StepKind::move, true, "to"},
     {"reassign", StepKind::reassign, true, "to"},
     {"delegate", StepKind::delegate, true, "to"},
     {"message", StepKind::message, false, "key with"}}};

/// A point in time, or a limit after the step before.
std::optional<Instant> read_at(Reading& reading, const Node& node, std::optional<Instant> before) {
    const Calendar& calendar = *reading.script.calendar;
    std::optional<Instant> at =
        node.is_scalar() ? parse_instant(node.text, calendar.offset()) : std::nullopt;
    const auto limit =
        !at && before && node.is_scalar() ? parse_limit(node.text) : std::optional<Limit>();
    if (!at && !limit) {
        reading.findings.error(node, "not-a-time", {node.text});
        return std::nullopt;
    }
    try {
        if (limit) at = calendar.deadline(*before, *limit).instant;
        (void)calendar.opening(calendar.day_of(*at));  // the calendar must know the day
    } catch (const Error& error) {
        reading.findings.error(node, "time-outside-calendar", {node.text, error.what()});
        return std::nullopt;
    }
    if (before && *at < *before) {
        reading.findings.error(node, "time-goes-back",
                               {node.text, to_short_string(*before, calendar.offset())});
        return std::nullopt;
    }
    return at;
}

void read_actor(Reading& reading, const Node* by, ScriptStep& step) {
    if (by == nullptr) return;
    if (const auto person = find_person(reading, *by)) step.actor = reading.script.people[*person];
}

/// `confirm`, or {state: confirm, number: 2, item: culture}.
std::optional<Choice> read_choice(Reading& reading, const Node& node) {
    Choice choice;
    const Node* state = &node;
    if (node.is_mapping()) {
        const MappingReader mapping(reading.findings, node, choice_keys);
        state = mapping.require("state");
        if (state == nullptr) return std::nullopt;
        if (const Node* number = mapping.find("number")) {
            const auto read = definition::read_integer(reading.findings, *number, 1, 10'000);
            if (read) choice.number = static_cast<std::uint32_t>(*read);
        }
        if (const Node* item = mapping.find("item")) {
            choice.item = definition::read_string(reading.findings, *item);
        }
    }
    const auto found = find_state(reading, *state);
    if (!found) return std::nullopt;
    choice.state = *found;
    return choice;
}

/// The actions of that name, where one is named on that state alone.
std::vector<const procedure::Action*> actions_meant(Reading& reading, const Node& name,
                                                    const std::optional<Choice>& on) {
    std::vector<const procedure::Action*> meant;
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < reading.model.states.size(); ++i) {
        if (on && on->state != i) continue;
        for (const procedure::Action& action : reading.model.states[i].actions) {
            names.push_back(action.id);
            if (action.id == name.text) meant.push_back(&action);
        }
    }
    if (!find_name(reading, name, names, "no-such-action")) meant.clear();
    return meant;
}

/// A comma in { } makes a key of what follows it in a text.
bool is_rest_of_text(const Node& node, const Entry& entry, const std::vector<std::string>& ids) {
    return node.flow && entry.value->is_null() &&
           std::find(ids.begin(), ids.end(), entry.key->text) == ids.end();
}

/// The values given for fields of these; `code` is the finding for another.
FieldValues read_fields(Reading& reading, const Node& node,
                        const std::vector<const ActionField*>& fields, std::string_view code) {
    FieldValues values;
    if (!definition::expect_mapping(reading.findings, node)) return values;
    std::vector<std::string> ids;
    for (const ActionField* field : fields) ids.push_back(field->id);
    for (const Entry& entry : node.entries) {
        if (is_rest_of_text(node, entry, ids)) {
            reading.findings.error(*entry.key, "text-split-by-comma", {entry.key->text});
            continue;
        }
        const auto found = find_name(reading, *entry.key, ids, code);
        if (!found) continue;
        if (auto value = read_given(reading, *entry.value, fields[*found]->type)) {
            values.emplace_back(ids[*found], std::move(*value));
        }
    }
    return values;
}

FieldValues read_data(Reading& reading, const Node& node) {
    FieldValues values;
    if (!definition::expect_mapping(reading.findings, node)) return values;
    std::vector<std::string> ids;
    for (const procedure::Field& field : reading.model.data) ids.push_back(field.id);
    for (const Entry& entry : node.entries) {
        if (is_rest_of_text(node, entry, ids)) {
            reading.findings.error(*entry.key, "text-split-by-comma", {entry.key->text});
            continue;
        }
        const auto field = find_name(reading, *entry.key, ids, "unknown-field");
        if (!field) continue;
        auto value = read_given(reading, *entry.value, reading.model.data[*field].type);
        if (value) values.emplace_back(ids[*field], std::move(*value));
    }
    return values;
}

/// How a message was delivered can only be asked of one.
void refuse_delivery(Reading& reading, const ScriptStep& step) {
    if (step.kind == StepKind::message) return;
    for (const Expectation& expected : step.then) {
        if (expected.kind != Expectation::Kind::message) continue;
        reading.findings.error(expected.place, "delivery-without-message");
    }
}

void read_then(Reading& reading, const MappingReader& mapping, ScriptStep& step) {
    if (const Node* then = mapping.find("then")) step.then = read_expectations(reading, *then);
    refuse_delivery(reading, step);
}

/// As a step names a state: `confirm`, `confirm (culture)`.
std::string name_of(const Node& node) {
    const Node* state = node.find("state");
    const Node* item = node.find("item");
    if (state == nullptr) return node.text;
    return item == nullptr ? state->text : state->text + " (" + item->text + ")";
}

/// `minh: do agree on confirm in processing`; of a step without an event only where it happens.
std::string label_of(const MappingReader& mapping, const EventKey* event) {
    std::string label;
    if (event != nullptr) {
        const Node* by = mapping.find("by");
        const Node* on = mapping.find("on");
        if (by != nullptr) label = by->text + ": ";
        label += std::string(event->key) + " " + name_of(*mapping.find(event->key));
        if (on != nullptr) label += " on " + name_of(*on);
    }
    const Node* calls = mapping.find("in_call");
    if (calls == nullptr) return label;
    std::string path;
    for (const Node* call : one_or_several(*calls)) {
        path += (path.empty() ? "" : "/") + name_of(*call);
    }
    return label + (label.empty() ? "in " : " in ") + path;
}

void read_message(Reading& reading, const MappingReader& mapping, const Node& event,
                  ScriptStep& step) {
    const auto message = find_message(reading, event);
    step.name = event.text;
    if (const Node* key = mapping.find("key")) {
        step.key = read_name(reading, *key).value_or("");
    }
    const Node* with = mapping.find("with");
    if (with == nullptr || !message) return;
    std::vector<const ActionField*> fields;
    for (const ActionField& field : reading.model.messages[*message].fields) {
        fields.push_back(&field);
    }
    step.values = read_fields(reading, *with, fields, "field-not-carried");
}

/// What the service of a state answers: one of `result`, `error` and `failed`; else a result
/// without fields.
void read_answer(Reading& reading, const MappingReader& mapping, const Node& event,
                 ScriptStep& step) {
    step.on = read_choice(reading, event);
    if (!step.on) return;
    const auto& service = reading.model.states[step.on->state].service;
    if (!service) {
        return reading.findings.error(event, "not-a-service",
                                      {reading.model.states[step.on->state].id});
    }
    const Node* result = mapping.find("result");
    const Node* error = mapping.find("error");
    const Node* failed = mapping.find("failed");
    if ((result != nullptr) + (error != nullptr) + (failed != nullptr) > 1) {
        return reading.findings.error(event, "two-answers");
    }
    if (result != nullptr) {
        std::vector<const ActionField*> fields;
        for (const ActionField& field : service->result) fields.push_back(&field);
        step.values = read_fields(reading, *result, fields, "field-not-carried");
    } else if (error != nullptr) {
        step.answer = EffectResult::Kind::error;
        step.name = definition::read_string(reading.findings, *error).value_or("");
    } else if (failed != nullptr) {
        step.answer = EffectResult::Kind::failure;
        step.name = definition::read_string(reading.findings, *failed).value_or("");
    }
}

void read_event(Reading& reading, const MappingReader& mapping, const Node& event,
                ScriptStep& step) {
    switch (step.kind) {
        case StepKind::perform: {
            if (const Node* on = mapping.find("on")) step.on = read_choice(reading, *on);
            const auto actions = actions_meant(reading, event, step.on);
            step.name = event.text;
            const Node* with = mapping.find("with");
            if (with == nullptr || actions.empty()) return;
            std::vector<const ActionField*> fields;
            for (const procedure::Action* action : actions) {
                for (const ActionField& field : action->fields) fields.push_back(&field);
            }
            step.values = read_fields(reading, *with, fields, "field-not-asked");
            return;
        }
        case StepKind::message:
            return read_message(reading, mapping, event, step);
        case StepKind::claim:
        case StepKind::release:
        case StepKind::retry:
            step.on = read_choice(reading, event);
            return;
        case StepKind::effect:
        case StepKind::resolve:
            return read_answer(reading, mapping, event, step);
        case StepKind::move:
        case StepKind::reassign:
        case StepKind::delegate: {
            step.on = read_choice(reading, event);
            const Node* to = mapping.require("to");
            if (to == nullptr) return;
            const bool found = step.kind == StepKind::move ? find_state(reading, *to).has_value()
                                                       : find_person(reading, *to).has_value();
            if (found) step.name = to->text;
            return;
        }
        case StepKind::cancel:
            step.name = definition::read_string(reading.findings, event).value_or("");
            return;
        case StepKind::correct:
            step.values = read_data(reading, event);
            return;
        case StepKind::pass:
        case StepKind::start:
            return;
    }
}

std::shared_ptr<const Procedure> procedure_of(const Script& script, const std::string& id) {
    if (id == script.procedure->id()) return script.procedure;
    for (const LoadedProcedure& called : script.called) {
        if (called.procedure != nullptr && called.procedure->id() == id) return called.procedure;
    }
    return nullptr;
}

/// A call, or a list of calls, each in what the one before has called. Null after a finding.
std::shared_ptr<const Procedure> read_in_call(Reading& reading, const Node& node,
                                              ScriptStep& step) {
    auto about = reading.script.procedure;
    for (const Node* call : one_or_several(node)) {
        Reading inside{reading.findings, about->model(), reading.script};
        const auto choice = read_choice(inside, *call);
        if (!choice) return nullptr;
        const procedure::State& state = inside.model.states[choice->state];
        if (!state.call) {
            reading.findings.error(*call, "not-a-call", {state.id});
            return nullptr;
        }
        about = procedure_of(reading.script, state.call->procedure);
        if (about == nullptr) {
            reading.findings.error(*call, "called-not-found", {state.call->procedure});
            return nullptr;
        }
        step.in_call.push_back(*choice);
    }
    return about;
}

/// What happens in the step; null: time passes, or somebody only looks.
const EventKey* event_of(Reading& reading, const MappingReader& mapping) {
    const EventKey* chosen = nullptr;
    for (const EventKey& known : event_keys) {
        if (!mapping.has(known.key)) continue;
        if (chosen != nullptr) {
            reading.findings.error(*mapping.find(known.key), "two-events",
                                   {std::string(chosen->key), std::string(known.key)});
        }
        chosen = &known;
    }
    return chosen;
}

bool says_more(const EventKey& event, std::string_view key) {
    return key == "by" ||
           (" " + std::string(event.others) + " ").find(" " + std::string(key) + " ") !=
               std::string::npos;
}

/// What says more about an event stands beside it.
void refuse_strays(Reading& reading, const MappingReader& mapping, const EventKey* chosen) {
    for (const std::string_view key :
         {"by", "on", "with", "key", "result", "error", "failed", "to"}) {
        if (!mapping.has(key) || (chosen != nullptr && says_more(*chosen, key))) continue;
        std::string events;
        for (const EventKey& event : event_keys) {
            if (!says_more(event, key)) continue;
            events += (events.empty() ? "" : ", ") + std::string(event.key) + ":";
        }
        reading.findings.error(*mapping.find(key), "key-without-event", {std::string(key), events});
    }
}

}  // namespace

std::optional<ScriptStep> read_given_start(Reading& reading, const Node& node) {
    const MappingReader mapping(reading.findings, node, given_keys);
    if (!mapping.is_mapping()) return std::nullopt;
    ScriptStep step;
    step.kind = StepKind::start;
    step.about = reading.script.procedure;
    step.place = reading.findings.place(node);
    const Node* at = mapping.require("at");
    const auto instant = at == nullptr ? std::nullopt : read_at(reading, *at, std::nullopt);
    read_actor(reading, mapping.require("by"), step);
    step.label = step.actor.id + ": given";
    if (const Node* data = mapping.find("data")) step.values = read_data(reading, *data);
    if (const Node* variant = mapping.find("variant")) {
        std::vector<std::string> ids;
        for (const procedure::Variant& known : reading.model.variants) ids.push_back(known.id);
        if (find_name(reading, *variant, ids, "unknown-variant")) step.name = variant->text;
    }
    if (const Node* entry = mapping.find("entry")) {
        std::vector<std::string> ids;
        for (const procedure::Entry& known : reading.model.states[procedure::root_state].entries) {
            ids.push_back(known.id);
        }
        if (find_name(reading, *entry, ids, "unknown-start")) step.entry = entry->text;
    }
    read_then(reading, mapping, step);
    if (!instant) return std::nullopt;
    step.at = *instant;
    return step;
}

std::optional<ScriptStep> read_step(Reading& reading, const Node& node, Instant before) {
    const MappingReader mapping(reading.findings, node, step_keys);
    if (!mapping.is_mapping()) return std::nullopt;
    ScriptStep step;
    step.place = reading.findings.place(node);
    step.at = before;
    if (const Node* at = mapping.find("at")) {
        step.at = read_at(reading, *at, before).value_or(before);
    }
    const Node* calls = mapping.find("in_call");
    step.about = calls == nullptr ? reading.script.procedure : read_in_call(reading, *calls, step);
    const EventKey* const chosen = event_of(reading, mapping);
    if (chosen == nullptr && !mapping.has("at") && !mapping.has("then")) {
        reading.findings.error(node, "no-event");
    }
    step.label = label_of(mapping, chosen);
    if (chosen != nullptr) {
        step.kind = chosen->kind;
        read_actor(reading, chosen->by_somebody ? mapping.require("by") : mapping.find("by"), step);
    }
    refuse_strays(reading, mapping, chosen);
    if (step.about == nullptr) return std::nullopt;
    Reading inside{reading.findings, step.about->model(), reading.script};
    if (chosen != nullptr) read_event(inside, mapping, *mapping.find(chosen->key), step);
    read_then(inside, mapping, step);
    return step;
}

}  // namespace workflow::scenario
