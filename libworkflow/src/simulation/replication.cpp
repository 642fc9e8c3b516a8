#include "simulation/replication.hpp"

#include "simulation/office.hpp"

namespace workflow::simulation {
namespace {

/// So many things happen between two questions whether to keep on.
constexpr std::uint64_t between_questions = 1'024;

}  // namespace

Replication replicate(const Assumptions& assumptions, const Run& run, const KeepOn& keep_on) {
    Office office(assumptions, run);
    std::uint64_t told = 0;
    bool given_up = false;
    for (std::uint64_t happened = 1; !given_up && office.go_on(); ++happened) {
        if (!keep_on || happened % between_questions != 0) continue;
        given_up = !keep_on(office.ended() - told);
        told = office.ended();
    }
    if (keep_on && !given_up) (void)keep_on(office.ended() - told);
    Replication result = office.take();
    result.given_up = given_up;
    return result;
}

}  // namespace workflow::simulation
