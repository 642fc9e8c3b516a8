#include "exchange/drawing.hpp"

#include "exchange/captions.hpp"
#include "exchange/drawing_arrows.hpp"
#include "exchange/drawing_boxes.hpp"
#include "exchange/drawing_marks.hpp"
#include "exchange/drawing_steps.hpp"

namespace workflow::exchange {

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
    if (options.analysis != nullptr) mark_analysis(drawing, model, options);
    if (options.loads != nullptr) mark_loads(drawing, *options.loads);
    return drawing;
}

}  // namespace workflow::exchange
