// The arrows of a picture, from the ways of the states. Confined to one drawing.
#pragma once

#include "exchange/drawing_boxes.hpp"

namespace workflow::exchange {

void add_arrows(Drawing& drawing, Boxes& boxes, const Captions& captions);

}  // namespace workflow::exchange
