#include "simulation/all_busy.hpp"

#include <algorithm>

namespace workflow::simulation {
namespace {

/// What one person did, without overlaps: two things at once are one.
std::vector<Busy> merged(std::vector<Busy> stretches) {
    std::sort(stretches.begin(), stretches.end(),
              [](const Busy& a, const Busy& b) { return a.from < b.from; });
    std::vector<Busy> apart;
    for (const Busy& one : stretches) {
        if (one.to <= one.from) continue;
        if (!apart.empty() && one.from <= apart.back().to) {
            apart.back().to = std::max(apart.back().to, one.to);
        } else {
            apart.push_back(one);
        }
    }
    return apart;
}

}  // namespace

AllBusy::AllBusy(const std::vector<std::vector<Busy>>& people, const Hours& hours) : hours_(hours) {
    std::vector<std::pair<Instant, int>> changes;
    for (const std::vector<Busy>& one : people) {
        for (const Busy& stretch : merged(one)) {
            changes.emplace_back(stretch.from, 1);
            changes.emplace_back(stretch.to, -1);
        }
    }
    std::sort(changes.begin(), changes.end());  // at one instant who stops comes before who begins
    int working = 0;
    const int all = static_cast<int>(people.size());
    double sum = 0;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        working += changes[i].second;
        if (working < all || i + 1 == changes.size() || changes[i + 1].first == changes[i].first) {
            continue;
        }
        stretches_.push_back({changes[i].first, changes[i + 1].first});
        before_.push_back(sum);
        sum += hours_(stretches_.back().from, stretches_.back().to);
    }
}

double AllBusy::busy_before(Instant at) const {
    const auto behind = std::upper_bound(stretches_.begin(), stretches_.end(), at,
                                         [](Instant when, const Busy& one) { return when < one.from; });
    if (behind == stretches_.begin()) return 0;
    const auto last = static_cast<std::size_t>(behind - stretches_.begin()) - 1;
    return before_[last] + hours_(stretches_[last].from, std::min(at, stretches_[last].to));
}

double AllBusy::idle_hours(Instant from, Instant to) const {
    if (to <= from) return 0;
    return std::max(0.0, hours_(from, to) - (busy_before(to) - busy_before(from)));
}

}  // namespace workflow::simulation
