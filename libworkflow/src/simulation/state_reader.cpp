// `states`, `messages` and `queue` of a scenario: what people, services, called procedures and the world
// outside do.
#include <algorithm>
#include <array>

#include "simulation/reading.hpp"

namespace workflow::simulation {
namespace {

using definition::Entry;
using definition::MappingReader;
using definition::Node;
using procedure::ActionField;
using procedure::State;

constexpr std::array<std::string_view, 5> work_keys{"effort", "waiting", "choose", "fields",
                                                     "actions"};
constexpr std::array<std::string_view, 1> inside_keys{"actions"};
constexpr std::array<std::string_view, 3> occasional_keys{"after", "comes", "fields"};
constexpr std::array<std::string_view, 4> service_keys{"takes", "fails", "result", "actions"};
constexpr std::array<std::string_view, 4> call_keys{"takes", "ends", "result", "actions"};
constexpr std::array<std::string_view, 3> message_keys{"after", "comes", "fields"};
constexpr std::array<std::string_view, 2> decision_keys{"when", "choose"};
constexpr std::array<std::string_view, 1> priority_keys{"priority"};

/// Actions that may be taken on the state: its own and those around it.
std::vector<const procedure::Action*> actions_on(const procedure::Model& model, const State& state) {
    std::vector<const procedure::Action*> actions;
    for (const State* around = &state;; around = &model.states[around->parent]) {
        for (const procedure::Action& action : around->actions) actions.push_back(&action);
        if (around == &model.states.front()) return actions;
    }
}

class WorkReader {
public:
    WorkReader(Reading& reading, const State& state)
        : reading_(reading), state_(state), actions_(actions_on(reading.model, state)) {
        for (const procedure::Action* action : actions_) ids_.push_back(action->id);
    }

    Work read(const Node& node) {
        Work work;
        const MappingReader mapping(reading_.findings, node, work_keys);
        if (const Node* fields = mapping.find("fields")) read_fields_of_actions(*fields);
        const auto amount = [&](std::string_view key, Distribution& into) {
            const Node* const given = mapping.find(key);
            if (given == nullptr) return;
            if (auto read = read_distribution(reading_, *given, Measure::office_hours)) into = *read;
        };
        amount("effort", work.effort);
        amount("waiting", work.waiting);
        const Node* const choose = mapping.find("choose");
        if (choose != nullptr && choose->is_sequence()) {
            read_decisions(*choose, work);
        } else if (choose != nullptr) {
            work.choices = read_choices(*choose);
        } else {
            for (const auto& [action, values] : fields_) needs_choice_ = needs_choice_ || !values.empty();
            if (needs_choice_) work.choices = all_alike();
        }
        return work;
    }

private:
    /// Fields are given and no shares: every action of its own is as likely, with them.
    std::vector<Choice> all_alike() {
        std::vector<Choice> choices;
        for (const procedure::Action& action : state_.actions) {
            choices.push_back({action.id, 1, fields_[action.id]});
        }
        return choices;
    }

    std::vector<Choice> read_choices(const Node& node) {
        std::vector<Choice> choices;
        for (const Share& one : read_shares(reading_, node)) {
            if (!definition::find_name(reading_.findings, *one.key, ids_, "no-such-action")) continue;
            choices.push_back({one.key->text, one.share, fields_[one.key->text]});
        }
        return choices;
    }

    /// The last one may go without `when`.
    void read_decisions(const Node& node, Work& work) {
        for (const Node* item : node.items) {
            const MappingReader mapping(reading_.findings, *item, decision_keys);
            const Node* const choose = mapping.require("choose");
            if (choose == nullptr) continue;
            std::vector<Choice> choices = read_choices(*choose);
            const Node* const when = mapping.find("when");
            if (when == nullptr) {
                if (item != node.items.back()) reading_.findings.error(*item, "choice-never-reached");
                work.choices = std::move(choices);
                continue;
            }
            auto condition = read_expression(reading_, *when, Type::of(Type::Kind::boolean));
            if (condition) work.decisions.push_back({std::move(*condition), std::move(choices)});
        }
    }

    void read_fields_of_actions(const Node& node) {
        if (!definition::expect_mapping(reading_.findings, node)) return;
        for (const Entry& entry : node.entries) {
            const auto found =
                definition::find_name(reading_.findings, *entry.key, ids_, "no-such-action");
            if (!found) continue;
            fields_[entry.key->text] = simulation::read_fields(
                reading_, *entry.value, actions_[*found]->fields, "field-not-asked");
        }
    }

