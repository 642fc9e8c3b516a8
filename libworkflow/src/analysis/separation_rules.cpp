// Tasks that the rules about who did other tasks leave to nobody.
#include <algorithm>

#include "analysis/examination.hpp"
#include "analysis/report.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

bool holds(const std::vector<StateIndex>& tasks, StateIndex wanted) {
    return std::find(tasks.begin(), tasks.end(), wanted) != tasks.end();
}

}  // namespace

void check_separations(const Model& model, Diagnostics& diagnostics) {
    for (const State& task : model.states) {
        const StateIndex same = task.separation.same_as;
        if (same == none) continue;
        if (holds(task.separation.not_by, same)) {
            warn(diagnostics, "four-eyes-impossible", task.place, {task.id, name_of(model, same)});
            continue;
        }
        for (const Action& action : task.actions) {
            if (!holds(action.separation.not_by, same)) continue;
            warn(diagnostics, "four-eyes-impossible", action.place,
                 {action.id, name_of(model, same)});
        }
    }
}

}  // namespace workflow::analysis
