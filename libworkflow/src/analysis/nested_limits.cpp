// Clocks that have more time than one around them.
#include <algorithm>

#include "analysis/courses.hpp"
#include "analysis/examination.hpp"
#include "analysis/possible_values.hpp"
#include "analysis/report.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

/// Runs from entering its state until that is left.
bool is_whole(const Clock& clock) {
    return !clock.starts && !clock.stops && !clock.due && !clock.when;
}

/// Whether a wait at or inside `inner` stops the outer clock.
bool may_wait(const Model& model, const Clock& outer, StateIndex inner) {
    for (StateIndex state = 0; state < model.states.size(); ++state) {
        const ReasonIndex reason = model.states[state].waiting_for;
        if (reason == none || !is_within(model, state, inner)) continue;
        if (reason < outer.while_waiting.size() && outer.while_waiting[reason] != Policy::go_on) {
            return true;
        }
    }
    return false;
}

bool is_less(Limit a, Limit b) {
    return a.count < b.count;
}

/// Nothing where they cannot be compared, or the inner one is not longer in every case.
struct Pair {
    Limit inner;
    Limit outer;
};
std::optional<Pair> longer_inside(const Model& model, const Clock& inner, const Clock& outer,
                                  const std::string& variant) {
    const auto inside = possible_limits(model, inner.limit, variant);
    const auto around = possible_limits(model, outer.limit, variant);
    if (!inside || !around || inside->limits.empty() || around->limits.empty()) return std::nullopt;
    const Unit unit = in_base_unit(around->limits.front()).unit;
    for (auto* limits : {&inside->limits, &around->limits}) {
        for (const Limit limit : *limits) {
            if (in_base_unit(limit).unit != unit) return std::nullopt;
        }
    }
    const auto less = [](Limit a, Limit b) { return is_less(in_base_unit(a), in_base_unit(b)); };
    const Pair pair{*std::min_element(inside->limits.begin(), inside->limits.end(), less),
                    *std::max_element(around->limits.begin(), around->limits.end(), less)};
    if (!less(pair.outer, pair.inner)) return std::nullopt;
    return pair;
}

void check_pair(const Model& model, const Clock& inner, const Clock& outer,
                Diagnostics& diagnostics) {
    if (!is_whole(outer) || inner.calendar != outer.calendar) return;
    if (may_wait(model, outer, inner.owner)) return;
    for (const std::string& variant : variants_of(model)) {
        const auto pair = longer_inside(model, inner, outer, variant);
        if (!pair) continue;
        if (diagnostics.size() < limits::diagnostics_max) {
            diagnostics.push_back(
                {Severity::warning,
                 "limit-longer-than-outer",
                 inner.place,
                 {inner.id, to_string(pair->inner), outer.id, to_string(pair->outer)}});
        }
        return;
    }
}

}  // namespace

void check_nested_limits(const Model& model, Diagnostics& diagnostics) {
    for (const Clock& inner : model.clocks) {
        if (!is_whole(inner) || inner.owner == root_state) continue;
        for (StateIndex around = model.states[inner.owner].parent;;
             around = model.states[around].parent) {
            for (const ClockIndex outer : model.states[around].clocks) {
                check_pair(model, inner, model.clocks[outer], diagnostics);
            }
            if (around == root_state) break;
        }
    }
}

}  // namespace workflow::analysis
