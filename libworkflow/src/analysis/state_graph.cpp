#include "analysis/state_graph.hpp"

#include <algorithm>
#include <unordered_map>

#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

enum class Pace : std::uint8_t { waits, at_once };

class GraphBuilder {
public:
    GraphBuilder(const Model& model, const Tree& tree) : model_(model), tree_(tree) {
        const std::size_t count = model.states.size();
        graph_.owners.reserve(2 * count);
        for (StateIndex state = 0; state < count; ++state) graph_.owners.push_back(state);
        graph_.edges.reserve(4 * count);
        triggers_.assign(count, none);
        finished_.assign(count, none);
    }

    StateGraph build() {
        for (const StateIndex state : tree_.order()) {
            if (model_.states[state].kind == Kind::parallel ||
                model_.states[state].kind == Kind::each) {
                finished_[state] = add_node(state);
            }
        }
        for (const StateIndex state : tree_.order()) add_triggers(state);
        for (const StateIndex state : tree_.order()) add_own_course(state);
        add_automatic_parallels();
        graph_.finished = std::move(finished_);
        return std::move(graph_);
    }

private:
    Node add_node(StateIndex owner) {
        graph_.owners.push_back(owner);
        return static_cast<Node>(graph_.owners.size() - 1);
    }

    void add_edge(Node from, Node to, Pace pace) {
        graph_.edges.emplace_back(from, to);
        if (pace == Pace::at_once) graph_.automatic.emplace_back(from, to);
    }

    void add_way(Node from, StateIndex carrier, const Way& way, Pace pace) {
        auto add_leaf = [this, from, carrier, pace](const Way& leaf) {
            if (const Move* const move = std::get_if<Move>(&leaf.target)) {
                add_edge(from, move->to, pace);
            } else if (const Finish* const finish = std::get_if<Finish>(&leaf.target)) {
                add_edge(from, ended(carrier, finish->outcome, leaf.place), pace);
            }
        };
        for_each_leaf(way, add_leaf);
        add_started(from, way, pace);
    }

    void add_started(Node from, const Way& way, Pace pace) {
        for (const StateIndex state : way.also_start) add_edge(from, state, pace);
        for (const Way& choice : way.choices) add_started(from, choice, pace);
    }

    static bool starts_more(const Way& way) {
        return !way.also_start.empty() ||
               std::any_of(way.choices.begin(), way.choices.end(), starts_more);
    }

    /// Actions, timers, moments and messages: from the state itself and from everything inside it.
    void add_triggers(StateIndex index) {
        const State& state = model_.states[index];
        const Node around = index == root_state ? none : triggers_[state.parent];
        Node own = none;
        for_each_way(model_, state, [this, index, &own](const Way& way, Trigger trigger) {
            if (trigger != Trigger::person && trigger != Trigger::time &&
                trigger != Trigger::message) {
                return;
            }
            bool leads_on = false;
            auto look = [&leads_on](const Way& leaf) {
                leads_on |= !std::holds_alternative<Stay>(leaf.target);
            };
            for_each_leaf(way, look);
            if (!leads_on && !starts_more(way)) return;
            if (own == none) own = add_node(index);
            add_way(own, index, way, Pace::waits);
        });
        if (own != none && around != none) add_edge(own, around, Pace::waits);
        triggers_[index] = own != none ? own : around;
        if (triggers_[index] != none) add_edge(index, triggers_[index], Pace::waits);
    }

    /// What happens without anybody's doing.
    void add_own_course(StateIndex index) {
        const State& state = model_.states[index];
        switch (state.kind) {
            case Kind::group:
                if (state.start) add_way(index, index, *state.start, Pace::at_once);
                for (const Entry& entry : state.entries) {
                    add_way(index, index, entry.way, Pace::at_once);
                }
                return;
            case Kind::parallel:
                add_parallel(index);
                return;
            case Kind::each:
                add_way(index, index, *state.start, Pace::at_once);
                // An empty list finishes at once, but says nothing about a list with items.
                add_edge(index, finished_[index], Pace::waits);
                add_finish(finished_[index], index, Pace::at_once);
                return;
            case Kind::choice:
            case Kind::fork:
                for (const Way& way : state.choices) add_way(index, index, way, Pace::at_once);
                return;
            case Kind::join:
                add_finish(index, index, goes_on_with_one(state) ? Pace::at_once : Pace::waits);
                return;
            case Kind::end:
                add_edge(index, ended(index, state.outcome, state.place), Pace::at_once);
                return;
            case Kind::wait:
                if (state.until || state.when || state.to) add_finish(index, index, Pace::waits);
                return;
            case Kind::service:
                add_finish(index, index, Pace::waits);
                return;
            case Kind::call:
                if (state.call->detached) return add_finish(index, index, Pace::at_once);
                return add_child_end(index);
            case Kind::task:
            case Kind::idle:
                if (state.to) add_way(index, index, *state.to, Pace::waits);
                return;
        }
    }

    /// How the called procedure ends is not known here: by any way that there is for it.
    void add_child_end(StateIndex index) {
        const State& state = model_.states[index];
        bool otherwise = state.to.has_value();
        if (state.to) add_way(index, index, *state.to, Pace::waits);
        for (const auto& [outcome, way] : state.outcomes) {
            otherwise = otherwise || outcome == none;
            add_way(index, index, way, Pace::waits);
        }
        if (otherwise) return;
        for (OutcomeIndex outcome = 0; outcome < model_.outcomes.size(); ++outcome) {
            if (model_.outcomes[outcome].declared) {
                add_edge(index, ended(index, outcome, state.place), Pace::waits);
            }
        }
    }

