// Octets as text: RFC 4648, section 4, with padding. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace workflow::cli {

[[nodiscard]] std::string base64(std::string_view octets);
/// Nothing for what is not of the alphabet, lacks its padding or sets bits that no octet takes.
[[nodiscard]] std::optional<std::string> octets_of_base64(std::string_view text);

}  // namespace workflow::cli
