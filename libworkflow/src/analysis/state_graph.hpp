// The states and ways of a model as nodes and edges. Immutable once made.
//
// Beside one node per state there are: one for the triggers of a state (they can be pulled from
// anywhere inside it), one for the inside of a parallel or each having finished, and one per
// outcome with which the inside of a group can finish. So "reaches" in this graph means what it
// means in the language, and no algorithm has to know about scopes.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "analysis/tree.hpp"
#include "procedure/model.hpp"

namespace workflow::analysis {

using Node = std::uint32_t;
using Edges = std::vector<std::pair<Node, Node>>;

/// A place at which the procedure as a whole can end.
struct ProcedureEnd {
    procedure::OutcomeIndex outcome = procedure::none;
    procedure::StateIndex carrier = procedure::root_state;  ///< whose way it is
    const Place* place = nullptr;                           ///< in the model
};

struct StateGraph {
    std::vector<procedure::StateIndex> owners;  ///< by node; nodes of states come first
    Edges edges;                                ///< whatever can make a token go
    Edges automatic;                            ///< the part that needs neither person nor time
    std::vector<ProcedureEnd> ends;
    std::vector<std::pair<procedure::OutcomeIndex, Node>> root_outcomes;  ///< nodes of the end
    std::vector<Node> finished;  ///< by state: the inside of a parallel or each is done; else none
};

/// Only for a model whose tree, numbers and ways are sound.
[[nodiscard]] StateGraph build_state_graph(const procedure::Model& model, const Tree& tree);

}  // namespace workflow::analysis
