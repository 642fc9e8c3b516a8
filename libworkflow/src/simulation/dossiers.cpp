#include "simulation/dossiers.hpp"

#include <algorithm>

namespace workflow::simulation {

Item* Dossier::item(Ordinal ordinal) {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const Item& one) { return one.ordinal == ordinal; });
    return found == items.end() ? nullptr : &*found;
}

std::uint64_t& Dossier::visits(std::uint32_t state) {
    for (Visits& one : all_visits) {
        if (one.state == state) return one.times;
    }
    return all_visits.emplace_back(Visits{state, 0}).times;
}

Dossier& Dossiers::begin(std::uint64_t number) {
    if (free_.empty()) {
        const auto slot = static_cast<std::uint32_t>(slots_.size());
        slots_.emplace_back().slot = slot;
        free_.push_back(slot);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    Dossier& dossier = slots_[slot];
    dossier.number = number;
    return dossier;
}

/// All but the slot, and the memory of its lists.
void Dossier::clear() {
    static const Instance no_instance;
    number = nothing;
    instance = no_instance;  // copied: that keeps memory
    arrived = {};
    arrived_open = {};
    items.clear();
    all_visits.clear();
    clocks.clear();
    subscribed.clear();
    timer.reset();
    timer_age = 0;
    worked = 0;
    traced = 0;
    late = false;
    stages.clear();
}

void Dossiers::end(Dossier& dossier) {
    dossier.clear();
    free_.push_back(dossier.slot);
}

}  // namespace workflow::simulation
