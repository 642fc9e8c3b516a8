#include <algorithm>

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
                             if (trigger != Trigger::start) check_all_asides(state, way);
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
        } else if (starts && !state.start && state.entries.empty()) {
            fail("missing-start", state.place, {name});
        }
        if (state.kind == Kind::each && !state.of) fail("each-without-list", state.place, {name});
        if (state.kind == Kind::choice) {
            if (state.choices.empty())
                fail("choice-empty", state.place, {name});
            else if (state.choices.back().when)
                fail("no-otherwise", state.choices.back().place, {name});
        }
        if (state.kind == Kind::fork) check_fork(state);
        if (state.kind == Kind::join && !state.join) fail("missing-join", state.place, {name});
        const bool is_branch = model_.states[state.parent].kind == Kind::parallel;
        if (is_branch && (state.kind == Kind::join || state.kind == Kind::fork)) {
            fail("join-as-branch", state.place, {name});
        }
        const bool finishes = state.kind == Kind::parallel || state.kind == Kind::each ||
                              state.kind == Kind::join || state.kind == Kind::service ||
                              (state.call && state.call->detached) ||
                              (state.kind == Kind::wait && (state.until || state.when));
        if (finishes && !state.to && !is_branch) fail("missing-target", state.place, {name});
    }

    /// Some way is always taken; and each leads beside the fork itself.
    void check_fork(const State& fork) {
        const bool always = std::any_of(fork.choices.begin(), fork.choices.end(),
                                        [](const Way& way) { return !way.when; });
        if (!always) fail("no-otherwise", fork.place, {});
        for (const Way& way : fork.choices) {
            auto check = [this, &fork](const Way& leaf) {
                const Move* const move = std::get_if<Move>(&leaf.target);
                if (move == nullptr) {
                    fail("fork-ends", leaf.place, {fork.id});
                } else if (model_.states[move->to].parent != fork.parent) {
                    fail("fork-leads-out", leaf.place, {fork.id, name_of(model_, move->to)});
                }
            };
            for_each_leaf(way, check);
        }
    }

    bool is_join(StateIndex state) const { return model_.states[state].kind == Kind::join; }

    /// What a way withdraws and starts beside its own course (R22, R24). `to`: where it leads.
    void check_asides(StateIndex carrier, const Way& way) {
        for (const StateIndex state : way.also_start) {
            if (is_join(state)) fail("join-not-started", way.place, {model_.states[state].id});
            if (!is_in_reach(carrier, state)) fail_reach(carrier, state, way.place);
        }
        for (const StateIndex state : way.cancel) {
            if (!is_in_reach(carrier, state)) {
                fail_reach(carrier, state, way.place);
            } else if (tree_.is_within(carrier, state)) {
                fail("cancel-holds-carrier", way.place,
                     {model_.states[state].id, name_of(model_, carrier)});
            }
        }
        if (way.also_start.empty() && way.cancel.empty()) return;
        auto check = [&](const Way& leaf) {
            const Move* const move = std::get_if<Move>(&leaf.target);
            if (move == nullptr || move->to == root_state) return;
            const StateIndex scope = model_.states[move->to].parent;
            for (const auto* named : {&way.cancel, &way.also_start}) {
                for (const StateIndex state : *named) {
                    const bool left = is_in_reach(carrier, state) &&
                                      tree_.is_within(state, scope) &&
                                      model_.states[state].parent != scope;
                    if (!left) continue;
                    fail("aside-is-left", leaf.place,
                         {model_.states[state].id, model_.states[move->to].id});
                }
            }
            for (const StateIndex state : way.cancel) {
                if (!tree_.is_within(move->to, state)) continue;
                fail("cancel-holds-target", leaf.place, {model_.states[state].id});
            }
        };
        for_each_leaf(way, check);
        check_aside_of_end(carrier, way);
    }

    /// Whoever ends takes his inside with him.
    void check_aside_of_end(StateIndex carrier, const Way& way) {
        auto check = [&](const Way& leaf) {
            if (!std::holds_alternative<Finish>(leaf.target)) return;
            for (const auto* named : {&way.cancel, &way.also_start}) {
                for (const StateIndex state : *named) {
                    if (model_.states[state].parent != carrier) continue;
                    if (!is_in_reach(carrier, state)) continue;
                    fail("aside-is-left", leaf.place,
                         {model_.states[state].id, name_of(model_, carrier)});
                }
            }
        };
        for_each_leaf(way, check);
    }

    void fail_reach(StateIndex carrier, StateIndex target, const Place& place) {
        fail("target-out-of-reach", place,
             {name_of(model_, target), name_of(model_, carrier),
              name_of(model_, model_.states[target].parent)});
    }

    void check_all_asides(StateIndex carrier, const Way& way) {
        check_asides(carrier, way);
        for (const Way& choice : way.choices) check_all_asides(carrier, choice);
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
            if (inside && is_join(move->to)) {
                fail("join-not-started", way.place, {name_of(model_, move->to)});
            }
            return;
        }
        const bool by_itself = trigger == Trigger::choice || trigger == Trigger::finish;
        if (by_itself && std::holds_alternative<Stay>(way.target)) {
            fail("missing-target", way.place, {name});
        }
        if (move == nullptr) return;
        if (!is_in_reach(carrier, move->to)) fail_reach(carrier, move->to, way.place);
        if (is_join(move->to) && model_.states[move->to].parent == carrier) {
            fail("join-not-started", way.place, {name_of(model_, move->to)});
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
