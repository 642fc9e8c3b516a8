// The distribution that says best what was observed.
#include <catch2/catch.hpp>

#include "simulation/draws.hpp"
#include "simulation/fit.hpp"

using namespace workflow::simulation;

namespace {

std::vector<double> sample(const Distribution& from, int many) {
    Draws draws = draws_for({.seed = 1690, .subject = "sample"});
    std::vector<double> values;
    for (int i = 0; i < many; ++i) values.push_back(draw(from, draws));
    return values;
}

}  // namespace

TEST_CASE("what was drawn from a distribution is fitted by it") {
    constexpr int many = 5'000;
    SECTION("exponential") {
        const Fitted found = fit(sample(Exponential{3}, many));
        REQUIRE(std::holds_alternative<Exponential>(found.distribution));
        CHECK(mean_of(found.distribution) == Approx(3).epsilon(0.05));
        CHECK(found.distance < 0.03);
        CHECK(found.count == many);
    }
    SECTION("gamma") {
        const Fitted found = fit(sample(Gamma{8, 4}, many));
        REQUIRE(std::holds_alternative<Gamma>(found.distribution));
        CHECK(mean_of(found.distribution) == Approx(8).epsilon(0.03));
        CHECK(deviation_of(found.distribution) == Approx(4).epsilon(0.05));
    }
    SECTION("lognormal") {
        const Fitted found = fit(sample(Lognormal{5, 6}, many));
        REQUIRE(std::holds_alternative<Lognormal>(found.distribution));
        CHECK(mean_of(found.distribution) == Approx(5).epsilon(0.06));
        CHECK(deviation_of(found.distribution) == Approx(6).epsilon(0.12));
    }
    SECTION("uniform") {
        const Fitted found = fit(sample(Uniform{2, 10}, many));
        REQUIRE(std::holds_alternative<Uniform>(found.distribution));
        CHECK(mean_of(found.distribution) == Approx(6).epsilon(0.03));
    }
    SECTION("constant") {
        const Fitted found = fit(std::vector<double>(50, 2.5));
        REQUIRE(std::holds_alternative<Constant>(found.distribution));
        CHECK(mean_of(found.distribution) == 2.5);
        CHECK(found.distance == 0);
    }
}

TEST_CASE("what no distribution says well, or was seen seldom, is taken as it was seen") {
    std::vector<double> two_humps = sample(Uniform{0, 1}, 2'000);
    for (double& value : two_humps) value = value < 0.5 ? value : value + 20;
    const Fitted humps = fit(two_humps);
    REQUIRE(std::holds_alternative<Empirical>(humps.distribution));
    CHECK(std::get<Empirical>(humps.distribution).values.size() == 200);
    CHECK(humps.distance < 0.02);
    CHECK_FALSE(objection_to(humps.distribution).has_value());
    const Fitted few = fit({3, 1, 2});
    REQUIRE(std::holds_alternative<Empirical>(few.distribution));
    CHECK(std::get<Empirical>(few.distribution).values == std::vector<double>{1, 2, 3});
    CHECK(fit({}).count == 0);
}

TEST_CASE("zeros among the values are fitted by what can be zero") {
    std::vector<double> values = sample(Exponential{2}, 3'000);
    values[7] = 0;
    const Fitted found = fit(values);
    CHECK(std::holds_alternative<Exponential>(found.distribution));
}

TEST_CASE("the distribution function is the inverse of the quantiles") {
    const std::vector<Distribution> all{Uniform{1, 4},   Triangular{1, 2, 5}, Normal{3, 2},
                                        Lognormal{3, 2}, Gamma{3, 2},         Exponential{3}};
    for (const Distribution& one : all) {
        CAPTURE(one.index());
        for (const double share : {0.01, 0.2, 0.5, 0.9, 0.999}) {
            CHECK(distribution_function(one, quantile_of(one, share)) == Approx(share).epsilon(1e-6));
        }
        CHECK(distribution_function(one, 0) < 1e-9);
        CHECK(distribution_function(one, 1e9) == Approx(1));
    }
    CHECK(distribution_function(Empirical{{1, 2, 2, 5}}, 2) == 0.75);
    CHECK(distribution_function(Constant{2}, 1.9) == 0);
    CHECK(distribution_function(Constant{2}, 2) == 1);
}
