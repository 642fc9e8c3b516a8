// Ways that lead back to where the dossier has been.
#include "analysis/examination.hpp"
#include "analysis/scope_order.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

/// A guard that asks how often something was done may end a loop.
bool counts(const Way& way) {
    return way.when && way.when->expression.source().find("times(") != std::string::npos;
}

class LoopSearch {
public:
    explicit LoopSearch(const Model& model)
        : model_(model),
          orders_(scope_orders(model)),
          returns_(model, [](const Action&) { return true; }) {}

    std::vector<Loop> find() {
        for (StateIndex state = 0; state < model_.states.size(); ++state) {
            const State& carrier = model_.states[state];
            for (std::uint32_t number = 0; number < carrier.actions.size(); ++number) {
                const Action& action = carrier.actions[number];
                look(state, action.way, number, action.at_most.has_value());
            }
            for_each_way(model_, carrier, [&](const Way& way, Trigger trigger) {
                if (trigger != Trigger::person && trigger != Trigger::start) {
                    look(state, way, none, false);
                }
            });
        }
        return std::move(loops_);
    }

private:
    void look(StateIndex carrier, const Way& way, std::uint32_t action, bool is_bounded) {
        const bool bounded = is_bounded || counts(way);
        for (const StateIndex state : way.also_start) add(carrier, state, action, bounded);
        for (const Way& choice : way.choices) look(carrier, choice, action, bounded);
        if (!way.choices.empty()) return;
        if (const auto* move = std::get_if<Move>(&way.target)) {
            add(carrier, move->to, action, bounded);
        }
    }

    void add(StateIndex carrier, StateIndex to, std::uint32_t action, bool is_bounded) {
        const StateIndex scope = model_.states[to].parent;
        StateIndex from = carrier;
        while (from != root_state && model_.states[from].parent != scope) {
            from = model_.states[from].parent;
        }
        const bool restarts = carrier == scope;
        const bool back =
            restarts || (from != root_state &&
                         orders_[scope].leads_back(model_.states[from].row, model_.states[to].row));
        if (!back) return;
        const bool elsewhere =
            !restarts && returns_.holds(scope, model_.states[from].row, model_.states[to].row);
        loops_.push_back({carrier, to, action, is_bounded || elsewhere});
    }

    const Model& model_;
    std::vector<ScopeOrder> orders_;
    BoundedReturns returns_;
    std::vector<Loop> loops_;
};

}  // namespace

std::vector<Loop> find_loops(const Model& model) {
    return LoopSearch(model).find();
}

}  // namespace workflow::analysis
