// How long something takes, or how much of it there is, where it varies: never less than nothing. Immutable
// values; thread-safe functions.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflow/visibility.hpp"

namespace workflow {
namespace simulation WORKFLOW_PUBLIC {

struct Constant {
    double value = 0;
};
/// As likely everywhere from `from` to `to`.
struct Uniform {
    double from = 0;
    double to = 0;
};
/// What somebody knows who can say the least, the usual and the most.
struct Triangular {
    double from = 0;
    double mode = 0;
    double to = 0;
};
/// Cut off at 0: `mean` and `deviation` are those of the whole bell, mean_of() tells that of what is left.
struct Normal {
    double mean = 0;
    double deviation = 0;
};
/// `mean` and `deviation` are those of the values, not of their logarithms; the deviation is at most
/// 10 times the mean.
struct Lognormal {
    double mean = 0;
    double deviation = 0;
};
/// The deviation is a thousandth to 10 times the mean; Exponential is the one where both are the same.
struct Gamma {
    double mean = 0;
    double deviation = 0;
};
struct Exponential {
    double mean = 0;
};
/// What was observed, each as likely as it came.
struct Empirical {
    std::vector<double> values;  ///< ascending
};
using Distribution = std::variant<Constant, Uniform, Triangular, Normal, Lognormal, Gamma,
                                  Exponential, Empirical>;

/// Its name in scenario files: `triangular`.
[[nodiscard]] const char* kind_of(const Distribution& distribution);

/// What makes it impossible: the parameter by its name in this file, and what it must be. Nothing: it
/// can be drawn from. The functions below want one that can.
struct Impossible {
    std::string parameter;
    std::string wanted;
};
[[nodiscard]] std::optional<Impossible> objection_to(const Distribution& distribution);

/// The least value that is not exceeded with the probability `share`, which lies between 0 and 1.
[[nodiscard]] double quantile_of(const Distribution& distribution, double share);
/// The probability of a value up to `value`.
[[nodiscard]] double distribution_function(const Distribution& distribution, double value);
[[nodiscard]] double mean_of(const Distribution& distribution);
/// The standard deviation.
[[nodiscard]] double deviation_of(const Distribution& distribution);

}  // namespace simulation
}  // namespace workflow
