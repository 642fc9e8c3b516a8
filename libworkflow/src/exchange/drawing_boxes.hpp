// Boxes and frames of a picture. Confined to one drawing.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "exchange/captions.hpp"
#include "exchange/drawing.hpp"

namespace workflow::exchange {

/// Stands behind all states.
inline constexpr std::uint32_t order_end = UINT32_MAX;

class Boxes {
public:
    Boxes(Drawing& drawing, const Captions& captions, const Trail* trail);

    /// Every state, in the order of the file.
    void add_states();
    /// Where the procedure begins.
    [[nodiscard]] std::uint32_t add_start();
    /// The box that says how a token ends that ends on that state or is on it; made when it is
    /// asked for first.
    [[nodiscard]] std::uint32_t end(procedure::StateIndex carrier, procedure::OutcomeIndex outcome);
    /// The box that an arrow to a state points at: of a frame the first inside.
    [[nodiscard]] std::uint32_t entry(procedure::StateIndex state) const;
    /// The box that its arrows begin at: of a frame an anchor that is not seen.
    [[nodiscard]] std::uint32_t exit(procedure::StateIndex state);

private:
    std::uint32_t add(DrawnNode node);
    void add_state(procedure::StateIndex state);
    void add_frame(procedure::StateIndex state);
    void add_end_state(procedure::StateIndex state);
    [[nodiscard]] bool has_way_after(procedure::StateIndex group,
                                     procedure::OutcomeIndex outcome) const;
    [[nodiscard]] procedure::StateIndex scope_of_end(procedure::StateIndex carrier,
                                                     procedure::OutcomeIndex outcome) const;
    [[nodiscard]] DrawnNode node_for(procedure::StateIndex state) const;
    [[nodiscard]] std::string rule_of(const procedure::State& state) const;
    [[nodiscard]] std::string note_of(procedure::StateIndex state) const;
    [[nodiscard]] std::uint32_t last_order_in(procedure::StateIndex frame) const;
    [[nodiscard]] std::uint32_t visits_of(procedure::StateIndex state) const;
    [[nodiscard]] bool is_late(procedure::StateIndex state) const;
    [[nodiscard]] bool is_current(procedure::StateIndex state) const;

    Drawing& drawing_;
    const Captions& captions_;
    const procedure::Model& model_;
    const Trail* trail_;
    std::uint32_t last_order_ = 0;
    std::vector<std::uint32_t> node_of_;  ///< by state; none: a frame
    std::map<std::pair<procedure::StateIndex, procedure::OutcomeIndex>, std::uint32_t> ends_;
    std::map<procedure::StateIndex, std::uint32_t> anchors_;
};

}  // namespace workflow::exchange
