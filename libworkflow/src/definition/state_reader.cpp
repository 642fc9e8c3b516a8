#include "definition/state_reader.hpp"

#include <algorithm>
#include <array>

#include "definition/action_reader.hpp"
#include "definition/clock_reader.hpp"
#include "definition/each_reader.hpp"
#include "definition/finish_reader.hpp"
#include "definition/header_reader.hpp"
#include "definition/join_reader.hpp"
#include "definition/separation_reader.hpp"
#include "definition/message_reader.hpp"
#include "definition/service_reader.hpp"
#include "definition/state_keys.hpp"
#include "definition/way_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Kind;
using procedure::State;
using procedure::StateIndex;

void read_state(Draft& draft, StateIndex index);

void read_task(Draft& draft, const MappingReader& reader, StateIndex index) {
    State& state = draft.model.states[index];
    const Node& task = *reader.find("task");
    const Node* role = &task;
    if (task.is_mapping()) {
        const MappingReader parts(draft.findings, task, task_keys());
        role = parts.require("role");
        if (const Node* who = parts.find("for")) state.for_whom = read_name_cel(draft, *who);
        if (const Node* others = parts.find("not_by")) {
            state.separation.not_by = read_tasks(draft, *others);
        }
        if (const Node* same = parts.find("same_as")) {
            state.separation.same_as = read_task_name(draft, *same).value_or(procedure::none);
        }
    }
    if (role != nullptr) state.role = role_of(draft, *role).value_or(procedure::none);
}

void read_wait(Draft& draft, const MappingReader& reader, StateIndex index) {
    State& state = draft.model.states[index];
    const Node& wait = *reader.find("wait");
    for (const std::string_view other : {"message", "for"}) {
        if (const Node* said = wait.find(other)) {
            const bool message = other == "message";
            return draft.findings.error(*said, "wait-said-otherwise",
                                        {message ? "receive" : "after"});
        }
    }
    const MappingReader parts(draft.findings, wait, wait_keys());
    if (!parts.is_mapping()) return;
    if (parts.has("until") == parts.has("when")) {
        return draft.findings.error(wait, "wait-for-one-thing");
    }
    if (const Node* until = parts.find("until")) state.until = read_time_cel(draft, *until);
    if (const Node* when = parts.find("when")) {
        state.when = read_cel(draft, *when, Type::of(Type::Kind::boolean));
    }
}

void read_end(Draft& draft, const MappingReader& reader, StateIndex index) {
    const auto outcome = read_outcome(draft, *reader.find("end"), index);
    State& state = draft.model.states[index];
    state.outcome = outcome.value_or(procedure::none);
    if (const Node* terminate = reader.find("terminate")) {
        state.terminate = read_boolean(draft.findings, *terminate).value_or(false);
    }
}

bool names_a_way(const Node& start) {
    const Keys keys = way_keys();
    return std::any_of(start.entries.begin(), start.entries.end(), [&](const Entry& entry) {
        return std::find(keys.begin(), keys.end(), entry.key->text) != keys.end();
    });
}

/// Several starts by name, each with its own fields.
void read_entries(Draft& draft, const MappingReader& reader, const Node& start, StateIndex index) {
    if (index != procedure::root_state) {
        return draft.findings.error(start, "entries-not-here", {draft.model.states[index].id});
    }
    if (const Node* input = reader.find("input")) {
        draft.findings.error(*input, "input-beside-entries");
    }
    static constexpr std::array<std::string_view, 2> own_keys{"title", "fields"};
    const WayFrame frame{index, Trigger::start, {.actor = true}};
    for (const Entry& said : start.entries) {
        procedure::Entry entry;
        entry.id = read_id(draft.findings, *said.key).value_or("");
        entry.place = draft.findings.place(*said.key);
        if (said.value->is_mapping()) {
            const auto known = joined(own_keys, way_keys());
            const MappingReader keys(draft.findings, *said.value, known);
            entry.title = translated_text(draft, keys, "title");
            if (const Node* fields = keys.find("fields")) entry.input = read_input(draft, *fields);
            entry.way = read_way_keys(draft, keys, frame);
        } else {
            entry.way = read_way(draft, *said.value, frame);
        }
        draft.model.states[index].entries.push_back(std::move(entry));
    }
}

