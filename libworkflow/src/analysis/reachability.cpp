#include "analysis/reachability.hpp"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <string>

#include "analysis/compact_graph.hpp"
#include "analysis/report.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

/// Names in a sentence; a trap of a thousand states is still one line.
constexpr std::size_t names_max = 5;

std::vector<boost::default_color_type> reach_from_start(const CompactGraph& graph) {
    std::vector<boost::default_color_type> colours(num_vertices(graph));
    const auto colour_map =
        boost::make_iterator_property_map(colours.begin(), get(boost::vertex_index, graph));
    boost::breadth_first_search(graph, Node{root_state}, boost::color_map(colour_map));
    return colours;
}

class ReachabilityCheck {
public:
    ReachabilityCheck(const Model& model, const StateGraph& graph, Diagnostics& diagnostics)
        : model_(model),
          graph_(graph),
          diagnostics_(diagnostics),
          compact_(compact(graph.edges, graph.owners.size())),
          colours_(reach_from_start(compact_)) {}

    void check_all() {
        check_unreachable();
        check_traps();
        check_loops();
        check_outcomes();
    }

private:
    bool is_reached(Node node) const { return colours_[node] != boost::white_color; }

    void check_unreachable() {
        for (StateIndex state = 1; state < model_.states.size(); ++state) {
            // Of a group that nobody reaches one finding is enough.
            if (is_reached(state) || !is_reached(model_.states[state].parent)) continue;
            report(diagnostics_, "unreachable-state", model_.states[state].place,
                   {model_.states[state].id});
        }
    }

    /// From every state that cannot end, some component is reached that nothing leaves and that is
    /// no end: that one is where the mistake lies, and only it is reported.
    void check_traps() {
        std::uint32_t count = 0;
        const std::vector<std::uint32_t> components = components_of(compact_, count);
        std::vector<bool> leads_on(count, false);
        for (const auto& [from, to] : graph_.edges) {
            if (components[from] != components[to]) leads_on[components[from]] = true;
        }
        for (const auto& [outcome, node] : graph_.root_outcomes) leads_on[components[node]] = true;
        report_groups(components, count, "no-way-to-end", [&](StateIndex state) {
            return is_reached(state) && !leads_on[components[state]];
        });
    }

    void check_loops() {
        std::uint32_t count = 0;
        const std::vector<std::uint32_t> components =
            components_of(compact(graph_.automatic, graph_.owners.size()), count);
        std::vector<std::uint32_t> sizes(count, 0);
        for (const std::uint32_t component : components) ++sizes[component];
        std::vector<bool> is_loop(count, false);
        for (std::uint32_t i = 0; i < count; ++i) is_loop[i] = sizes[i] > 1;
        for (const auto& [from, to] : graph_.automatic) {
            if (from == to) is_loop[components[from]] = true;
        }
        report_groups(components, count, "automatic-loop",
                      [&](StateIndex state) { return is_loop[components[state]]; });
    }

    /// One finding per component that holds a state for which `applies`, at the first of them.
    template <class Applies>
    void report_groups(const std::vector<std::uint32_t>& components, std::uint32_t count,
                       const char* code, Applies applies) {
        std::vector<std::uint32_t> finding_of(count, none);
        std::vector<std::vector<StateIndex>> findings;
        for (StateIndex state = 0; state < model_.states.size(); ++state) {
            if (!applies(state)) continue;
            std::uint32_t& finding = finding_of[components[state]];
            if (finding == none) {
                finding = static_cast<std::uint32_t>(findings.size());
                findings.emplace_back();
            }
            findings[finding].push_back(state);
        }
        for (const std::vector<StateIndex>& states : findings) {
            report(diagnostics_, code, model_.states[states.front()].place, {names_of(states)});
        }
    }

    std::string names_of(const std::vector<StateIndex>& states) const {
        std::string names;
        for (std::size_t i = 0; i < std::min(states.size(), names_max); ++i) {
            names += (i == 0 ? "'" : ", '") + name_of(model_, states[i]) + "'";
        }
        return states.size() > names_max ? names + " ..." : names;
    }

    void check_outcomes() {
        for (const ProcedureEnd& end : graph_.ends) {
            if (end.outcome == none || model_.outcomes[end.outcome].declared) continue;
            report(diagnostics_, "outcome-unlisted", *end.place,
                   {model_.outcomes[end.outcome].id, name_of(model_, end.carrier)});
        }
        std::vector<bool> reached(model_.outcomes.size(), false);
        for (const auto& [outcome, node] : graph_.root_outcomes) {
            if (outcome != none && is_reached(node)) reached[outcome] = true;
        }
        for (std::size_t i = 0; i < model_.outcomes.size(); ++i) {
            if (!model_.outcomes[i].declared || reached[i]) continue;
            report(diagnostics_, "outcome-unreachable", model_.outcomes[i].place,
                   {model_.outcomes[i].id});
        }
    }

    const Model& model_;
    const StateGraph& graph_;
    Diagnostics& diagnostics_;
    CompactGraph compact_;
    std::vector<boost::default_color_type> colours_;
};

}  // namespace

void check_reachability(const Model& model, const StateGraph& graph, Diagnostics& diagnostics) {
    ReachabilityCheck(model, graph, diagnostics).check_all();
}

}  // namespace workflow::analysis
