// The distribution that says best what was observed. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "workflow/distribution.hpp"

namespace workflow::simulation {

struct Fitted {
    Distribution distribution = Constant{0};
    /// Largest distance between what was observed and the distribution, 0 to 1 (Kolmogorov, Smirnov).
    double distance = 0;
    /// How likely a distance at least as large would be, were it the true one, by the asymptotic formula.
    /// Too kind, for its parameters come from the same values (Lilliefors 1967).
    double probability = 1;
    std::size_t count = 0;
};
/// Of finite values from 0 on, in any order; of none: Constant{0}. Exponential, uniform, gamma and lognormal (maximum
/// likelihood; Minka: Estimating a Gamma distribution, 2002) and normal (moments); the one with the least distance,
/// but one with fewer parameters where it is nearly as near. Where none is near, or there are fewer than 20 values,
/// what was observed itself, of many values the means of 200 groups.
[[nodiscard]] Fitted fit(std::vector<double> values);

}  // namespace workflow::simulation
