// The tree of states: who lies inside whom, in constant time. Immutable.
#pragma once

#include <optional>
#include <vector>

#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::analysis {

/// A walk over the tree, outer states before inner ones, in document order.
class Tree {
public:
    /// Nothing when parents, children, depths or limits do not hold; the findings say what.
    [[nodiscard]] static std::optional<Tree> read(const procedure::Model& model,
                                                  Diagnostics& diagnostics);

    /// All states, each after the state around it.
    [[nodiscard]] const std::vector<procedure::StateIndex>& order() const { return order_; }
    /// Whether `inner` is `outer` or lies inside it.
    [[nodiscard]] bool is_within(procedure::StateIndex inner, procedure::StateIndex outer) const {
        return position_[outer] <= position_[inner] && position_[inner] < behind_[outer];
    }

private:
    std::vector<procedure::StateIndex> order_;
    std::vector<std::uint32_t> position_;  ///< of a state in order_
    std::vector<std::uint32_t> behind_;    ///< position behind the last state inside
};

}  // namespace workflow::analysis
