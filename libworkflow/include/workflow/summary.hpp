// What many values come to, in memory that does not grow with their number. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "workflow/visibility.hpp"

namespace workflow {
namespace simulation WORKFLOW_PUBLIC {

/// Count, mean, standard deviation and percentiles of values from 0 on: whatever is below counts as 0.
/// Percentiles come from counts in buckets, 128 equal ones from each power of two to the next, so that each is
/// wrong by 0.4 % at most (Tene: HdrHistogram, 2012); mean and deviation are exact but for rounding (Welford
/// 1962; Chan, Golub, LeVeque 1979). The same values and merges in the same order give the same bits. Confined.
class Summary {
public:
    static constexpr double relative_error = 1.0 / 256;

    /// The value must be finite.
    void add(double value);
    /// As if each value of the other had been added.
    void merge(const Summary& other);

    [[nodiscard]] std::uint64_t count() const { return count_; }
    /// Of no values all are 0.
    [[nodiscard]] double mean() const { return mean_; }
    /// The standard deviation of a sample; of one value 0.
    [[nodiscard]] double deviation() const;
    [[nodiscard]] double least() const { return least_; }
    [[nodiscard]] double most() const { return most_; }
    /// The value that a `share` (0 to 1) of all is not above: the nearest rank's.
    [[nodiscard]] double quantile(double share) const;
    /// How many are up to `value`, by the buckets.
    [[nodiscard]] std::uint64_t up_to(double value) const;
    friend bool operator==(const Summary&, const Summary&) = default;

private:
    std::uint64_t count_ = 0;
    double mean_ = 0;
    double squares_ = 0;  ///< of the distances from the mean, together
    double least_ = 0;
    double most_ = 0;
    std::uint64_t nothings_ = 0;  ///< values that are 0, or as good as that
    std::int32_t first_ = 0;      ///< number of the first bucket that is kept
    std::vector<std::uint64_t> buckets_;  ///< from the least value's on: 128 a power of two

    [[nodiscard]] std::size_t place_of(std::int32_t bucket) const;
    void count(std::int32_t bucket, std::uint64_t times);
    void make_room_for(std::int32_t bucket);
};

/// A level that changes over time (the length of a queue), as its mean over stretches of equal width, at most
/// `stretches_max` of them: where time goes on beyond, two become one. Hours are those since the beginning.
/// Confined.
class OverTime {
public:
    static constexpr std::size_t stretches_max = 256;

    /// `level` from `from` until `to`; never before what was added earlier.
    void add(double from, double to, double level);
    /// The sum of both, wherever they are.
    void merge(const OverTime& other);

    /// Hours of a stretch: 1, 2, 4 ...
    [[nodiscard]] double width() const { return width_; }
    /// Level times hours of each stretch, from the beginning.
    [[nodiscard]] const std::vector<double>& areas() const { return areas_; }

private:
    double width_ = 1;
    double per_width_ = 1;  ///< exact: widths are powers of two
    std::vector<double> areas_;

    void add_stretches(double from, double to, double level);
    void widen();
};

/// Where the true mean lies, as far as independent replications tell.
struct ConfidenceInterval {
    double mean = 0;
    double half_width = 0;
    [[nodiscard]] double low() const { return mean - half_width; }
    [[nodiscard]] double high() const { return mean + half_width; }
    [[nodiscard]] bool contains(double value) const { return low() <= value && value <= high(); }
};
/// By Student's t (Law, Simulation Modeling and Analysis, 5th ed., 4.5), one value a replication, at a
/// `level` between 0 and 1. Nothing for fewer than two: one says nothing of how much they vary.
[[nodiscard]] std::optional<ConfidenceInterval> confidence_interval(std::span<const double> values,
                                                          double level = 0.95);

}  // namespace simulation
}  // namespace workflow
