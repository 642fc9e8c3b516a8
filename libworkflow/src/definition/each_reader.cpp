#include "definition/each_reader.hpp"

#include <algorithm>

#include "definition/expression_reader.hpp"
#include "definition/names.hpp"
#include "definition/state_keys.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

constexpr std::uint16_t slots_of_each = 2;  // item and index

std::uint16_t slots_around(const procedure::Model& model, procedure::StateIndex state) {
    std::uint16_t slots = 0;
    while (state != procedure::root_state) {
        state = model.states[state].parent;
        if (model.states[state].kind == procedure::Kind::each) slots += slots_of_each;
    }
    return slots;
}

void add_name(Draft& draft, const Node& at, const std::string& name, Type type,
              std::uint16_t slot) {
    if (procedure::find_field(draft.model, name) != procedure::none) {
        return draft.findings.error(at, "name-not-free", {name});
    }
    if (!is_name_free(draft, at, name)) return;
    draft.names.push_back({name, std::move(type), {procedure::frame_locals, slot}});
}

std::string name_or(Draft& draft, const MappingReader& reader, std::string_view key,
                    const char* otherwise) {
    const Node* node = reader.find(key);
    if (node == nullptr) return otherwise;
    return read_id(draft.findings, *node).value_or(otherwise);
}

}  // namespace

void read_each(Draft& draft, const Node& node, procedure::StateIndex index) {
    procedure::State& state = draft.model.states[index];
    const Node* of = &node;
    state.item_name = "item";
    state.index_name = "index";
    if (node.is_mapping()) {
        const MappingReader reader(draft.findings, node, each_keys());
        of = reader.require("of");
        state.item_name = name_or(draft, reader, "as", "item");
        state.index_name = name_or(draft, reader, "index", "index");
        if (const Node* grows = reader.find("grows")) {
            state.grows = read_boolean(draft.findings, *grows).value_or(false);
        }
        if (const Node* at_once = reader.find("at_once")) {
            const auto count = read_integer(draft.findings, *at_once, 1,
                                            static_cast<std::int64_t>(limits::items_max));
            state.at_once = static_cast<std::uint32_t>(count.value_or(1));
        }
    }
    if (of != nullptr) state.of = read_list_cel(draft, *of);
    state.locals = slots_around(draft.model, index);
    draft.model.local_slots = std::max<std::uint16_t>(
        draft.model.local_slots, static_cast<std::uint16_t>(state.locals + slots_of_each));
    Type item = Type::of(Type::Kind::any);
    if (state.of && state.of->expression.type().element != nullptr) {
        item = *state.of->expression.type().element;
    }
    add_name(draft, node, state.item_name, std::move(item), state.locals);
    add_name(draft, node, state.index_name, Type::of(Type::Kind::integer),
             static_cast<std::uint16_t>(state.locals + 1));
}

}  // namespace workflow::definition
