#include "definition/yaml_fault.hpp"

#include <array>

#include "definition/source_text.hpp"

namespace workflow::definition {
namespace {

struct Fault {
    std::string_view begins;
    const char* code;
};
// YAML::ErrorMsg of yaml-cpp 0.7.
constexpr std::array<Fault, 24> faults{{
    {"end of map flow", "unclosed-bracket"},
    {"end of sequence flow", "unclosed-bracket"},
    {"illegal flow end", "unopened-bracket"},
    {"end of map not found", "bad-indentation"},
    {"end of sequence not found", "bad-indentation"},
    {"illegal block entry", "bad-indentation"},
    {"illegal map key", "bad-indentation"},
    {"illegal map value", "colon-in-text"},
    {"illegal EOF in scalar", "unclosed-quote"},
    {"illegal document indicator in scalar", "unclosed-quote"},
    {"illegal tab", "tab-indentation"},
    {"the referenced anchor", "unknown-alias"},
    {"alias not found", "unknown-alias"},
    {"illegal character found while scanning alias", "unknown-alias"},
    {"aliases can't have", "unknown-alias"},
    {"unknown escape", "bad-escape"},
    {"bad character found while scanning hex", "bad-escape"},
    {"invalid unicode", "bad-escape"},
    {"unknown token", "reserved-character"},
    {"illegal character in scalar", "reserved-character"},
    {"tag handle", "custom-tag"},
    {"illegal character found while scanning tag", "custom-tag"},
    {"end of verbatim tag", "custom-tag"},
    {"cannot assign multiple tags", "custom-tag"},
}};

bool indented_by_tab(std::string_view source, const Place& place) {
    const std::size_t start = line_start(source, place.line);
    const std::size_t text = source.find_first_not_of(" \t", start);
    return source.substr(start, text - start).find('\t') != std::string_view::npos;
}

}  // namespace

Diagnostic explain_fault(const YAML::Exception& fault, const std::string& file,
                         std::string_view source, const Place& place) {
    if (fault.mark.is_null()) return {Severity::error, "malformed-yaml", {file, 0, 0}, {fault.msg}};
    if (indented_by_tab(source, place)) return {Severity::error, "tab-indentation", place, {}};
    for (const Fault& known : faults) {
        if (std::string_view(fault.msg).substr(0, known.begins.size()) != known.begins) continue;
        std::vector<std::string> words;
        if (std::string_view(known.code) == "custom-tag") words.push_back("!");
        return {Severity::error, known.code, place, std::move(words)};
    }
    return {Severity::error, "malformed-yaml", place, {fault.msg}};
}

}  // namespace workflow::definition
