#include "session.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

/// JSON lets these stand in a text as they are; a terminal obeys them: DEL, U+0080 to U+009F, and
/// marks that turn the direction of writing or break lines.
bool is_obeyed(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1) return byte(0) == 0x7f;
    if (character.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
    if (character.size() != 3 || byte(0) != 0xe2) return false;
    if (byte(1) == 0x80)
        return byte(2) == 0x8e || byte(2) == 0x8f || (byte(2) >= 0xa8 && byte(2) <= 0xae);
    return byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
}

std::string as_escape(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(character[i]) & 0xffU; };
    if (character.size() == 1) return "\\u007f";
    if (character.size() == 2) return fmt::format("\\u00{:02x}", byte(1));
    return fmt::format("\\u20{:02x}", (byte(1) & 0x01U) << 6 | (byte(2) & 0x3fU));
}

std::size_t length_of_character(std::string_view utf8) {
    std::size_t length = 1;
    while (length < utf8.size() && (static_cast<unsigned char>(utf8[length]) & 0xc0U) == 0x80U) {
        ++length;
    }
    return length;
}

/// What is not ASCII stands in texts only, where an escape says the same.
std::string dumped(const Json& json, int indent) {
    const std::string page = json.dump(indent, ' ', false, Json::error_handler_t::replace);
    std::string safe;
    safe.reserve(page.size());
    for (std::string_view rest = page; !rest.empty();) {
        const std::string_view character = rest.substr(0, length_of_character(rest));
        if (is_obeyed(character)) {
            safe += as_escape(character);
        } else {
            safe += character;
        }
        rest.remove_prefix(character.size());
    }
    return safe;
}

}  // namespace

std::string json_line(const Json& json) {
    if (!json.is_structured()) return dumped(json, -1);
    std::string text;
    for (const auto& [key, item] : json.items()) {
        if (!text.empty()) text += ", ";
        if (json.is_object()) text += dumped(Json(key), -1) + ": ";
        text += json_line(item);
    }
    return json.is_object() ? "{" + text + "}" : "[" + text + "]";
}

std::string json_page(const Json& json) {
    return dumped(json, 2) + "\n";
}

}  // namespace workflow::cli
