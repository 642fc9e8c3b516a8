#include "workflow/procedure.hpp"

#include "procedure/model.hpp"

namespace workflow {

Procedure::Procedure(std::unique_ptr<const procedure::Model> model) : model_(std::move(model)) {}
Procedure::~Procedure() = default;

const std::string& Procedure::id() const { return model_->id; }
std::int64_t Procedure::version() const { return model_->version; }
const Text& Procedure::title() const { return model_->title; }
const Digest& Procedure::digest() const { return model_->digest; }
const std::string& Procedure::calendar() const { return model_->calendar; }
const std::vector<std::string>& Procedure::languages() const { return model_->languages; }

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

StateIndex find_state(const Model& model, std::string_view id) { return find_id(model.states, id); }
RoleIndex find_role(const Model& model, std::string_view id) { return find_id(model.roles, id); }
FieldIndex find_field(const Model& model, std::string_view id) { return find_id(model.data, id); }

bool is_within(const Model& model, StateIndex inner, StateIndex outer) {
    while (inner != outer && inner != root_state) inner = model.states[inner].parent;
    return inner == outer;
}

}  // namespace procedure
}  // namespace workflow
