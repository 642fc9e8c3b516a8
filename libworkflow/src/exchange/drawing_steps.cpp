#include "exchange/drawing_steps.hpp"

#include <algorithm>

namespace workflow::exchange {
namespace {

using namespace procedure;

bool leads_to_the_same(const Meaning& meaning, const Passage& passage) {
    return meaning.to == passage.to && (meaning.to != none || meaning.outcome == passage.outcome);
}

/// Not exact: an action of a group may have been recorded at the state where it was done.
std::uint32_t find_arrow(const Drawing& drawing, const Model& model, const Passage& passage,
                         bool exact) {
    for (std::uint32_t number = 0; number < drawing.arrows.size(); ++number) {
        const DrawnArrow& arrow = drawing.arrows[number];
        const Meaning& meaning = arrow.meaning;
        if (arrow.line == Line::aside || !leads_to_the_same(meaning, passage)) continue;
        const bool fits = exact ? meaning.from == passage.from && meaning.action == passage.action
                                : is_within(model, passage.from, meaning.from);
        if (fits) return number;
    }
    return none;
}

}  // namespace

void number_arrows(Drawing& drawing, const Model& model, const Trail& trail) {
    for (const Passage& passage : trail.passages) {
        if (passage.from >= model.states.size()) continue;
        std::uint32_t arrow = find_arrow(drawing, model, passage, true);
        if (arrow == none) arrow = find_arrow(drawing, model, passage, false);
        if (arrow == none) continue;
        std::vector<std::uint32_t>& numbers = drawing.arrows[arrow].numbers;
        numbers.insert(numbers.end(), passage.numbers.begin(), passage.numbers.end());
        std::sort(numbers.begin(), numbers.end());
        DrawnNode& end = drawing.nodes[drawing.arrows[arrow].to];
        if (end.shape == Shape::end || end.shape == Shape::inner_end) ++end.visits;
    }
}

}  // namespace workflow::exchange
