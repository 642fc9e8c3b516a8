#include "simulation/fit.hpp"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <optional>

#include "simulation/in_double.hpp"

namespace workflow::simulation {
namespace {

constexpr std::size_t enough = 20;
constexpr std::size_t groups_max = 200;
/// How near is near.
constexpr double near_distance = 0.08;
/// So much nearer a second parameter must bring it.
constexpr double worth_a_parameter = 0.015;

struct SampleMoments {
    double mean = 0;
    double deviation = 0;
    double mean_of_logarithms = 0;
    double deviation_of_logarithms = 0;
};

SampleMoments moments_of(const std::vector<double>& values) {
    SampleMoments of;
    const auto count = static_cast<double>(values.size());
    for (const double value : values) of.mean += value / count;
    for (const double value : values) {
        of.deviation += (value - of.mean) * (value - of.mean) / count;
        if (values.front() > 0) of.mean_of_logarithms += std::log(value) / count;
    }
    of.deviation = std::sqrt(of.deviation);
    if (values.front() <= 0) return of;
    for (const double value : values) {
        const double off = std::log(value) - of.mean_of_logarithms;
        of.deviation_of_logarithms += off * off / count;
    }
    of.deviation_of_logarithms = std::sqrt(of.deviation_of_logarithms);
    return of;
}

std::optional<Distribution> gamma_from(const SampleMoments& of) {
    const double gap = std::log(of.mean) - of.mean_of_logarithms;
    if (!(gap > 0)) return std::nullopt;
    double shape = (3 - gap + std::sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
    constexpr int rounds = 20;
    for (int i = 0; i < rounds; ++i) {
        const double off = std::log(shape) - boost::math::digamma(shape, InDouble()) - gap;
        const double next = shape - off / (1 / shape - boost::math::trigamma(shape, InDouble()));
        if (!(next > 0) || !std::isfinite(next)) return std::nullopt;
        shape = next;
    }
    return Gamma{of.mean, of.mean / std::sqrt(shape)};
}

Distribution lognormal_from(const SampleMoments& of) {
    const double variance = of.deviation_of_logarithms * of.deviation_of_logarithms;
    const double mean = std::exp(of.mean_of_logarithms + variance / 2);
    return Lognormal{mean, mean * std::sqrt(std::expm1(variance))};
}

/// Of ascending values.
double distance_of(const std::vector<double>& values, const Distribution& distribution) {
    const auto count = static_cast<double>(values.size());
    const bool has_steps = std::holds_alternative<Empirical>(distribution);
    double largest = 0;
    for (std::size_t i = 0; i < values.size();) {
        std::size_t behind = i;  // equal values are one step of what was observed
        while (behind < values.size() && values[behind] == values[i]) ++behind;
        const double at = distribution_function(distribution, values[i]);
        largest = std::max(largest, std::abs(static_cast<double>(behind) / count - at));
        // Before a step of its own the distribution is not where it is on it.
        if (!has_steps) largest = std::max(largest, std::abs(at - static_cast<double>(i) / count));
        i = behind;
    }
    return largest;
}

/// Kolmogorov's limit with the correction of Stephens (1970) for few values.
double probability_of(double distance, std::size_t count) {
    const double root = std::sqrt(static_cast<double>(count));
    const double scaled = (root + 0.12 + 0.11 / root) * distance;
    double sum = 0;
    constexpr int terms = 100;
    for (int k = 1; k <= terms; ++k) {
        const double term = std::exp(-2.0 * k * k * scaled * scaled);
        sum += k % 2 == 1 ? term : -term;
    }
    return std::clamp(2 * sum, 0.0, 1.0);
}

/// Ascending; many are put together in as many groups as may be, each by its mean, so that few long ones are not lost.
Empirical observed(const std::vector<double>& values) {
    if (values.size() <= groups_max) return {values};
    Empirical thinned;
    for (std::size_t i = 0; i < groups_max; ++i) {
        const std::size_t first = values.size() * i / groups_max;
        const std::size_t behind = values.size() * (i + 1) / groups_max;
        double sum = 0;
        for (std::size_t k = first; k < behind; ++k) sum += values[k];
        thinned.values.push_back(sum / static_cast<double>(behind - first));
    }
    return thinned;
}

}  // namespace

Fitted fit(std::vector<double> values) {
    Fitted best{.count = values.size()};
    if (values.empty()) return best;
    std::sort(values.begin(), values.end());
    const double spread = values.back() - values.front();
    if (spread <= 1e-9 * values.back()) {
        best.distribution = Constant{values.front()};
        return best;
    }
    best.distribution = observed(values);
    const SampleMoments of = moments_of(values);
    std::vector<Distribution> candidates{Exponential{of.mean}};  // the one with one parameter first
    if (values.front() > 0) {
        if (const auto gamma = gamma_from(of)) candidates.push_back(*gamma);
        candidates.push_back(lognormal_from(of));
    }
    candidates.push_back(Uniform{values.front(), values.back()});
    candidates.push_back(Normal{of.mean, of.deviation});
    double least = near_distance;
    bool found = false;
    for (const Distribution& candidate : candidates) {
        if (values.size() < enough || objection_to(candidate)) continue;
        const double distance = distance_of(values, candidate);
        if (distance >= least) continue;
        best.distribution = candidate;
        best.distance = distance;
        const bool has_one_parameter = std::holds_alternative<Exponential>(candidate);
        least = has_one_parameter ? distance - worth_a_parameter : distance;
        found = true;
    }
    if (!found) best.distance = distance_of(values, best.distribution);
    best.probability = probability_of(best.distance, values.size());
    return best;
}

}  // namespace workflow::simulation
