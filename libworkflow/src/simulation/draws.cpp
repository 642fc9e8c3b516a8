#include "simulation/draws.hpp"

namespace workflow::simulation {
namespace {

/// The golden ratio's fraction, odd: what the state of SplitMix64 grows by.
constexpr std::uint64_t golden = 0x9e3779b97f4a7c15U;

/// The finalizer of SplitMix64: each bit of what goes in changes half of those that come out.
std::uint64_t mixed(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31U);
}

}  // namespace

/// FNV-1a (Fowler, Noll, Vo).
std::uint64_t Subject::hash_of(std::string_view name) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char byte : name) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 1099511628211U;
    }
    return hash;
}

Draws::result_type Draws::operator()() {
    state_ += golden;
    return mixed(state_);
}

double Draws::uniform() {
    constexpr double step = 1.0 / 4503599627370496.0;  // 2^-52: with the half exact in a double
    return (static_cast<double>((*this)() >> 12U) + 0.5) * step;
}

Draws draws_for(const Purpose& purpose) {
    std::uint64_t state = 0;
    for (const std::uint64_t part : {purpose.seed, purpose.replication, purpose.subject.hash(),
                                     purpose.dossier, purpose.visit}) {
        state = mixed(state + golden + part);
    }
    return Draws(state);
}

}  // namespace workflow::simulation
