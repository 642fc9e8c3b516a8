#include "base64.hpp"

#include <algorithm>
#include <cstdint>

namespace workflow::cli {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Four characters for one to three octets.
void append_group(std::string& text, std::string_view octets) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        bits = bits << 8U | (i < octets.size() ? static_cast<unsigned char>(octets[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
        text += i <= octets.size() ? alphabet[bits >> (18U - 6U * i) & 63U] : '=';
    }
}

/// False when the group of two to four characters, padding taken off, is none.
bool append_octets(std::string& octets, std::string_view group) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t digit = i < group.size() ? alphabet.find(group[i]) : 0;
        if (digit == std::string_view::npos) return false;
        bits = bits << 6U | static_cast<std::uint32_t>(digit);
    }
    for (std::size_t i = 0; i + 1 < group.size(); ++i) {
        octets += static_cast<char>(bits >> (16U - 8U * i) & 255U);
    }
    return group.size() == 4 || (bits & (0xffffffU >> (8U * (group.size() - 1)))) == 0;
}

}  // namespace

std::string base64(std::string_view octets) {
    std::string text;
    text.reserve((octets.size() + 2) / 3 * 4);
    for (; !octets.empty(); octets.remove_prefix(std::min<std::size_t>(3, octets.size()))) {
        append_group(text, octets.substr(0, 3));
    }
    return text;
}

std::optional<std::string> octets_of_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string octets;
    octets.reserve(text.size() / 4 * 3);
    for (; !text.empty(); text.remove_prefix(4)) {
        std::string_view group = text.substr(0, 4);
        const bool is_last = text.size() == 4;
        for (int i = 0; is_last && i < 2 && group.back() == '='; ++i) group.remove_suffix(1);
        if (!append_octets(octets, group)) return std::nullopt;
    }
    return octets;
}

}  // namespace workflow::cli
