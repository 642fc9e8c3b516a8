// Messages [R60, R61]: what a procedure takes and sends. Confined.
#pragma once

#include "definition/draft.hpp"
#include "definition/way_reader.hpp"

namespace workflow::definition {

/// `messages` of the file; after data and parameters, which a key may read.
void read_messages(Draft& draft, const Node& node);
/// The message of that name, or a finding.
[[nodiscard]] std::optional<procedure::MessageIndex> message_of(Draft& draft, const Node& node);
/// `receive` of a state: message -> way.
void read_receive(Draft& draft, const Node& node, procedure::StateIndex state);
/// `send` of a way: a map, or a list of maps.
[[nodiscard]] std::vector<procedure::Sending> read_send(Draft& draft, const Node& node,
                                                        const EventNames& event);

}  // namespace workflow::definition
