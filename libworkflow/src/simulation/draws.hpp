// Random numbers that belong to what they are drawn for: whoever draws more or less elsewhere changes
// none of them. So two runs of one seed that differ in a rule meet the same dossiers and the same efforts
// (common random numbers: Law, Simulation Modeling and Analysis, 5th ed., 11.2). Pure.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>

#include "workflow/distribution.hpp"

namespace workflow::simulation {

/// One stream: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA
/// 2014). A random engine of the standard library. Confined.
class Draws {
public:
    using result_type = std::uint64_t;
    explicit Draws(std::uint64_t state) : state_(state) {}
    [[nodiscard]] static constexpr result_type min() { return 0; }
    [[nodiscard]] static constexpr result_type max() {
        return std::numeric_limits<result_type>::max();
    }
    result_type operator()();
    /// Above 0 and below 1, neither of which it ever is; in steps of 2^-52.
    [[nodiscard]] double uniform();

private:
    std::uint64_t state_;
};

/// The name of what numbers are drawn for, hashed once: `arrivals`, `effort of it_setup`.
class Subject {
public:
    template <std::convertible_to<std::string_view> Name>
    Subject(const Name& name) : hash_(hash_of(name)) {}
    Subject() : Subject(std::string_view()) {}
    [[nodiscard]] std::uint64_t hash() const { return hash_; }

private:
    [[nodiscard]] static std::uint64_t hash_of(std::string_view name);
    std::uint64_t hash_;
};

/// What numbers are drawn for. Two that differ in anything have streams that know nothing of each other.
struct Purpose {
    std::uint64_t seed = 0;
    std::uint64_t replication = 0;
    Subject subject = {};
    std::uint64_t dossier = 0;
    std::uint64_t visit = 0;  ///< how often the dossier has come there before
};
[[nodiscard]] Draws draws_for(const Purpose& purpose);

/// By inverse transform: one number of the stream each, and where that is higher so is the value, which
/// keeps what two runs have in common together.
[[nodiscard]] inline double draw(const Distribution& distribution, Draws& draws) {
    return quantile_of(distribution, draws.uniform());
}

}  // namespace workflow::simulation
