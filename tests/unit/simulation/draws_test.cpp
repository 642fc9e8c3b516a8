// Streams of random numbers: reproducible, and apart.
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "simulation/draws.hpp"

using namespace workflow::simulation;

TEST_CASE("the stream of a state is that of the published algorithm") {
    // SplitMix64 from the state 1234567, as its authors' own C code gives it.
    Draws draws(1234567);
    for (const std::uint64_t expected :
         {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U,
          16408922859458223821U}) {
        CHECK(draws() == expected);
    }
}

TEST_CASE("a purpose has one stream, and another in anything has another") {
    const Purpose base{1, 2, "effort of setup", 3, 4};
    const auto first = [](const Purpose& purpose) { return draws_for(purpose)(); };
    CHECK(first(base) == first(base));
    for (const Purpose& other :
         {Purpose{2, 2, "effort of setup", 3, 4}, Purpose{1, 1, "effort of setup", 3, 4},
          Purpose{1, 2, "effort of check", 3, 4}, Purpose{1, 2, "effort of setup", 4, 3},
          Purpose{1, 2, "", 3, 4}, Purpose{2, 1, "effort of setup", 3, 4}}) {
        CHECK(first(other) != first(base));
    }
}

TEST_CASE("numbers are spread evenly, within a stream and from one stream to the next") {
    constexpr int many = 100'000;
    std::vector<int> within(20);
    std::vector<int> across(20);
    double sum_of_products = 0;
    Draws one = draws_for({7, 0, "effort", 0, 0});
    for (int i = 0; i < many; ++i) {
        const double u = one.uniform();
        REQUIRE(u > 0);
        REQUIRE(u < 1);
        ++within[static_cast<std::size_t>(u * 20)];
        Draws neighbour = draws_for({7, 0, "effort", static_cast<std::uint64_t>(i), 0});
        const double v = neighbour.uniform();
        ++across[static_cast<std::size_t>(v * 20)];
        sum_of_products += (u - 0.5) * (v - 0.5);
    }
    const auto chi_square = [](const std::vector<int>& counts) {
        constexpr double expected = many / 20.0;
        double sum = 0;
        for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
        return sum;
    };
    // 19 degrees of freedom: above 43.8 once in a thousand times. The seed is fixed.
    CHECK(chi_square(within) < 43.8);
    CHECK(chi_square(across) < 43.8);
    // The correlation of independent numbers is within 3.3 / sqrt(n) but once in a thousand times.
    CHECK(std::abs(sum_of_products / many * 12) < 3.3 / std::sqrt(many));
}