    Reading& reading_;
    const State& state_;
    std::vector<const procedure::Action*> actions_;
    std::vector<std::string> ids_;
    std::map<std::string, Fields> fields_;
    bool needs_choice_ = false;
};

ServiceAnswers read_service(Reading& reading, const Node& node, const State& state) {
    ServiceAnswers answers;
    const MappingReader mapping(reading.findings, node, service_keys);
    if (const Node* takes = mapping.find("takes")) {
        if (auto read = read_distribution(reading, *takes, Measure::clock_hours)) {
            answers.takes = *read;
        }
    }
    if (const Node* fails = mapping.find("fails")) {
        answers.fails = read_share(reading, *fails).value_or(0);
    }
    if (const Node* result = mapping.find("result")) {
        answers.result = read_fields(reading, *result, state.service->result, "field-not-in-result");
    }
    return answers;
}

CallAnswers read_call(Reading& reading, const Node& node, const State& state) {
    CallAnswers answers;
    const MappingReader mapping(reading.findings, node, call_keys);
    if (const Node* takes = mapping.find("takes")) {
        if (auto read = read_distribution(reading, *takes, Measure::office_hours)) {
            answers.takes = *read;
        }
    }
    Fields output;
    if (const Node* result = mapping.find("result")) {
        output = read_fields(reading, *result, state.call->result, "field-not-in-result");
    }
    if (const Node* ends = mapping.require("ends")) {
        for (const Share& one : read_shares(reading, *ends)) {
            answers.ends.push_back({one.key->text, one.share, output});
        }
    }
    return answers;
}

/// `after` and `comes`.
void read_coming(Reading& reading, const MappingReader& mapping, Distribution& after, double& comes) {
    if (const Node* given = mapping.find("after")) {
        if (auto read = read_distribution(reading, *given, Measure::office_hours)) after = *read;
    }
    if (const Node* given = mapping.find("comes")) {
        comes = read_share(reading, *given).value_or(1);
    }
}

void read_state(Reading& reading, const Entry& entry, const State& state) {
    if (state.service) {
        reading.made.services[state.id] = read_service(reading, *entry.value, state);
    } else if (state.call) {
        reading.made.calls[state.id] = read_call(reading, *entry.value, state);
    } else if (state.kind == procedure::Kind::task ||
               (state.kind == procedure::Kind::idle && !state.work_roles.empty())) {
        reading.made.work[state.id] = WorkReader(reading, state).read(*entry.value);
    } else if (!state.actions.empty()) {
        (void)MappingReader(reading.findings, *entry.value, inside_keys).require("actions");
    } else {
        reading.findings.error(*entry.key, "nothing-to-simulate",
                               {state.id, procedure::key_of(state.kind)});
    }
}

}  // namespace

void read_states(Reading& reading, const Node& node) {
    if (!definition::expect_mapping(reading.findings, node)) return;
    std::vector<std::string> ids;
    for (std::size_t i = 1; i < reading.model.states.size(); ++i) {
        ids.push_back(reading.model.states[i].id);
    }
    for (const Entry& entry : node.entries) {
        const auto found = definition::find_name(reading.findings, *entry.key, ids, "unknown-state");
        if (!found) continue;
        const State& state = reading.model.states[*found + 1];
        read_state(reading, entry, state);
        const Node* const actions = entry.value->find("actions");
        if (actions != nullptr) read_occasional(reading, *actions, state);
    }
}

void read_occasional(Reading& reading, const Node& node, const State& state) {
    if (!definition::expect_mapping(reading.findings, node)) return;
    std::vector<std::string> ids;
    for (const procedure::Action& action : state.actions) ids.push_back(action.id);
    const bool is_whole = &state == &reading.model.states.front();
    auto& occasional = reading.made.occasional[is_whole ? std::string() : state.id];
    for (const Entry& entry : node.entries) {
        const auto found =
            definition::find_name(reading.findings, *entry.key, ids, "no-such-action");
        const MappingReader mapping(reading.findings, *entry.value, occasional_keys);
        if (!found || !mapping.is_mapping()) continue;
        OccasionalAction one{.action = entry.key->text};
        read_coming(reading, mapping, one.after, one.comes);
        if (const Node* fields = mapping.find("fields")) {
            one.fields = read_fields(reading, *fields, state.actions[*found].fields, "field-not-asked");
        }
        occasional.push_back(std::move(one));
    }
}

void read_messages(Reading& reading, const Node& node) {
    if (!definition::expect_mapping(reading.findings, node)) return;
    std::vector<std::string> ids;
    for (const auto& message : reading.model.messages) ids.push_back(message.id);
    for (const Entry& entry : node.entries) {
        const auto found =
            definition::find_name(reading.findings, *entry.key, ids, "unknown-message");
        const MappingReader mapping(reading.findings, *entry.value, message_keys);
        if (!found || !mapping.is_mapping()) continue;
        IncomingMessage& incoming = reading.made.messages[entry.key->text];
        read_coming(reading, mapping, incoming.after, incoming.comes);
        if (const Node* fields = mapping.find("fields")) {
            incoming.fields = read_fields(reading, *fields, reading.model.messages[*found].fields,
                                          "field-not-carried");
        }
    }
}

void read_queue(Reading& reading, const Node& node) {
    if (node.is_mapping()) {
        const MappingReader mapping(reading.findings, node, priority_keys);
        const Node* const priority = mapping.require("priority");
        if (priority == nullptr) return;
        reading.made.queue_order = QueueOrder::priority;
        reading.made.priority =
            read_expression(reading, *priority, Type::of(Type::Kind::number));
        return;
    }
    const std::vector<std::string> orders{"first_come", "earliest_deadline"};
    if (const auto found =
            definition::find_name(reading.findings, node, orders, "unknown-queue-order")) {
        reading.made.queue_order =
            *found == 0 ? QueueOrder::first_come : QueueOrder::earliest_deadline;
    }
}

}  // namespace workflow::simulation
