#include "sarif.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

/// A path as a relative reference or a file's address (RFC 3986): what is not unreserved, nor `/`,
/// is escaped.
std::string uri_of(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain = "-._~/";
    std::string uri = path.substr(0, 1) == "/" ? "file://" : "";
    for (const char character : path) {
        const auto byte = static_cast<unsigned char>(character);
        const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                              (byte >= 'a' && byte <= 'z') ||
                              plain.find(character) != std::string_view::npos;
        if (is_plain) {
            uri += character;
        } else {
            uri += '%';
            uri += digits[byte >> 4U];
            uri += digits[byte & 15U];
        }
    }
    return uri;
}

Json location_of(const Place& place) {
    Json physical{{"artifactLocation", {{"uri", uri_of(place.file)}}}};
    if (place.line > 0) {
        physical["region"] = {{"startLine", place.line},
                              {"startColumn", std::max<std::uint32_t>(place.column, 1)}};
    }
    return {{"physicalLocation", std::move(physical)}};
}

Json result_of(const Diagnostic& finding, std::size_t rule, std::string_view language) {
    const std::string mend = finding.mend(language);
    const std::string text =
        printable(finding.message(language) + (mend.empty() ? "" : "; " + mend));
    return {{"ruleId", finding.code},
            {"ruleIndex", rule},
            {"level", finding.severity == Severity::error ? "error" : "warning"},
            {"message", {{"text", text}}},
            {"locations", Json::array({location_of(finding.place)})}};
}

}  // namespace

Json sarif_log(const Diagnostics& findings, std::string_view language) {
    std::vector<std::string> codes;
    Json rules = Json::array();
    Json results = Json::array();
    for (const Diagnostic& finding : findings) {
        auto found = std::find(codes.begin(), codes.end(), finding.code);
        if (found == codes.end()) {
            found = codes.insert(codes.end(), finding.code);
            rules.push_back({{"id", finding.code}});
        }
        results.push_back(
            result_of(finding, static_cast<std::size_t>(found - codes.begin()), language));
    }
    const Json driver{{"name", "workflow"},
                      {"version", WORKFLOW_VERSION},
                      {"language", std::string(language)},
                      {"rules", std::move(rules)}};
    Json run{{"tool", {{"driver", driver}}},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results)}};
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({std::move(run)})}};
}

}  // namespace workflow::cli