/// Where the inside begins: the first state unless `start` says otherwise.
void read_start(Draft& draft, const MappingReader& reader, StateIndex index) {
    State& state = draft.model.states[index];
    const Node* start = reader.find("start");
    if (start == nullptr) {
        if (state.children.empty()) return;
        state.start.emplace();
        state.start->target = procedure::Move{state.children.front()};
        state.start->place = state.place;
    } else if (start->is_mapping() && !names_a_way(*start)) {
        read_entries(draft, reader, *start, index);
    } else {
        const EventNames event{.actor = index == procedure::root_state};
        state.start = read_way(draft, *start, {index, Trigger::start, event});
    }
}

/// What is inside is read before what follows from it: `set` and `to` may read its outcomes.
void read_inside(Draft& draft, const MappingReader& reader, StateIndex index) {
    const Kind kind = draft.model.states[index].kind;
    const std::size_t names_around = draft.names.size();
    if (kind == Kind::each) read_each(draft, *reader.find("each"), index);
    if (kind == Kind::parallel || kind == Kind::each) read_join(draft, reader, index);
    name_local_data(draft, index);
    if (kind != Kind::parallel) read_start(draft, reader, index);
    for (const StateIndex child : draft.model.states[index].children) read_state(draft, child);
    draft.names.resize(names_around);
}

void read_texts(Draft& draft, const MappingReader& reader, StateIndex index) {
    State& state = draft.model.states[index];
    state.title = translated_text(draft, reader, "title");
    state.description = translated_text(draft, reader, "description");
    state.source = plain_text(draft, reader, "source");
    if (const Node* status = reader.find("status")) {
        state.status = status_of(draft, *status).value_or(procedure::none);
    }
}

void read_triggers(Draft& draft, const MappingReader& reader, StateIndex index) {
    if (const Node* sla = reader.find("sla")) read_clocks(draft, *sla, index);
    if (const Node* actions = reader.find("actions")) read_actions(draft, *actions, index);
    if (const Node* after = reader.find("after")) read_timers(draft, *after, index);
    if (const Node* receive = reader.find("receive")) read_receive(draft, *receive, index);
}

void read_state(Draft& draft, StateIndex index) {
    const Node* node = draft.state_nodes[index];
    if (node == nullptr) return;
    State& state = draft.model.states[index];
    const bool is_branch = draft.model.states[state.parent].kind == Kind::parallel;
    const MappingReader reader(draft.findings, *node, state_keys(state.kind, is_branch));
    read_texts(draft, reader, index);
    read_door(draft, reader, index);
    state.calendar = draft.model.states[state.parent].calendar;
    if (const Node* calendar = reader.find("calendar")) {
        state.calendar = calendar_number(draft, *calendar);
    }
    if (const Node* when = is_branch ? reader.find("when") : nullptr) {
        state.when = read_cel(draft, *when, Type::of(Type::Kind::boolean));
    }
    switch (state.kind) {
        case Kind::task:
            read_task(draft, reader, index);
            break;
        case Kind::wait:
            read_wait(draft, reader, index);
            break;
        case Kind::end:
            read_end(draft, reader, index);
            break;
        case Kind::choice:
            state.choices = read_choices(draft, *reader.find("choice"), {index, Trigger::choice});
            break;
        case Kind::fork:
            state.choices = read_fork(draft, *reader.find("fork"), index);
            break;
        case Kind::join:
            read_join(draft, reader, index);
            break;
        case Kind::service:
            read_service(draft, reader, index);
            break;
        case Kind::call:
            read_call(draft, reader, index);
            break;
        case Kind::group:
        case Kind::parallel:
        case Kind::each:
        case Kind::idle:
            break;
    }
    read_triggers(draft, reader, index);
    if (state.is_compound()) read_inside(draft, reader, index);
    read_finish(draft, reader, index);
}

}  // namespace

void read_states(Draft& draft, const MappingReader& file) {
    for (StateIndex index = 1; index < draft.model.states.size(); ++index) {
        const Kind kind = draft.model.states[index].kind;
        if (draft.state_nodes[index] == nullptr || (kind != Kind::group && kind != Kind::each)) {
            continue;
        }
        if (const Node* data = draft.state_nodes[index]->find("data")) {
            declare_local_data(draft, *data, index);
        }
    }
    read_triggers(draft, file, procedure::root_state);
    read_inside(draft, file, procedure::root_state);
    read_join_conditions(draft);
}

}  // namespace workflow::definition
