// What the limits of one state are at their longest or shortest, and what bounds a stay. Immutable.
#pragma once

#include <optional>
#include <string_view>

#include "analysis/courses.hpp"

namespace workflow::analysis {

/// What bounds a stay.
struct Bounding {
    procedure::StateIndex state = procedure::none;
    Limit limit;
    procedure::ClockIndex clock = procedure::none;
    Progress end;
};

/// Refers to what it was made from.
class StayLimits {
public:
    StayLimits(const procedure::Model& model, std::string_view variant, const Measure& measure,
               Bound bound)
        : model_(model), variant_(variant), measure_(measure), bound_(bound) {}

    /// Nothing where it is a date, or cannot be known.
    [[nodiscard]] std::optional<Limit> of(const procedure::Timer& timer) const;
    /// Of a clock that runs from entering its state, or a date, until that is left.
    [[nodiscard]] std::optional<Limit> of_stay(const procedure::Clock& clock) const;
    /// The tightest of what bounds a stay that begins then.
    [[nodiscard]] std::optional<Bounding> bounding(procedure::StateIndex index,
                                                   Progress from) const;
    /// How often it may be done; nothing where `at_most` is not there or cannot be known.
    [[nodiscard]] std::optional<std::int64_t> uses_max(const procedure::Action& action) const;

private:
    template <class Length>
    [[nodiscard]] std::optional<Limit> of_length(const Length& length) const;

    const procedure::Model& model_;
    std::string_view variant_;
    const Measure& measure_;
    Bound bound_;
};

}  // namespace workflow::analysis
