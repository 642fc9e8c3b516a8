// What every dossier must pass: the dominators of the end.
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>

#include "analysis/examination.hpp"
#include "analysis/state_graph.hpp"
#include "analysis/tree.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

class MustPassSearch {
public:
    MustPassSearch(const Model& model, const StateGraph& states)
        : model_(model), states_(states), next_(states.owners.size() + 1) {
        for (const auto& [from, to] : states.edges) {
            // Whoever pulls a group's trigger stands on some state inside it already.
            const bool is_group = from < model.states.size() && to >= model.states.size() &&
                                  model.states[from].kind == Kind::group;
            if (!is_group) next_[from].push_back(to);
        }
        for (const auto& [outcome, node] : states.root_outcomes) next_[node].push_back(end());
    }

    [[nodiscard]] Node end() const { return static_cast<Node>(states_.owners.size()); }

    /// On every way between the two, in the order of the way.
    void collect(Node from, Node to, std::vector<StateIndex>& passed) {
        const std::vector<Node> chain = chain_between(from, to);
        for (const Node node : chain) {
            if (node == root_state || node >= model_.states.size()) continue;
            const State& state = model_.states[node];
            if (!is_automatic(state)) passed.push_back(node);
            if (state.kind == Kind::parallel) collect_branches(node, chain, passed);
        }
    }

private:
    static bool is_automatic(const State& state) {
        return state.kind == Kind::choice || state.kind == Kind::fork || state.kind == Kind::join ||
               state.kind == Kind::end;
    }

    /// Branches that always open, where all are waited for.
    void collect_branches(StateIndex parallel, const std::vector<Node>& chain,
                          std::vector<StateIndex>& passed) {
        const State& state = model_.states[parallel];
        const Node finished = states_.finished[parallel];
        const bool all = !state.join || state.join->rule == Join::Rule::all;
        if (!all || std::find(chain.begin(), chain.end(), finished) == chain.end()) return;
        for (const StateIndex branch : state.children) {
            if (!model_.states[branch].when) collect(branch, finished, passed);
        }
    }

    /// Only what is reached from there: what is not would count as a way to it.
    Graph reached_from(Node from) const {
        Graph graph(next_.size());
        std::vector<bool> seen(next_.size(), false);
        std::vector<Node> open{from};
        seen[from] = true;
        while (!open.empty()) {
            const Node node = open.back();
            open.pop_back();
            for (const Node to : next_[node]) {
                add_edge(node, to, graph);
                if (!seen[to]) open.push_back(to);
                seen[to] = true;
            }
        }
        return graph;
    }

    std::vector<Node> chain_between(Node from, Node to) const {
        const Graph graph = reached_from(from);
        std::vector<Node> parents(num_vertices(graph), none);
        boost::lengauer_tarjan_dominator_tree(
            graph, from,
            boost::make_iterator_property_map(parents.begin(), get(boost::vertex_index, graph)));
        std::vector<Node> chain;
        for (Node node = to; node != none && node != from; node = parents[node]) {
            chain.push_back(node);
        }
        const bool is_reached = to == from || parents[to] != none;
        if (!is_reached) return {};
        chain.push_back(from);
        std::reverse(chain.begin(), chain.end());
        return chain;
    }

    const Model& model_;
    const StateGraph& states_;
    std::vector<std::vector<Node>> next_;  ///< by node; the last one is the end
};

}  // namespace

std::vector<MustPass> find_must_pass(const Model& model) {
    Diagnostics none_expected;
    const auto tree = Tree::read(model, none_expected);
    if (!tree) return {};
    const StateGraph states = build_state_graph(model, *tree);
    MustPassSearch search(model, states);
    std::vector<MustPass> found;
    for (const auto& [outcome, node] : states.root_outcomes) {
        found.push_back({outcome, {}});
        search.collect(root_state, node, found.back().states);
    }
    std::sort(found.begin(), found.end(),
              [](const MustPass& a, const MustPass& b) { return a.outcome < b.outcome; });
    found.push_back({none, {}});
    search.collect(root_state, search.end(), found.back().states);
    return found;
}

}  // namespace workflow::analysis
