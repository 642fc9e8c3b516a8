// Numbered nodes and their edges as Boost.Graph reads them fastest. Immutable once made.
#pragma once

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <cstdint>
#include <vector>

namespace workflow::analysis {

using CompactGraph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                       boost::no_property, std::uint32_t, std::uint32_t>;

/// From pairs of node numbers, in any order.
template <class Edges>
[[nodiscard]] CompactGraph compact(const Edges& edges, std::size_t node_count) {
    return CompactGraph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(),
                        static_cast<std::uint32_t>(node_count));
}

/// The component of mutual reach of each node. Components are numbered so that edges lead to the
/// same or a lower number.
[[nodiscard]] inline std::vector<std::uint32_t> components_of(const CompactGraph& graph,
                                                              std::uint32_t& count) {
    std::vector<std::uint32_t> components(num_vertices(graph));
    count = boost::strong_components(
        graph,
        boost::make_iterator_property_map(components.begin(), get(boost::vertex_index, graph)));
    return components;
}

}  // namespace workflow::analysis
