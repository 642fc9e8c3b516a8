// Distributions: what they give is what their formulas say, and what cannot be is refused.
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "simulation/draws.hpp"
#include "workflow/summary.hpp"

using namespace workflow::simulation;

namespace {

struct Case {
    const char* name;
    Distribution distribution;
    double mean;
    double deviation;
};

/// By hand: the cut bell's mean is 2 phi(0) = 0.797885, its variance 1 - 2 / pi.
const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {"constant", Constant{3}, 3, 0},
        {"uniform", Uniform{2, 8}, 5, std::sqrt(3.0)},
        {"triangular", Triangular{1, 2, 6}, 3, std::sqrt(7.0 / 6)},
        {"triangular to its mode", Triangular{0, 3, 3}, 2, std::sqrt(0.5)},
        {"normal far from nothing", Normal{100, 5}, 100, 5},
        {"normal, half of it cut off", Normal{0, 1}, 0.7978845608, 0.6028102749},
        {"lognormal", Lognormal{5, 3}, 5, 3},
        {"gamma of a small shape", Gamma{2, 4}, 2, 4},
        {"gamma of a large shape", Gamma{2, 0.2}, 2, 0.2},
        {"exponential", Exponential{4}, 4, 4},
        {"empirical", Empirical{{1, 1, 4}}, 2, std::sqrt(2.0)}};
    return all;
}

}  // namespace

TEST_CASE("means and deviations are those of the formulas, and of what is drawn") {
    for (const Case& one : cases()) {
        INFO(one.name);
        REQUIRE_FALSE(objection_to(one.distribution));
        CHECK(mean_of(one.distribution) == Approx(one.mean).epsilon(1e-9));
        CHECK(deviation_of(one.distribution) == Approx(one.deviation).epsilon(1e-9).margin(1e-12));
        constexpr int many = 20'000;
        Summary seen;
        Draws draws = draws_for({5, 0, one.name, 0, 0});
        for (int i = 0; i < many; ++i) seen.add(draw(one.distribution, draws));
        // Four standard errors: once in 16,000 times it would be further away. The seed is fixed.
        CHECK(std::abs(seen.mean() - one.mean) <= 4 * one.deviation / std::sqrt(many) + 1e-12);
        CHECK(seen.deviation() == Approx(one.deviation).epsilon(0.1).margin(1e-12));
    }
}

TEST_CASE("half of what is drawn is below the median") {
    struct Median {
        Distribution distribution;
        double value;
    };
    for (const Median& one :
         {Median{Exponential{4}, 4 * std::log(2.0)}, Median{Uniform{2, 8}, 5},
          Median{Lognormal{5, 3}, 5 / std::sqrt(1 + 9.0 / 25)}, Median{Normal{100, 5}, 100},
          Median{Gamma{4, 4}, 4 * std::log(2.0)}, Median{Triangular{0, 3, 3}, std::sqrt(4.5)}}) {
        constexpr int many = 20'000;
        int below = 0;
        Draws draws(11);
        for (int i = 0; i < many; ++i) below += draw(one.distribution, draws) < one.value ? 1 : 0;
        CHECK(std::abs(below - many / 2) < 4 * std::sqrt(many) / 2);
    }
}

TEST_CASE("a higher number of the stream gives a higher value, so that two runs stay together") {
    for (const Case& one : cases()) {
        INFO(one.name);
        Draws first(1);
        Draws second(2);
        for (int i = 0; i < 200; ++i) {
            Draws a = first;
            Draws b = second;
            const bool is_higher = first.uniform() > second.uniform();
            const double x = draw(one.distribution, a);
            const double y = draw(one.distribution, b);
            CHECK((is_higher ? x >= y : x <= y));
        }
    }
}

TEST_CASE("nothing is ever below nothing, nor without end") {
    std::vector<Distribution> hard{Normal{0, 1e12}, Lognormal{1e11, 1e12}, Gamma{1e11, 1e12},
                                   Gamma{1e-12, 9e-12}, Gamma{5, 0.005}, Normal{1e12, 1e-12},
                                   Lognormal{1e-12, 9e-12}, Exponential{1e12}, Exponential{1e-12}};
    for (const Distribution& one : hard) {
        CAPTURE(one.index());
        REQUIRE_FALSE(objection_to(one));
        Draws draws(3);
        for (int i = 0; i < 2'000; ++i) {
            const double value = draw(one, draws);
            REQUIRE(value >= 0);
            REQUIRE(std::isfinite(value));
        }
        CHECK(std::isfinite(mean_of(one)));
        CHECK(std::isfinite(deviation_of(one)));
    }
}

TEST_CASE("impossible parameters are named, with what they must be") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    const double endless = std::numeric_limits<double>::infinity();
    struct Wrong {
        Distribution distribution;
        const char* parameter;
    };
    for (const Wrong& one : {Wrong{Constant{-1}, "value"},
                             Wrong{Constant{none}, "value"},
                             Wrong{Constant{endless}, "value"},
                             Wrong{Constant{1.1e12}, "value"},
                             Wrong{Uniform{-1, 2}, "from"},
                             Wrong{Uniform{3, 2}, "to"},
                             Wrong{Triangular{2, 1, 3}, "mode"},
                             Wrong{Triangular{1, 3, 2}, "to"},
                             Wrong{Normal{-1, 1}, "mean"},
                             Wrong{Normal{1, -1}, "deviation"},
                             Wrong{Lognormal{0, 1}, "mean"},
                             Wrong{Lognormal{1, 11}, "deviation"},
                             Wrong{Gamma{0, 1}, "mean"},
                             Wrong{Gamma{1, 0}, "deviation"},
                             Wrong{Gamma{1, 1e-4}, "deviation"},
                             Wrong{Gamma{1, 11}, "deviation"},
                             Wrong{Exponential{0}, "mean"},
                             Wrong{Empirical{{}}, "values"},
                             Wrong{Empirical{{2, 1}}, "values"},
                             Wrong{Empirical{{-1, 1}}, "values"}}) {
        const auto found = objection_to(one.distribution);
        REQUIRE(found);
        CHECK(found->parameter == one.parameter);
        CHECK_FALSE(found->wanted.empty());
    }
}
