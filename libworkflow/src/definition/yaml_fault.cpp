#include "definition/yaml_fault.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "definition/flow_fault.hpp"
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

/// A line without its indentation, its comment and its end.
struct Line {
    std::uint32_t number = 0;
    std::size_t depth = 0;
    std::string_view text;
};

Line line_of(std::string_view source, std::uint32_t number) {
    const std::size_t start = line_start(source, number);
    std::string_view text = source.substr(start, source.find('\n', start) - start);
    text = text.substr(0, text.find(" #"));
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    const std::size_t depth = std::min(text.find_first_not_of(' '), text.size());
    return {number, depth, text.substr(depth)};
}

Line line_before(std::string_view source, std::uint32_t number) {
    Line line;
    while (number > 1) {
        line = line_of(source, --number);
        if (!line.text.empty() && line.text.front() != '#') return line;
    }
    return {};
}

Line line_after(std::string_view source, std::uint32_t number) {
    const auto last = static_cast<std::uint32_t>(std::count(source.begin(), source.end(), '\n') + 1);
    while (number < last) {
        const Line line = line_of(source, ++number);
        if (!line.text.empty() && line.text.front() != '#') return line;
    }
    return {};
}

bool has_key(std::string_view text) {
    return text.find(": ") != std::string_view::npos || (!text.empty() && text.back() == ':');
}

Diagnostic at_line(const char* code, const std::string& file, const Line& line) {
    const auto column = static_cast<std::uint32_t>(line.depth) + 1;
    return {Severity::error, code, {file, line.number, column}, {}};
}

/// Of the first line inside a key, where it alone does not stand as far in as the others inside.
std::optional<Line> odd_first_line(std::string_view source, const Line& key) {
    const Line first = line_after(source, key.number);
    if (first.number == 0 || first.depth <= key.depth || !key.text.ends_with(':')) return {};
    std::size_t others = 0;  // at one depth, the least
    std::size_t depth = first.depth;
    for (Line one = line_after(source, first.number); one.number != 0 && one.depth > key.depth;
         one = line_after(source, one.number)) {
        if (one.depth == first.depth) return {};
        if (others == 0 || one.depth < depth) {
            depth = one.depth;
            others = 0;
        }
        others += one.depth == depth ? 1 : 0;
    }
    return others > 1 ? std::optional(first) : std::nullopt;
}

/// The same of the line's own inside, or of what it stands in.
std::optional<Line> odd_line_about(std::string_view source, Line line) {
    constexpr int levels = 3;
    for (int level = 0; level < levels && line.number != 0; ++level) {
        if (auto odd = odd_first_line(source, line)) return odd;
        const std::size_t depth = line.depth;
        do line = line_before(source, line.number);
        while (line.number != 0 && line.depth >= depth);
    }
    return std::nullopt;
}

/// What a parser calls a misplaced value is mostly a slip of this line, or of the one before.
std::optional<Diagnostic> explain_value(const std::string& file, std::string_view source,
                                        const Place& place) {
    const Line line = line_of(source, place.line);
    const Line before = line_before(source, place.line);
    const auto joins = [](const Line& one) {
        return one.text.size() > 1 && one.text.front() == '-' && one.text[1] != ' ' &&
               one.text[1] != '-';
    };
    if (joins(line)) return at_line("dash-without-blank", file, line);
    const std::size_t colon = line.text.find(": ");
    const std::string_view value =
        colon != std::string_view::npos ? line.text.substr(colon + 2) : std::string_view();
    const bool is_plain = value.find_first_of("[{\"'") != 0;
    const bool again = is_plain && has_key(value);
    if (again || before.number == 0) return std::nullopt;
    if (!has_key(before.text)) return at_line("missing-colon", file, before);
    if (line.depth <= before.depth) return std::nullopt;
    const auto odd = odd_line_about(source, line);
    return at_line("bad-indentation", file, odd ? *odd : line);
}

/// Where the lines below do not fit because one above slipped to the left: a line that is indented
/// less, as deep as a key whose own inside begins as deep as the line that does not fit.
std::optional<Diagnostic> explain_slip(const std::string& file, std::string_view source,
                                       const Place& place) {
    const Line line = line_of(source, place.line);
    if (const auto odd = odd_line_about(source, line)) {
        return at_line("bad-indentation", file, *odd);
    }
    Line slipped = line_before(source, place.line);
    while (slipped.number != 0 && slipped.depth >= line.depth) {
        slipped = line_before(source, slipped.number);
    }
    std::size_t inside = 0;
    for (Line one = line_before(source, slipped.number); one.number != 0;
         one = line_before(source, one.number)) {
        if (one.depth < slipped.depth) return std::nullopt;
        if (one.depth == slipped.depth) {
            if (inside != line.depth) return std::nullopt;
            return at_line("bad-indentation", file, slipped);
        }
        inside = one.depth;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> explain_brackets(const std::string& file, std::string_view source,
                                           const Place& place) {
    const auto fault = find_flow_fault(source);
    if (!fault) return std::nullopt;
    const Place found = place_of(source, fault->offset, file);
    if (found.line > place.line) return std::nullopt;
    return Diagnostic{Severity::error, fault->code, found, {}};
}

Diagnostic explain_fault(const YAML::Exception& fault, const std::string& file,
                         std::string_view source, const Place& place) {
    if (fault.mark.is_null()) return {Severity::error, "malformed-yaml", {file, 0, 0}, {fault.msg}};
    if (indented_by_tab(source, place)) return {Severity::error, "tab-indentation", place, {}};
    if (const auto brackets = explain_brackets(file, source, place)) return *brackets;
    for (const Fault& known : faults) {
        if (std::string_view(fault.msg).substr(0, known.begins.size()) != known.begins) continue;
        if (std::string_view(known.code) == "colon-in-text") {
            if (auto value = explain_value(file, source, place)) return *std::move(value);
        }
        if (std::string_view(known.code) == "bad-indentation") {
            if (auto slip = explain_slip(file, source, place)) return *std::move(slip);
        }
        std::vector<std::string> words;
        if (std::string_view(known.code) == "custom-tag") words.push_back("!");
        return {Severity::error, known.code, place, std::move(words)};
    }
    return {Severity::error, "malformed-yaml", place, {fault.msg}};
}

}  // namespace workflow::definition
