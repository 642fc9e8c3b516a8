#include "exchange/drawing.hpp"

#include <algorithm>

#include "exchange/captions.hpp"
#include "exchange/drawing_arrows.hpp"
#include "exchange/drawing_boxes.hpp"
#include "exchange/drawing_steps.hpp"

namespace workflow::exchange {
namespace {

void mark_missed(Drawing& drawing, const MissedParts& missed) {
    const auto is_state = [&](procedure::StateIndex state) {
        return std::find(missed.states.begin(), missed.states.end(), state) != missed.states.end();
    };
    for (DrawnNode& node : drawing.nodes) node.missed = is_state(node.state);
    for (DrawnFrame& frame : drawing.frames) frame.missed = is_state(frame.state);
    for (DrawnArrow& arrow : drawing.arrows) {
        arrow.missed = std::find(missed.ways.begin(), missed.ways.end(), arrow.place) !=
                       missed.ways.end();
    }
}

}  // namespace

Drawing draw(const procedure::Model& model, const GraphOptions& options) {
    const Captions captions(model, options);
    Drawing drawing;
    drawing.title =
        options.title.empty() ? title_text(model.title, model.id, options.language) : options.title;
    drawing.direction = options.direction;
    drawing.language = options.language;
    drawing.has_trail = options.trail != nullptr;
    Boxes boxes(drawing, captions, options.trail);
    boxes.add_states();
    add_arrows(drawing, boxes, captions);
    if (options.trail != nullptr) number_arrows(drawing, model, *options.trail);
    if (options.missed != nullptr) mark_missed(drawing, *options.missed);
    return drawing;
}

}  // namespace workflow::exchange