    /// Such a join holds up no token that comes round again and again.
    static bool goes_on_with_one(const State& join) {
        return join.join && (join.join->rule == Join::Rule::inclusive ||
                             (join.join->rule == Join::Rule::count && join.join->count == 1));
    }

    void add_parallel(StateIndex index) {
        bool may_open_none = true;
        for (const StateIndex branch : model_.states[index].children) {
            add_edge(index, branch, Pace::at_once);
            may_open_none = may_open_none && model_.states[branch].when.has_value();
        }
        if (may_open_none) add_edge(index, finished_[index], Pace::waits);
        const std::size_t first = graph_.edges.size();
        add_finish(finished_[index], index, Pace::waits);  // at once: add_automatic_parallels
        parallels_.push_back({index, first, graph_.edges.size()});
    }

    /// `to`; a branch of a parallel without one ends (rule R35).
    void add_finish(Node from, StateIndex index, Pace pace) {
        const State& state = model_.states[index];
        if (state.to) {
            add_way(from, index, *state.to, pace);
        } else {
            add_edge(from, ended(index, none, state.place), pace);
        }
    }

    /// The node of "a token of the scope around `carrier` ended with `outcome`".
    Node ended(StateIndex carrier, OutcomeIndex outcome, const Place& place) {
        const StateIndex scope = model_.states[carrier].parent;
        if (scope == root_state) graph_.ends.push_back({outcome, carrier, &place});
        if (finished_[scope] != none) return finished_[scope];
        const std::uint64_t key = std::uint64_t{scope} << 32 | outcome;
        const auto [found, is_new] = outcomes_.emplace(key, none);
        if (!is_new) return found->second;
        const Node node = add_node(scope);
        found->second = node;
        if (scope == root_state) {
            graph_.root_outcomes.emplace_back(outcome, node);
        } else if (const Way* const way = way_after(scope, outcome)) {
            add_way(node, scope, *way, Pace::at_once);
        } else {
            add_edge(node, ended(scope, outcome, model_.states[scope].place), Pace::at_once);
        }
        return node;
    }

    /// Null: the group ends with the same outcome in the scope around it.
    const Way* way_after(StateIndex group, OutcomeIndex outcome) const {
        const Way* otherwise = nullptr;
        for (const auto& entry : model_.states[group].outcomes) {
            if (entry.first == none) {
                otherwise = &entry.second;
            } else if (entry.first == outcome) {
                return &entry.second;
            }
        }
        if (otherwise != nullptr) return otherwise;
        return model_.states[group].to ? &*model_.states[group].to : nullptr;
    }

    /// A parallel goes on by itself only when every branch can end by itself. Inner ones first.
    void add_automatic_parallels() {
        if (!parallels_.empty()) index_automatic_edges();
        for (auto parallel = parallels_.rbegin(); parallel != parallels_.rend(); ++parallel) {
            const StateIndex state = parallel->state;
            const std::vector<StateIndex>& branches = model_.states[state].children;
            const bool all = std::all_of(
                branches.begin(), branches.end(),
                [this, state](StateIndex branch) { return ends_by_itself(branch, state); });
            if (!all) continue;
            for (std::size_t i = parallel->first_edge; i < parallel->behind_edges; ++i) {
                if (graph_.edges[i].first != finished_[state]) continue;
                graph_.automatic.push_back(graph_.edges[i]);
                successors_[graph_.edges[i].first].push_back(graph_.edges[i].second);
            }
        }
    }

    bool ends_by_itself(StateIndex branch, StateIndex parallel) {
        std::vector<Node> open{branch};
        std::vector<Node> seen{branch};
        bool found = false;
        while (!open.empty() && !found) {
            const Node node = open.back();
            open.pop_back();
            for (const Node next : successors_[node]) {
                found = found || next == finished_[parallel];
                const StateIndex owner = graph_.owners[next];
                if (marks_[next] || owner == parallel || !tree_.is_within(owner, parallel))
                    continue;
                marks_[next] = true;
                seen.push_back(next);
                open.push_back(next);
            }
        }
        for (const Node node : seen) marks_[node] = false;
        return found;
    }

    void index_automatic_edges() {
        successors_.resize(graph_.owners.size());
        marks_.assign(graph_.owners.size(), false);
        for (const auto& [from, to] : graph_.automatic) successors_[from].push_back(to);
    }

    struct ParallelCourse {
        StateIndex state = 0;
        std::size_t first_edge = 0;  ///< those of its `to` lie between here
        std::size_t behind_edges = 0;
    };

    const Model& model_;
    const Tree& tree_;
    StateGraph graph_;
    std::vector<ParallelCourse> parallels_;
    std::vector<Node> triggers_;  ///< by state: its own, or those of the state around, or none
    std::vector<Node> finished_;  ///< by state: of a parallel or each
    std::unordered_map<std::uint64_t, Node> outcomes_;  ///< scope and outcome -> node
    std::vector<std::vector<Node>> successors_;
    std::vector<bool> marks_;
};

}  // namespace

StateGraph build_state_graph(const Model& model, const Tree& tree) {
    return GraphBuilder(model, tree).build();
}

}  // namespace workflow::analysis
