// The numbers of a dossier's steps along one arrow. Pure function.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace workflow::exchange {

/// `3`, `3, 7`, of many the first two and the last: `3, 7 … 90`.
[[nodiscard]] inline std::string numbers_text(const std::vector<std::uint32_t>& numbers) {
    constexpr std::size_t shown_max = 4;
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const bool is_last = i + 1 == numbers.size();
        if (numbers.size() > shown_max && i >= 2 && !is_last) continue;
        if (i > 0) text += numbers.size() > shown_max && is_last ? " … " : ", ";
        text += std::to_string(numbers[i]);
    }
    return text;
}

}  // namespace workflow::exchange
