// The small print of a state: its limits, what happens at their moments, and what may happen
// without anybody leaving. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "exchange/captions.hpp"

namespace workflow::exchange {

struct DrawnLine {
    enum class Kind : std::uint8_t {
        limit,
        moment,    ///< of the limit above, or of a timer
        aside,     ///< what is possible beside the arrows
        critical,  ///< where it stands on the way that takes longest
        finding,
        load,  ///< how busy it is
    };
    Kind kind{};
    std::string text;     ///< hostile
    Place place;          ///< of the way that it tells of; of a limit none
    bool missed = false;  ///< nothing has come by it
};

/// Whether nothing is left to draw: the token stays, or comes back at once to where it was.
[[nodiscard]] bool stays_there(const procedure::Way& way, procedure::StateIndex carrier);
/// Each limit with its moments below it, then timers, actions and messages that lead nowhere else.
[[nodiscard]] std::vector<DrawnLine> lines_of(const Captions& captions,
                                              procedure::StateIndex state);

}  // namespace workflow::exchange
