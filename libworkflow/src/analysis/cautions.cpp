// What an author may not have meant: warnings, each seen in procedures that analysts wrote.
#include <algorithm>

#include "analysis/outcomes.hpp"
#include "analysis/report.hpp"
#include "analysis/rules.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

bool reads(const Cel& cel, Slot wanted) {
    const auto slots = cel.expression.reads();
    return std::find(slots.begin(), slots.end(), wanted) != slots.end();
}

/// Whether a guard or an assignment of the way reads it.
bool reads(const Way& way, Slot wanted) {
    return (way.when && reads(*way.when, wanted)) ||
           std::any_of(way.set.begin(), way.set.end(),
                       [&](const Assignment& set) { return reads(set.value, wanted); }) ||
           std::any_of(way.choices.begin(), way.choices.end(),
                       [&](const Way& choice) { return reads(choice, wanted); });
}

/// A group that can end in several ways, and goes on alike after all of them.
void check_swallowed(const Model& model, StateIndex index, Diagnostics& diagnostics) {
    const State& group = model.states[index];
    if (index == root_state || group.kind != Kind::group || !group.to || !group.outcomes.empty()) {
        return;
    }
    constexpr Slot outcome{frame_event, slot_outcome};
    const bool is_read =
        reads(*group.to, outcome) ||
        std::any_of(group.set.begin(), group.set.end(),
                    [&](const Assignment& set) { return reads(set.value, outcome); });
    std::string names;
    std::size_t count = 0;
    for (const OutcomeIndex inside : outcomes_of_scope(model, index)) {
        if (inside == none) continue;
        names += (names.empty() ? "" : ", ") + model.outcomes[inside].id;
        ++count;
    }
    if (count > 1 && !is_read) {
        warn(diagnostics, "outcome-swallowed", group.to->place, {group.id, names});
    }
}

/// An each over what a start gives, of which nobody has asked whether it is empty.
void check_empty_list(const Model& model, const State& each, Diagnostics& diagnostics) {
    const bool waits_for_all = !each.join || each.join->rule == Join::Rule::all;
    if (each.kind != Kind::each || !waits_for_all) return;
    const auto slots = each.of->expression.reads();
    if (slots.size() != 1 || slots.front().frame != frame_data) return;
    const FieldIndex field = slots.front().slot;
    const State& root = model.states[root_state];
    const auto is_given = [&](const std::vector<FieldIndex>& input) {
        return std::find(input.begin(), input.end(), field) != input.end();
    };
    const bool open =
        (root.start && is_given(model.input) && !reads(*root.start, slots.front())) ||
        std::any_of(root.entries.begin(), root.entries.end(), [&](const Entry& entry) {
            return is_given(entry.input) && !reads(entry.way, slots.front());
        });
    if (open) {
        warn(diagnostics, "each-may-be-empty", each.of->place, {model.data[field].id, each.id});
    }
}

/// A way out of a branch to where the parallel, or each, goes by itself once all have finished: the
/// others would be withdrawn.
void check_branch_leads_on(const Model& model, StateIndex index, Diagnostics& diagnostics) {
    const State& around = model.states[index];
    if ((around.kind != Kind::parallel && around.kind != Kind::each) || !around.to) return;
    std::vector<StateIndex> next;
    const auto note = [&](const Way& way) {
        if (const auto* move = std::get_if<Move>(&way.target)) next.push_back(move->to);
    };
    for_each_leaf(*around.to, note);
    for (StateIndex inside = 0; inside < model.states.size(); ++inside) {
        StateIndex branch = inside;
        while (branch != root_state && model.states[branch].parent != index) {
            branch = model.states[branch].parent;
        }
        if (branch == root_state) continue;
        for_each_way(model, model.states[inside], [&](const Way& way, Trigger) {
            const auto look = [&](const Way& leaf) {
                const auto* move = std::get_if<Move>(&leaf.target);
                if (move == nullptr || std::count(next.begin(), next.end(), move->to) == 0) return;
                warn(diagnostics, "branch-leads-on", leaf.place,
                     {model.states[branch].id, model.states[move->to].id, around.id});
            };
            for_each_leaf(way, look);
        });
    }
}

}  // namespace

void check_cautions(const Model& model, Diagnostics& diagnostics) {
    for (StateIndex state = 0; state < model.states.size(); ++state) {
        check_swallowed(model, state, diagnostics);
        check_empty_list(model, model.states[state], diagnostics);
        check_branch_leads_on(model, state, diagnostics);
    }
}

}  // namespace workflow::analysis
