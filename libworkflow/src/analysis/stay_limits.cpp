#include "analysis/stay_limits.hpp"

#include <algorithm>

#include "analysis/possible_values.hpp"

namespace workflow::analysis {

using namespace procedure;

namespace {

bool always_leaves(const Way& way) {
    if (way.when) return false;
    if (way.choices.empty()) return !std::holds_alternative<Stay>(way.target);
    return std::all_of(way.choices.begin(), way.choices.end(), [](const Way& choice) {
        return !std::holds_alternative<Stay>(choice.target) || !choice.choices.empty();
    });
}

}  // namespace

/// The longest, or shortest, of what a limit can be.
template <class Length>
std::optional<Limit> StayLimits::of_length(const Length& length) const {
    const auto possible = possible_limits(model_, length, variant_);
    if (!possible || possible->limits.empty()) return std::nullopt;
    const auto less = [](Limit a, Limit b) {
        return NominalMeasure::minutes(a) < NominalMeasure::minutes(b);
    };
    const auto& limits = possible->limits;
    return bound_ == Bound::latest ? *std::max_element(limits.begin(), limits.end(), less)
                                   : *std::min_element(limits.begin(), limits.end(), less);
}

std::optional<Limit> StayLimits::of(const Timer& timer) const {
    if (std::holds_alternative<RecurringDate>(timer.limit)) return std::nullopt;
    if (const Limit* const limit = std::get_if<Limit>(&timer.limit)) return *limit;
    return of_length(std::variant<Limit, Cel>(std::get<Cel>(timer.limit)));
}

std::optional<Limit> StayLimits::of_stay(const Clock& clock) const {
    const bool whole = !clock.stops && !clock.due &&
                       (!clock.starts || clock.starts->kind == Occasion::Kind::date);
    return whole ? of_length(clock.limit) : std::nullopt;
}

std::optional<Bounding> StayLimits::bounding(StateIndex index, Progress from) const {
    const State& state = model_.states[index];
    std::optional<Bounding> tightest;
    const auto consider = [&](Limit limit, ClockIndex clock) {
        const Bounding one{index, limit, clock, measure_.after(from, limit)};
        if (!tightest || one.end < tightest->end) tightest = one;
    };
    for (const ClockIndex clock : state.clocks) {
        if (const auto limit = of_stay(model_.clocks[clock])) consider(*limit, clock);
    }
    for (const Timer& timer : state.timers) {
        if (!always_leaves(timer.way)) continue;
        if (const auto limit = of(timer)) consider(*limit, none);
    }
    return tightest;
}

std::optional<std::int64_t> StayLimits::uses_max(const Action& action) const {
    if (!action.at_most) return std::nullopt;
    const auto cases = possible_values(model_, action.at_most->expression, variant_);
    if (!cases || cases->empty()) return std::nullopt;
    std::int64_t most = 0;
    for (const ValueCase& one : *cases) {
        const auto count = one.value.integer();
        if (!count) return std::nullopt;
        most = std::max(most, *count);
    }
    return most;
}

}  // namespace workflow::analysis
