#include "analysis/seal.hpp"

#include <utility>

#include "analysis/numbers.hpp"
#include "analysis/reachability.hpp"
#include "analysis/rules.hpp"
#include "analysis/scope_graph.hpp"
#include "analysis/shortcuts.hpp"
#include "analysis/state_graph.hpp"
#include "analysis/total_rule.hpp"
#include "analysis/tree.hpp"

namespace workflow::analysis {

std::shared_ptr<const Procedure> seal(procedure::Model model, Diagnostics& diagnostics) {
    if (has_errors(diagnostics)) return nullptr;
    const std::optional<Tree> tree = Tree::read(model, diagnostics);
    if (!tree || !are_numbers_in_range(model, diagnostics)) return nullptr;
    const bool is_graph_whole = are_ways_sound(model, *tree, diagnostics);
    check_actions_and_clocks(model, *tree, diagnostics);
    check_sensitive(model, diagnostics);
    if (is_graph_whole) {
        check_cautions(model, diagnostics);
        prepare_shortcuts(model);
        prepare_joins(model);
        check_joins(model, diagnostics);
        check_reachability(model, build_state_graph(model, *tree), diagnostics);
        if (!has_errors(diagnostics)) check_total(model, diagnostics);
    }
    if (has_errors(diagnostics)) return nullptr;
    return std::make_shared<const Procedure>(
        std::make_unique<const procedure::Model>(std::move(model)));
}

}  // namespace workflow::analysis
