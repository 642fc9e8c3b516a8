// Fields that are read where no way can have set them.
#include <algorithm>
#include <map>

#include "analysis/cels.hpp"
#include "analysis/compact_graph.hpp"
#include "analysis/examination.hpp"
#include "analysis/report.hpp"
#include "analysis/state_graph.hpp"
#include "analysis/tree.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

class UnsetCheck {
public:
    UnsetCheck(const Model& model, const Tree& tree, Diagnostics& diagnostics)
        : model_(model),
          tree_(tree),
          diagnostics_(diagnostics),
          graph_(build_state_graph(model, tree)),
          setters_(model.data.size()) {
        for (const auto& [from, to] : graph_.edges) next_[from].push_back(to);
    }

    void check() {
        find_setters();
        if (parts_tokens_) return;
        for (const StateIndex state : tree_.order()) {
            auto look = [&](const Cel& cel) { check_read(state, cel); };
            for_each_cel(model_, model_.states[state], look);
        }
    }

private:
    void find_setters() {
        for (StateIndex index = 0; index < model_.states.size(); ++index) {
            const State& state = model_.states[index];
            parts_tokens_ = parts_tokens_ || state.kind == Kind::fork;
            for_each_way(model_, state, [&](const Way& way, Trigger) { look(index, way); });
            for (const Assignment& set : state.set) add(set.field, index);
            for (const Action& action : state.actions) add(action.fields, index);
            for (const Receipt& receipt : state.receive) {
                add(model_.messages[receipt.message].fields, index);
            }
            if (state.service) add(state.service->result, index);
            if (state.call) add(state.call->result, index);
        }
        for (const FieldIndex field : model_.input) add(field, root_state);
        for (const Entry& entry : model_.states[root_state].entries) {
            for (const FieldIndex field : entry.input) add(field, root_state);
        }
    }

    void look(StateIndex index, const Way& way) {
        parts_tokens_ = parts_tokens_ || !way.also_start.empty();
        for (const Assignment& set : way.set) add(set.field, index);
        for (const Way& choice : way.choices) look(index, choice);
    }

    void add(FieldIndex field, StateIndex setter) {
        if (field != none) setters_[field].push_back(setter);
    }
    void add(const std::vector<ActionField>& fields, StateIndex setter) {
        for (const ActionField& field : fields) add(field.stored_in, setter);
    }

    void check_read(StateIndex reader, const Cel& cel) {
        for (const Slot slot : cel.expression.reads()) {
            if (slot.frame != frame_data) continue;
            const Field& field = model_.data[slot.slot];
            if (field.type.optional || !field.initial.is_null()) continue;
            const auto& setters = setters_[slot.slot];
            const bool may_be_set =
                std::any_of(setters.begin(), setters.end(),
                            [&](StateIndex setter) { return may_precede(setter, reader); });
            if (may_be_set || diagnostics_.size() >= limits::diagnostics_max) continue;
            diagnostics_.push_back({Severity::warning,
                                    "read-before-set",
                                    cel.place,
                                    {field.id, name_of(model_, reader)}});
        }
    }

    bool may_precede(StateIndex setter, StateIndex reader) {
        if (tree_.is_within(reader, setter) || tree_.is_within(setter, reader)) return true;
        StateIndex around = model_.states[setter].parent;
        while (!tree_.is_within(reader, around)) around = model_.states[around].parent;
        if (model_.states[around].kind == Kind::parallel) return true;
        for (;; around = model_.states[around].parent) {
            if (model_.states[around].kind == Kind::each) return true;
            if (around == root_state) break;
        }
        return reached_from(setter)[reader];
    }

    const std::vector<bool>& reached_from(StateIndex state) {
        const auto [found, is_new] = reached_.try_emplace(state);
        std::vector<bool>& seen = found->second;
        if (!is_new) return seen;
        seen.assign(graph_.owners.size(), false);
        std::vector<Node> open{state};
        while (!open.empty()) {
            const Node node = open.back();
            open.pop_back();
            for (const Node next : next_[node]) {
                if (seen[next]) continue;
                seen[next] = true;
                open.push_back(next);
            }
        }
        return seen;
    }

    const Model& model_;
    const Tree& tree_;
    Diagnostics& diagnostics_;
    StateGraph graph_;
    std::vector<std::vector<StateIndex>> setters_;  ///< by field
    std::map<Node, std::vector<Node>> next_;
    std::map<StateIndex, std::vector<bool>> reached_;
    bool parts_tokens_ = false;  ///< what happens side by side has no order
};

}  // namespace

void check_unset(const Model& model, Diagnostics& diagnostics) {
    Diagnostics none_expected;
    const auto tree = Tree::read(model, none_expected);
    if (tree) UnsetCheck(model, *tree, diagnostics).check();
}

}  // namespace workflow::analysis
