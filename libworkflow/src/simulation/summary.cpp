#include "workflow/summary.hpp"

#include <algorithm>
#include <bit>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "simulation/in_double.hpp"

namespace workflow::simulation {
namespace {

/// What is below is taken for nothing.
constexpr double smallest = 1e-9;

/// The least whole number that is not below a value that fits.
std::int32_t whole_above(double value) {
    const auto whole = static_cast<std::int32_t>(value);
    return whole + (static_cast<double>(whole) < value ? 1 : 0);
}

/// Of the 52 bits of a double's fraction those that do not count.
constexpr int bits_left_out = 45;
static_assert(std::numeric_limits<double>::is_iec559);
static_assert(Summary::relative_error == 1.0 / (1U << (53 - bits_left_out)));

/// Of a positive value: exponent and the first seven bits of its fraction, one number after the other.
std::int32_t bucket_of(double value) {
    return static_cast<std::int32_t>(std::bit_cast<std::uint64_t>(value) >> bits_left_out);
}

/// The least value of a bucket.
double beginning_of(std::int32_t bucket) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(bucket) << bits_left_out);
}

double middle_of(std::int32_t bucket) {
    return (beginning_of(bucket) + beginning_of(bucket + 1)) / 2;
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
    if (value < smallest) {
        ++nothings_;
    } else {
        count(bucket_of(value), 1);
    }
}

/// Of a bucket that is kept; a lower one becomes a very high number.
std::size_t Summary::place_of(std::int32_t bucket) const {
    return static_cast<std::uint32_t>(bucket - first_);
}

void Summary::count(std::int32_t bucket, std::uint64_t times) {
    if (place_of(bucket) >= buckets_.size()) make_room_for(bucket);
    buckets_[place_of(bucket)] += times;
}

void Summary::make_room_for(std::int32_t bucket) {
    if (buckets_.empty()) first_ = bucket;
    if (bucket < first_) {
        buckets_.insert(buckets_.begin(), static_cast<std::size_t>(first_ - bucket), 0);
        first_ = bucket;
    }
    buckets_.resize(std::max(buckets_.size(), place_of(bucket) + 1));
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
    nothings_ += other.nothings_;
    for (std::size_t i = 0; i < other.buckets_.size(); ++i) {
        count(other.first_ + static_cast<std::int32_t>(i), other.buckets_[i]);
    }
}

double Summary::deviation() const {
    return count_ < 2 ? 0 : std::sqrt(squares_ / static_cast<double>(count_ - 1));
}

double Summary::quantile(double share) const {
    if (count_ == 0) return 0;
    const double wanted = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(count_));
    const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(wanted));
    std::uint64_t passed = nothings_;
    if (passed >= rank) return least_;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        passed += buckets_[i];
        if (passed < rank) continue;
        return std::clamp(middle_of(first_ + static_cast<std::int32_t>(i)), least_, most_);
    }
    return most_;
}

std::uint64_t Summary::up_to(double value) const {
    if (value < 0) return 0;
    std::uint64_t found = nothings_;
    if (value < smallest) return found;
    const std::int32_t last = bucket_of(value);
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        if (first_ + static_cast<std::int32_t>(i) > last) break;
        found += buckets_[i];
    }
    return found;
}

void OverTime::add(double from, double to, double level) {
    if (level == 0 || to <= from) return;
    const auto first = static_cast<std::size_t>(from * per_width_);
    if (first < areas_.size() && to <= width_ * static_cast<double>(first + 1)) {
        areas_[first] += level * (to - from);
        return;
    }
    add_stretches(from, to, level);
}

void OverTime::add_stretches(double from, double to, double level) {
    while (to > width_ * static_cast<double>(stretches_max)) widen();
    const auto last = static_cast<std::size_t>(whole_above(to * per_width_));
    if (last > areas_.size()) areas_.resize(last);
    for (auto at = static_cast<std::size_t>(from * per_width_); at < last; ++at) {
        const double begins = width_ * static_cast<double>(at);
        areas_[at] += level * (std::min(to, begins + width_) - std::max(from, begins));
    }
}

void OverTime::widen() {
    for (std::size_t at = 0; at < areas_.size(); at += 2) {
        areas_[at / 2] = areas_[at] + (at + 1 < areas_.size() ? areas_[at + 1] : 0);
    }
    areas_.resize((areas_.size() + 1) / 2);
    width_ *= 2;
    per_width_ /= 2;
}

void OverTime::merge(const OverTime& other) {
    OverTime theirs = other;
    while (width_ < theirs.width_) widen();
    while (theirs.width_ < width_) theirs.widen();
    if (theirs.areas_.size() > areas_.size()) areas_.resize(theirs.areas_.size());
    for (std::size_t at = 0; at < theirs.areas_.size(); ++at) areas_[at] += theirs.areas_[at];
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
    const boost::math::students_t_distribution<double, InDouble> student(count - 1);
    const double times = boost::math::quantile(boost::math::complement(student, (1 - level) / 2));
    return ConfidenceInterval{mean, times * std::sqrt(squares / (count - 1) / count)};
}

}  // namespace workflow::simulation
