// The dossier's steps, written on the arrows that it took. Pure function of a drawing.
#pragma once

#include "exchange/drawing.hpp"

namespace workflow::exchange {

void number_arrows(Drawing& drawing, const procedure::Model& model, const Trail& trail);

}  // namespace workflow::exchange
