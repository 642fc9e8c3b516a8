// Many values in little memory: percentiles within half a percent, the rest exact.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "simulation/draws.hpp"
#include "workflow/summary.hpp"

using namespace workflow::simulation;

TEST_CASE("percentiles are within half a percent of the true ones, the least and the most exact") {
    const Distribution from = GENERATE(Distribution(Lognormal{30, 100}), Distribution(Uniform{0, 1}),
                                       Distribution(Exponential{1e-6}), Distribution(Gamma{9, 30}));
    Draws draws(17);
    std::vector<double> values;
    Summary summary;
    for (int i = 0; i < 5'000; ++i) {
        values.push_back(draw(from, draws));
        summary.add(values.back());
    }
    std::sort(values.begin(), values.end());
    CHECK(summary.least() == values.front());
    CHECK(summary.most() == values.back());
    for (const double share : {0.0, 0.05, 0.5, 0.9, 0.95, 0.99, 1.0}) {
        CAPTURE(share);
        const double rank = std::max(1.0, std::ceil(share * static_cast<double>(values.size())));
        const double truth = values[static_cast<std::size_t>(rank) - 1];
        CHECK(std::abs(summary.quantile(share) - truth) <= Summary::relative_error * truth + 1e-9);
    }
}

TEST_CASE("mean and deviation are those of the values, and a merge is as if all had been added") {
    Summary all;
    Summary low;
    Summary high;
    for (const double value : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) {
        all.add(value);
        (value < 5 ? low : high).add(value);
    }
    CHECK(all.mean() == Approx(5));
    CHECK(all.deviation() == Approx(std::sqrt(32.0 / 7)));
    low.merge(high);
    low.merge({});
    CHECK(low.count() == 8);
    CHECK(low.mean() == Approx(all.mean()).epsilon(1e-14));
    CHECK(low.deviation() == Approx(all.deviation()).epsilon(1e-14));
    CHECK(low.least() == 2);
    CHECK(low.most() == 9);
    CHECK(low.quantile(0.5) == all.quantile(0.5));
    Summary empty;
    empty.merge(all);
    CHECK(empty.mean() == all.mean());
    CHECK(empty.least() == 2);
}

TEST_CASE("of no values, of one, and of nothings there is nothing to divide by") {
    Summary summary;
    CHECK(summary.mean() == 0);
    CHECK(summary.deviation() == 0);
    CHECK(summary.quantile(0.5) == 0);
    CHECK(summary.up_to(1) == 0);
    summary.add(-3);
    CHECK(summary.least() == 0);
    CHECK(summary.deviation() == 0);
    summary.add(0);
    CHECK(summary.quantile(0.99) == 0);
    CHECK(summary.up_to(0) == 2);
    CHECK(summary.up_to(-1) == 0);
    summary.add(10);
    CHECK(summary.up_to(9) == 2);
    CHECK(summary.up_to(10) == 3);
}

TEST_CASE("a confidence interval is Student's, and needs two values") {
    CHECK_FALSE(confidence_interval(std::vector<double>{}));
    CHECK_FALSE(confidence_interval(std::vector<double>{4}));
    // Three values 1, 2, 3: t of 2 degrees of freedom is 4.302653 at 95 %, the error 1 / sqrt(3).
    const auto three = confidence_interval(std::vector<double>{1, 2, 3});
    REQUIRE(three);
    CHECK(three->mean == Approx(2));
    CHECK(three->half_width == Approx(4.302653 / std::sqrt(3.0)).epsilon(1e-6));
    CHECK(three->contains(three->low()));
    CHECK_FALSE(three->contains(three->high() + 1e-9));
    const auto same = confidence_interval(std::vector<double>{-1, -1, -1});
    CHECK(same->mean == -1);
    CHECK(same->half_width == 0);
}

TEST_CASE("of a hundred intervals at 95 % some five miss the true mean") {
    int misses = 0;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        Draws draws = draws_for({seed, 0, "coverage", 0, 0});
        std::vector<double> values;
        for (int i = 0; i < 10; ++i) values.push_back(draw(Normal{50, 5}, draws));
        misses += confidence_interval(values)->contains(50) ? 0 : 1;
    }
    // 50 of 1,000, give or take three standard deviations of 6.9.
    CHECK(misses > 29);
    CHECK(misses < 71);
}
