#include "exchange/drawing_marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "exchange/words.hpp"

namespace workflow::exchange {
namespace {

using procedure::StateIndex;

/// Calls `mark(box)` with every node and frame that stands for the state.
template <class Mark>
void mark_state(Drawing& drawing, StateIndex state, const Mark& mark) {
    for (DrawnNode& node : drawing.nodes) {
        if (node.state == state) mark(node);
    }
    for (DrawnFrame& frame : drawing.frames) {
        if (frame.state == state) mark(frame);
    }
}

/// The last state that begins before the place; the procedure where none does.
StateIndex state_at(const procedure::Model& model, const Place& place) {
    const auto position = [](const Place& one) { return std::tuple(one.line, one.column); };
    StateIndex found = procedure::root_state;
    for (StateIndex state = 1; state < model.states.size(); ++state) {
        const Place& start = model.states[state].place;
        if (position(start) > position(place)) continue;
        if (found == procedure::root_state ||
            position(model.states[found].place) <= position(start)) {
            found = state;
        }
    }
    return found;
}

void mark_findings(Drawing& drawing, const procedure::Model& model, const Diagnostics& findings) {
    for (const Diagnostic& finding : findings) {
        mark_state(drawing, state_at(model, finding.place), [&](auto& box) {
            box.faulty = true;
            box.lines.push_back({DrawnLine::Kind::finding, finding.message(drawing.language), {}});
        });
    }
}

void mark_course(Drawing& drawing, const procedure::Model& model, const OutcomeCourses& courses) {
    const procedure::Outcome& outcome = model.outcomes[courses.outcome];
    const std::string end = title_text(outcome.title, outcome.id, drawing.language);
    const auto& steps = courses.latest.steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        mark_state(drawing, steps[i].state, [&](auto& box) {
            box.critical = true;
            box.lines.push_back(
                {DrawnLine::Kind::critical,
                 fmt::format("{} \"{}\": {}/{}", word(Word::longest_way, drawing.language), end,
                             i + 1, steps.size()),
                 {}});
        });
    }
}

}  // namespace

void mark_missed(Drawing& drawing, const MissedParts& missed) {
    for (const StateIndex state : missed.states) {
        mark_state(drawing, state, [](auto& box) { box.missed = true; });
    }
    const auto is_missed = [&](const Place& place) {
        return std::find(missed.ways.begin(), missed.ways.end(), place) != missed.ways.end();
    };
    for (DrawnArrow& arrow : drawing.arrows) arrow.missed = is_missed(arrow.place);
    const auto mark_lines = [&](auto& box) {
        for (DrawnLine& line : box.lines) line.missed = is_missed(line.place);
    };
    std::for_each(drawing.nodes.begin(), drawing.nodes.end(), mark_lines);
    std::for_each(drawing.frames.begin(), drawing.frames.end(), mark_lines);
}

void mark_loads(Drawing& drawing, const std::vector<StateLoad>& loads) {
    for (const StateLoad& load : loads) {
        mark_state(drawing, load.state, [&](auto& box) {
            box.heat = load.heat;
            box.lines.push_back({DrawnLine::Kind::load, load.text, {}});
        });
    }
}

void mark_analysis(Drawing& drawing, const procedure::Model& model, const GraphOptions& options) {
    const Analysis& analysis = *options.analysis;
    mark_findings(drawing, model, analysis.findings);
    for (const VariantCourses& courses : analysis.courses) {
        if (courses.variant != options.variant || courses.outcomes.empty()) continue;
        if (courses.outcomes.front().outcome >= model.outcomes.size()) continue;
        mark_course(drawing, model, courses.outcomes.front());
    }
}

}  // namespace workflow::exchange
