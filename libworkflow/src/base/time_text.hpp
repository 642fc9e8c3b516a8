// Pieces that the texts of dates, instants and lengths of time are made of. Pure functions.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workflow::base {

[[nodiscard]] bool is_digit(char c);

// Each takes what it reads from the front of `text`. After a failure `text` is of no more use.

/// Whether `wanted` was there to be taken; else `text` is as it was.
[[nodiscard]] bool take(std::string_view& text, char wanted);
/// Exactly `width` digits; at most nine.
[[nodiscard]] std::optional<int> take_number(std::string_view& text, std::size_t width);
/// As many digits as there are.
[[nodiscard]] std::string_view take_digits(std::string_view& text);
/// `hh:mm`, from 00:00 to 23:59.
[[nodiscard]] std::optional<std::chrono::minutes> take_hours_and_minutes(std::string_view& text);

/// `.5` of 500,000,000: the shortest decimals that say all of [0, 10^9) nanoseconds. Empty for 0.
[[nodiscard]] std::string fraction_text(std::int32_t nanoseconds);

}  // namespace workflow::base
