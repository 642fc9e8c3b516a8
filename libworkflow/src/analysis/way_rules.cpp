#include "analysis/report.hpp"
#include "analysis/rules.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

class WayCheck {
public:
    WayCheck(const Model& model, const Tree& tree, Diagnostics& diagnostics)
        : model_(model), tree_(tree), diagnostics_(diagnostics) {}

    bool check_all() {
        for (const StateIndex state : tree_.order()) {
            check_kind(state);
            for_each_way(model_, model_.states[state],
                         [this, state](const Way& way, Trigger trigger) {
                             check_lists(way);
                             auto check = [this, state, trigger](const Way& leaf) {
                                 check_leaf(state, leaf, trigger);
                             };
                             for_each_leaf(way, check);
                         });
        }
        return sound_;
    }

private:
    void fail(const char* code, const Place& place, std::vector<std::string> arguments) {
        report(diagnostics_, code, place, std::move(arguments));
        sound_ = false;
    }

    void check_kind(StateIndex index) {
        const State& state = model_.states[index];
        const std::string& name = name_of(model_, index);
        const bool starts = state.kind == Kind::group || state.kind == Kind::each;
        if (state.is_compound() && state.children.empty()) {
            fail("branches-missing", state.place, {name});
        } else if (starts && !state.start) {
            fail("missing-start", state.place, {name});
        }
        if (state.kind == Kind::each && !state.of) fail("each-without-list", state.place, {name});
        if (state.kind == Kind::choice) {
            if (state.choices.empty())
                fail("choice-empty", state.place, {name});
            else if (state.choices.back().when)
                fail("no-otherwise", state.choices.back().place, {name});
        }
        const bool is_branch = model_.states[state.parent].kind == Kind::parallel;
        const bool finishes = state.kind == Kind::parallel || state.kind == Kind::each ||
                              (state.kind == Kind::wait && (state.until || state.when));
        if (finishes && !state.to && !is_branch) fail("missing-target", state.place, {name});
    }

    /// The last way of a list must be taken when no other is (language rule 2.3).
    void check_lists(const Way& way) {
        if (way.choices.empty()) return;
        if (way.choices.back().when) fail("no-otherwise", way.choices.back().place, {});
        for (const Way& choice : way.choices) check_lists(choice);
    }

    void check_leaf(StateIndex carrier, const Way& way, Trigger trigger) {
        const Move* const move = std::get_if<Move>(&way.target);
        const std::string& name = name_of(model_, carrier);
        if (trigger == Trigger::start) {
            const bool inside = move != nullptr && move->to != root_state &&
                                model_.states[move->to].parent == carrier;
            if (!inside) fail("missing-start", way.place, {name});
            return;
        }
        const bool by_itself = trigger == Trigger::choice || trigger == Trigger::finish;
        if (by_itself && std::holds_alternative<Stay>(way.target)) {
            fail("missing-target", way.place, {name});
        }
        if (move != nullptr && !is_in_reach(carrier, move->to)) {
            fail(
                "target-out-of-reach", way.place,
                {name_of(model_, move->to), name, name_of(model_, model_.states[move->to].parent)});
        }
    }

    /// Rule R22: the carrier's own scope, one around it, or directly inside a group.
    bool is_in_reach(StateIndex carrier, StateIndex target) const {
        if (target == root_state) return false;
        const StateIndex scope = model_.states[target].parent;
        if (scope == carrier) return model_.states[carrier].kind == Kind::group;
        if (!tree_.is_within(carrier, scope)) return false;
        // Each branch of a parallel is a scope of its own that holds just this branch.
        return model_.states[scope].kind != Kind::parallel || tree_.is_within(carrier, target);
    }

    const Model& model_;
    const Tree& tree_;
    Diagnostics& diagnostics_;
    bool sound_ = true;
};

}  // namespace

bool are_ways_sound(const Model& model, const Tree& tree, Diagnostics& diagnostics) {
    return WayCheck(model, tree, diagnostics).check_all();
}

}  // namespace workflow::analysis
