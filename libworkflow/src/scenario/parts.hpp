// What there is of a procedure for its examples to see: states, ways, moments, guards, each by its
// number in the order of the model. Pure.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "procedure/model.hpp"
#include "workflow/scenario.hpp"

namespace workflow::scenario {

struct Parts {
    std::vector<CoveredPart> all;     ///< none of them seen
    std::vector<std::size_t> states;  ///< by state: its part; SIZE_MAX of the procedure itself
    /// A way that leads on, or the whole way of a moment.
    std::unordered_map<const procedure::Way*, std::vector<std::size_t>> ways;
    std::unordered_map<const procedure::Cel*, std::size_t> guards;
};

[[nodiscard]] Parts parts_of(const procedure::Model& model);

}  // namespace workflow::scenario
