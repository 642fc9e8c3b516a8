#include "session.hpp"

#include <nlohmann/json.hpp>

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
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
