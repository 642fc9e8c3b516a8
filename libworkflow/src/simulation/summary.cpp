#include "simulation/summary.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace workflow::simulation {
namespace {

/// What is below is taken for nothing: a bucket of its own.
constexpr double smallest = 1e-9;
constexpr std::int32_t nothing = INT32_MIN;

constexpr double ratio = (1 + Summary::relative_error) / (1 - Summary::relative_error);

/// Bucket i holds what is above ratio^(i - 1) and up to ratio^i.
std::int32_t bucket_of(double value) {
    if (value < smallest) return nothing;
    return static_cast<std::int32_t>(std::ceil(std::log(value) / std::log(ratio)));
}

/// As far from the lower end as from the upper, measured by the value itself.
double middle_of(std::int32_t bucket) {
    if (bucket == nothing) return 0;
    return 2 * std::pow(ratio, bucket) / (ratio + 1);
}

}  // namespace

void Summary::add(double value) {
    value = std::max(value, 0.0);
    least_ = count_ == 0 ? value : std::min(least_, value);
    most_ = count_ == 0 ? value : std::max(most_, value);
    ++count_;
    const double before = value - mean_;
    mean_ += before / static_cast<double>(count_);
    squares_ += before * (value - mean_);
    ++buckets_[bucket_of(value)];
}

void Summary::merge(const Summary& other) {
    if (other.count_ == 0) return;
    least_ = count_ == 0 ? other.least_ : std::min(least_, other.least_);
    most_ = count_ == 0 ? other.most_ : std::max(most_, other.most_);
    const auto mine = static_cast<double>(count_);
    const auto theirs = static_cast<double>(other.count_);
    const double apart = other.mean_ - mean_;
    mean_ += apart * theirs / (mine + theirs);
    squares_ += other.squares_ + apart * apart * mine * theirs / (mine + theirs);
    count_ += other.count_;
    for (const auto& [bucket, many] : other.buckets_) buckets_[bucket] += many;
}

double Summary::deviation() const {
    return count_ < 2 ? 0 : std::sqrt(squares_ / static_cast<double>(count_ - 1));
}

double Summary::quantile(double share) const {
    if (count_ == 0) return 0;
    const double wanted = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(count_));
    const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(wanted));
    std::uint64_t passed = 0;
    for (const auto& [bucket, many] : buckets_) {
        passed += many;
        if (passed >= rank) return std::clamp(middle_of(bucket), least_, most_);
    }
    return most_;
}

std::uint64_t Summary::up_to(double value) const {
    if (value < 0) return 0;
    std::uint64_t found = 0;
    for (const auto& [bucket, many] : buckets_) {
        if (bucket > bucket_of(value)) break;
        found += many;
    }
    return found;
}

std::optional<ConfidenceInterval> confidence_interval(std::span<const double> values, double level) {
    if (values.size() < 2) return std::nullopt;
    double mean = 0;
    double squares = 0;
    double count = 0;
    for (const double value : values) {  // differences may be below 0, which a Summary takes for 0
        count += 1;
        const double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
    }
    const boost::math::students_t_distribution<> student(count - 1);
    const double times = boost::math::quantile(boost::math::complement(student, (1 - level) / 2));
    return ConfidenceInterval{mean, times * std::sqrt(squares / (count - 1) / count)};
}

}  // namespace workflow::simulation
