#include "workflow/distribution.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "simulation/in_double.hpp"

namespace workflow::simulation {
namespace {

constexpr double parameter_max = 1e12;

using boost::math::cdf;
using boost::math::complement;
using boost::math::pdf;
using boost::math::quantile;
using NormalBell = boost::math::normal_distribution<double, InDouble>;
using GammaBell = boost::math::gamma_distribution<double, InDouble>;

double square(double value) {
    return value * value;
}

/// Of the logarithms.
NormalBell bell_of(const Lognormal& from) {
    const double variance = std::log1p(square(from.deviation / from.mean));
    return NormalBell(std::log(from.mean) - variance / 2, std::sqrt(variance));
}

GammaBell gamma_of(const Gamma& from) {
    const double shape = square(from.mean / from.deviation);
    return GammaBell(shape, from.mean / shape);
}

/// A bell cut off at 0, by the formulas of the truncated normal distribution (Johnson, Kotz, Balakrishnan:
/// Continuous Univariate Distributions, 2nd ed., 13.10.1).
struct CutBell {
    explicit CutBell(const Normal& from)
        : whole(from.mean, from.deviation),
          below(cdf(whole, 0.0)),
          hazard(from.deviation * pdf(whole, 0.0) / (1 - below)) {}
    NormalBell whole;
    double below;   ///< how much of it is cut off
    double hazard;  ///< the standard bell's at the cut
    [[nodiscard]] double mean() const { return whole.mean() + whole.standard_deviation() * hazard; }
    [[nodiscard]] double deviation() const {
        const double cut = -whole.mean() / whole.standard_deviation();
        return whole.standard_deviation() * std::sqrt(1 + cut * hazard - square(hazard));
    }
};

double drawn(const Constant& from, double) {
    return from.value;
}
double drawn(const Uniform& from, double u) {
    return from.from + u * (from.to - from.from);
}
double drawn(const Triangular& from, double u) {
    const double width = from.to - from.from;
    if (width == 0) return from.from;
    if (u < (from.mode - from.from) / width) {
        return from.from + std::sqrt(u * width * (from.mode - from.from));
    }
    return from.to - std::sqrt((1 - u) * width * (from.to - from.mode));
}
double drawn(const Normal& from, double u) {
    if (from.deviation == 0) return from.mean;
    const CutBell bell(from);
    // From the upper end, where 1 - u is exact.
    return std::max(0.0, quantile(complement(bell.whole, (1 - u) * (1 - bell.below))));
}
double drawn(const Lognormal& from, double u) {
    if (from.deviation == 0) return from.mean;
    return std::exp(quantile(bell_of(from), u));
}
double drawn(const Gamma& from, double u) {
    return quantile(gamma_of(from), u);
}
double drawn(const Exponential& from, double u) {
    return -from.mean * std::log1p(-u);
}
double drawn(const Empirical& from, double u) {
    const auto at = static_cast<std::size_t>(u * static_cast<double>(from.values.size()));
    return from.values[std::min(at, from.values.size() - 1)];
}

double below(const Constant& from, double x) {
    return x >= from.value ? 1 : 0;
}
double below(const Uniform& from, double x) {
    if (x >= from.to) return 1;
    return x <= from.from ? 0 : (x - from.from) / (from.to - from.from);
}
double below(const Triangular& from, double x) {
    if (x >= from.to) return 1;
    if (x <= from.from) return 0;
    const double width = from.to - from.from;
    if (x < from.mode) return square(x - from.from) / (width * (from.mode - from.from));
    return 1 - square(from.to - x) / (width * (from.to - from.mode));
}
double below(const Normal& from, double x) {
    if (from.deviation == 0) return x >= from.mean ? 1 : 0;
    if (x < 0) return 0;
    const CutBell bell(from);
    return (cdf(bell.whole, x) - bell.below) / (1 - bell.below);
}
double below(const Lognormal& from, double x) {
    if (from.deviation == 0) return x >= from.mean ? 1 : 0;
    return x <= 0 ? 0 : cdf(bell_of(from), std::log(x));
}
double below(const Gamma& from, double x) {
    return x <= 0 ? 0 : cdf(gamma_of(from), x);
}
double below(const Exponential& from, double x) {
    return x <= 0 ? 0 : -std::expm1(-x / from.mean);
}
double below(const Empirical& from, double x) {
    const auto above = std::upper_bound(from.values.begin(), from.values.end(), x);
    return static_cast<double>(above - from.values.begin()) /
           static_cast<double>(from.values.size());
}

struct Moments {
    double mean = 0;
    double deviation = 0;
};

Moments moments(const Constant& of) {
    return {of.value, 0};
}
Moments moments(const Uniform& of) {
    return {(of.from + of.to) / 2, (of.to - of.from) / std::sqrt(12.0)};
}
Moments moments(const Triangular& of) {
    const double variance = (square(of.from) + square(of.mode) + square(of.to) - of.from * of.mode -
                             of.from * of.to - of.mode * of.to) /
                            18;
    return {(of.from + of.mode + of.to) / 3, std::sqrt(std::max(0.0, variance))};
}
Moments moments(const Normal& of) {
    if (of.deviation == 0) return {of.mean, 0};
    const CutBell bell(of);
    return {bell.mean(), bell.deviation()};
}
Moments moments(const Lognormal& of) {
    return {of.mean, of.deviation};
}
Moments moments(const Gamma& of) {
    return {of.mean, of.deviation};
}
Moments moments(const Exponential& of) {
    return {of.mean, of.mean};
}
Moments moments(const Empirical& of) {
    const auto count = static_cast<double>(of.values.size());
    double sum = 0;
    for (const double value : of.values) sum += value;
    const double mean = sum / count;
    double squares = 0;
    for (const double value : of.values) squares += square(value - mean);
    return {mean, std::sqrt(squares / count)};
}

/// The first parameter that is no number from 0 on.
class Check {
public:
    Check& from_zero(const char* parameter, double value) {
        if (!(value >= 0 && value <= parameter_max)) object(parameter, "a number from 0 to 10^12");
        return *this;
    }
    Check& above_zero(const char* parameter, double value) {
        if (!(value > 0 && value <= parameter_max)) {
            object(parameter, "a number above 0 and up to 10^12");
        }
        return *this;
    }
    Check& that(bool holds, const char* parameter, const char* wanted) {
        if (!holds) object(parameter, wanted);
        return *this;
    }
    [[nodiscard]] std::optional<Impossible> result() const { return found_; }

private:
    void object(const char* parameter, const char* wanted) {
        if (!found_) found_ = Impossible{parameter, wanted};
    }
    std::optional<Impossible> found_;
};

std::optional<Impossible> objection(const Constant& to) {
    return Check().from_zero("value", to.value).result();
}
std::optional<Impossible> objection(const Uniform& to) {
    return Check()
        .from_zero("from", to.from)
        .from_zero("to", to.to)
        .that(to.from <= to.to, "to", "at least as much as `from`")
        .result();
}
std::optional<Impossible> objection(const Triangular& to) {
    return Check()
        .from_zero("from", to.from)
        .from_zero("mode", to.mode)
        .from_zero("to", to.to)
        .that(to.from <= to.mode, "mode", "at least as much as `from`")
        .that(to.mode <= to.to, "to", "at least as much as `mode`")
        .result();
}
std::optional<Impossible> objection(const Normal& to) {
    return Check().from_zero("mean", to.mean).from_zero("deviation", to.deviation).result();
}
std::optional<Impossible> objection(const Lognormal& to) {
    return Check()
        .above_zero("mean", to.mean)
        .from_zero("deviation", to.deviation)
        .that(to.deviation <= 10 * to.mean, "deviation", "at most 10 times `mean`")
        .result();
}
std::optional<Impossible> objection(const Gamma& to) {
    return Check()
        .above_zero("mean", to.mean)
        .above_zero("deviation", to.deviation)
        .that(to.deviation >= to.mean / 1000 && to.deviation <= 10 * to.mean, "deviation",
              "a thousandth to 10 times `mean`")
        .result();
}
std::optional<Impossible> objection(const Exponential& to) {
    return Check().above_zero("mean", to.mean).result();
}
std::optional<Impossible> objection(const Empirical& to) {
    Check check;
    check.that(!to.values.empty(), "values", "at least one number");
    for (const double value : to.values) check.from_zero("values", value);
    check.that(std::is_sorted(to.values.begin(), to.values.end()), "values", "ascending");
    return check.result();
}

}  // namespace

const char* kind_of(const Distribution& distribution) {
    static constexpr std::array<const char*, std::variant_size_v<Distribution>> names{
        "constant", "uniform", "triangular", "normal", "lognormal", "gamma", "exponential", "empirical"};
    return names.at(distribution.index());
}

std::optional<Impossible> objection_to(const Distribution& distribution) {
    return std::visit([](const auto& one) { return objection(one); }, distribution);
}

double quantile_of(const Distribution& distribution, double share) {
    return std::visit([share](const auto& one) { return drawn(one, share); }, distribution);
}

double distribution_function(const Distribution& distribution, double value) {
    return std::visit([value](const auto& one) { return below(one, value); }, distribution);
}

double mean_of(const Distribution& distribution) {
    return std::visit([](const auto& one) { return moments(one).mean; }, distribution);
}

double deviation_of(const Distribution& distribution) {
    return std::visit([](const auto& one) { return moments(one).deviation; }, distribution);
}

}  // namespace workflow::simulation
