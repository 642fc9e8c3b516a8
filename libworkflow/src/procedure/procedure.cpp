#include "workflow/procedure.hpp"

#include <algorithm>

#include "procedure/model.hpp"
#include "workflow/error.hpp"

namespace workflow {
namespace {

template <class Item>
const Item& numbered(const std::vector<Item>& items, std::uint32_t number, const char* what) {
    if (number < items.size()) return items[number];
    throw Error(ErrorCode::misuse,
                "the procedure has no " + std::string(what) + " number " + std::to_string(number));
}

template <class Item>
Named named(const std::vector<Item>& items, std::uint32_t number, const char* what) {
    const Item& item = numbered(items, number, what);
    return {item.id, item.title};
}

}  // namespace

const char* to_string(StateKind kind) {
    switch (kind) {
        case StateKind::group:
            return "group";
        case StateKind::task:
            return "task";
        case StateKind::choice:
            return "choice";
        case StateKind::wait:
            return "wait";
        case StateKind::end:
            return "end";
        case StateKind::parallel:
            return "parallel";
        case StateKind::each:
            return "each";
        case StateKind::idle:
            return "idle";
        case StateKind::fork:
            return "fork";
        case StateKind::join:
            return "join";
        case StateKind::service:
            return "service";
        case StateKind::call:
            return "call";
    }
    return "";
}

Procedure::Procedure(std::unique_ptr<const procedure::Model> model) : model_(std::move(model)) {}
Procedure::~Procedure() = default;

const std::string& Procedure::id() const {
    return model_->id;
}
std::int64_t Procedure::version() const {
    return model_->version;
}
const Text& Procedure::title() const {
    return model_->title;
}
const Digest& Procedure::digest() const {
    return model_->digest;
}
const std::string& Procedure::calendar() const {
    return model_->calendar;
}
std::vector<std::string> Procedure::called() const {
    std::vector<std::string> ids;
    for (const procedure::State& state : model_->states) {
        if (!state.call) continue;
        const std::string& id = state.call->procedure;
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    return ids;
}
const std::vector<std::string>& Procedure::more_calendars() const {
    return model_->more_calendars;
}
const std::string& Procedure::calendar_of(std::uint32_t number) const {
    return number == 0 ? calendar() : numbered(model_->more_calendars, number - 1, "calendar");
}
const std::vector<std::string>& Procedure::languages() const {
    return model_->languages;
}

std::vector<std::string> Procedure::state_ids() const {
    std::vector<std::string> ids;
    for (std::size_t i = 1; i < model_->states.size(); ++i) ids.push_back(model_->states[i].id);
    return ids;
}

std::vector<std::string> Procedure::role_ids() const {
    std::vector<std::string> ids;
    for (const procedure::Role& role : model_->roles) ids.push_back(role.id);
    return ids;
}

std::vector<std::pair<std::string, Type>> Procedure::input() const {
    std::vector<std::pair<std::string, Type>> fields;
    for (const procedure::FieldIndex field : model_->input) {
        fields.emplace_back(model_->data[field].id, model_->data[field].type);
    }
    return fields;
}

std::uint32_t Procedure::state_count() const {
    return static_cast<std::uint32_t>(model_->states.size());
}
Named Procedure::state(std::uint32_t state) const {
    return named(model_->states, state, "state");
}
std::uint32_t Procedure::state_parent(std::uint32_t state) const {
    return numbered(model_->states, state, "state").parent;
}
std::uint32_t Procedure::state_role(std::uint32_t state) const {
    return numbered(model_->states, state, "state").role;
}
StateKind Procedure::state_kind(std::uint32_t state) const {
    switch (numbered(model_->states, state, "state").kind) {
        case procedure::Kind::group:
            return StateKind::group;
        case procedure::Kind::task:
            return StateKind::task;
        case procedure::Kind::choice:
            return StateKind::choice;
        case procedure::Kind::wait:
            return StateKind::wait;
        case procedure::Kind::end:
            return StateKind::end;
        case procedure::Kind::parallel:
            return StateKind::parallel;
        case procedure::Kind::each:
            return StateKind::each;
        case procedure::Kind::idle:
            return StateKind::idle;
        case procedure::Kind::fork:
            return StateKind::fork;
        case procedure::Kind::join:
            return StateKind::join;
        case procedure::Kind::service:
            return StateKind::service;
        case procedure::Kind::call:
            return StateKind::call;
    }
    return StateKind::idle;
}
Named Procedure::action(std::uint32_t state, std::uint32_t action) const {
    return named(numbered(model_->states, state, "state").actions, action, "action");
}
Named Procedure::role(std::uint32_t role) const {
    return named(model_->roles, role, "role");
}
Named Procedure::outer_status(std::uint32_t status) const {
    return named(model_->statuses, status, "outer status");
}

Named Procedure::outcome(std::uint32_t outcome) const {
    return named(model_->outcomes, outcome, "outcome");
}
std::uint32_t Procedure::outcome_count() const {
    return static_cast<std::uint32_t>(model_->outcomes.size());
}
std::uint32_t Procedure::clock_count() const {
    return static_cast<std::uint32_t>(model_->clocks.size());
}
std::uint32_t Procedure::field_count() const {
    return static_cast<std::uint32_t>(model_->data.size());
}
Named Procedure::field(std::uint32_t field) const {
    return named(model_->data, field, "field");
}
Named Procedure::clock(std::uint32_t clock) const {
    return named(model_->clocks, clock, "clock");
}
std::uint32_t Procedure::clock_owner(std::uint32_t clock) const {
    return numbered(model_->clocks, clock, "clock").owner;
}
const std::string& Procedure::clock_source(std::uint32_t clock) const {
    const procedure::Clock& found = numbered(model_->clocks, clock, "clock");
    const auto* limit = std::get_if<procedure::Cel>(&found.limit);
    if (!found.source.empty() || limit == nullptr) return found.source;
    // A limit that is a parameter rests on what the parameter rests on.
    const auto reads = limit->expression.reads();
    const bool is_parameter = reads.size() == 1 && reads[0].frame == procedure::frame_parameters &&
                              reads[0].slot < model_->parameters.size();
    return is_parameter ? model_->parameters[reads[0].slot].source : found.source;
}
Named Procedure::message(std::uint32_t message) const {
    return named(model_->messages, message, "message");
}
std::string Procedure::moment_label(std::uint32_t clock, std::uint32_t moment) const {
    const auto& moments = numbered(model_->clocks, clock, "clock").moments;
    return moment < moments.size() ? moments[moment].label : "due";
}
const std::string& Procedure::door(std::uint32_t door) const {
    return numbered(model_->doors, door, "door");
}
const std::string& Procedure::reason(std::uint32_t reason) const {
    return numbered(model_->reasons, reason, "reason");
}

namespace procedure {
namespace {

template <class Item>
std::uint32_t find_id(const std::vector<Item>& items, std::string_view id) {
    for (std::uint32_t i = 0; i < items.size(); ++i) {
        if (items[i].id == id) return i;
    }
    return none;
}

}  // namespace

std::span<const Value> parameters_of(const Model& model, std::string_view variant) {
    if (variant.empty()) return model.defaults;
    for (const Variant& candidate : model.variants) {
        if (candidate.id == variant) return candidate.parameters;
    }
    throw Error(ErrorCode::internal, "no variant '" + std::string(variant) + "'");
}

const char* key_of(Kind kind) {
    switch (kind) {
        case Kind::group:
            return "states";
        case Kind::task:
            return "task";
        case Kind::choice:
            return "choice";
        case Kind::wait:
            return "wait";
        case Kind::end:
            return "end";
        case Kind::parallel:
            return "parallel";
        case Kind::each:
            return "each";
        case Kind::idle:
            return "actions";
        case Kind::fork:
            return "fork";
        case Kind::join:
            return "join";
        case Kind::service:
            return "service";
        case Kind::call:
            return "call";
    }
    return "";
}

StateIndex find_state(const Model& model, std::string_view id) {
    return find_id(model.states, id);
}
RoleIndex find_role(const Model& model, std::string_view id) {
    return find_id(model.roles, id);
}
FieldIndex find_field(const Model& model, std::string_view id) {
    return find_id(model.data, id);
}

StateIndex anchor_of(const Model& model, StateIndex from, StateIndex wanted) {
    if (wanted == from) return from;
    StateIndex around = from;
    const auto holds = [&](StateIndex state) {
        return state != wanted && is_within(model, wanted, state) &&
               (state == from || model.states[state].kind != Kind::parallel);
    };
    while (around != root_state && !holds(around)) around = model.states[around].parent;
    return around;
}

MessageIndex find_message(const Model& model, std::string_view id) {
    return find_id(model.messages, id);
}

bool is_within(const Model& model, StateIndex inner, StateIndex outer) {
    while (inner != outer && inner != root_state) inner = model.states[inner].parent;
    return inner == outer;
}

}  // namespace procedure
}  // namespace workflow
