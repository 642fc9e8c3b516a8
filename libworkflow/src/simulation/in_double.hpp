// How Boost.Math computes here: in double alone. Its usual way through long double is slower, gives other bits
// on other machines, and cannot even be loaded where long double is no wider (under valgrind). Immutable.
#pragma once

#include <boost/math/policies/policy.hpp>

namespace workflow::simulation {

using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace workflow::simulation
