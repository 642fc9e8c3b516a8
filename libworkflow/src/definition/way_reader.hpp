// Ways [2.3]: what every trigger leads to. Confined.
#pragma once

#include "definition/draft.hpp"
#include "definition/expression_reader.hpp"

namespace workflow::definition {

/// What makes a way happen: decides which of its keys have a meaning.
enum class Trigger : std::uint8_t { action, timer, moment, message, finish, choice, start, fork };

struct WayFrame {
    procedure::StateIndex carrier = procedure::root_state;
    Trigger trigger = Trigger::action;
    EventNames event{};
};

/// A target, a map, or a list of maps. After a finding the way is not to be used.
[[nodiscard]] procedure::Way read_way(Draft& draft, const Node& node, const WayFrame& frame);
/// A way out of the keys that `reader`, which belongs to more than a way, shows.
[[nodiscard]] procedure::Way read_way_keys(Draft& draft, const MappingReader& reader,
                                           const WayFrame& frame);
/// The list of maps of a `choice`, or of `to`.
[[nodiscard]] std::vector<procedure::Way> read_choices(Draft& draft, const Node& node,
                                                       const WayFrame& frame);
/// The ways of a `fork`, of which several may be taken; or states alone.
[[nodiscard]] std::vector<procedure::Way> read_fork(Draft& draft, const Node& node,
                                                    procedure::StateIndex fork);
/// `set`: field -> expression.
[[nodiscard]] std::vector<procedure::Assignment> read_set(Draft& draft, const Node& node,
                                                          const EventNames& event);
/// An outcome's number. One that only an inner scope names is added to the model.
[[nodiscard]] std::optional<procedure::OutcomeIndex> read_outcome(Draft& draft, const Node& node,
                                                                  procedure::StateIndex carrier);

[[nodiscard]] Keys way_keys();

}  // namespace workflow::definition
