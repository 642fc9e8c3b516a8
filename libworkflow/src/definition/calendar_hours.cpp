// Times, opening spans and the week of a calendar file.
#include <algorithm>

#include "definition/calendar_parts.hpp"

namespace workflow::definition {
namespace {

// In the order of std::chrono::weekday.
constexpr std::array<std::string_view, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

std::optional<std::chrono::minutes> parse_time(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
    return std::chrono::minutes(hour * 60 + minute);
}

std::optional<OpeningSpan> read_span(Findings& findings, const Node& node) {
    const std::string_view text = node.text;
    if (node.is_scalar() && text.size() == 11 && text[5] == '-') {
        const auto opens = parse_time(text.substr(0, 5));
        const auto closes = parse_time(text.substr(6));
        if (opens && closes) return OpeningSpan{*opens, *closes};
    }
    findings.error(node, "not-opening-hours", {node.text});
    return std::nullopt;
}

std::optional<std::size_t> weekday_named(Findings& findings, const Node& key,
                                         std::string_view name) {
    const auto found = std::find(weekdays.begin(), weekdays.end(), name);
    if (found != weekdays.end()) return static_cast<std::size_t>(found - weekdays.begin());
    const std::string near = nearest(name, {weekdays.begin(), weekdays.end()});
    findings.error(key, "not-a-weekday", {std::string(name), near.empty() ? "monday" : near});
    return std::nullopt;
}

}  // namespace

std::vector<std::size_t> weekdays_of(Findings& findings, const Node& key) {
    const std::string_view text = key.text;
    const std::size_t split = text.find(" to ");
    const auto first = weekday_named(findings, key, text.substr(0, split));
    if (split == std::string_view::npos) {
        return first ? std::vector<std::size_t>{*first} : std::vector<std::size_t>{};
    }
    const auto last = weekday_named(findings, key, text.substr(split + 4));
    if (!first || !last) return {};
    std::vector<std::size_t> result{*first};
    while (result.back() != *last) result.push_back((result.back() + 1) % weekdays.size());
    return result;
}

std::optional<std::chrono::minutes> read_time(Findings& findings, const Node& node) {
    const auto time = node.is_scalar() ? parse_time(node.text) : std::nullopt;
    if (!time) findings.error(node, "not-a-time-of-day", {node.text});
    return time;
}

std::optional<std::vector<OpeningSpan>> read_spans(Findings& findings, const Node& node) {
    std::vector<OpeningSpan> spans;
    if (!node.is_sequence()) {
        const auto span = read_span(findings, node);
        if (!span) return std::nullopt;
        return std::vector<OpeningSpan>{*span};
    }
    for (const Node* item : node.items) {
        const auto span = read_span(findings, *item);
        if (!span) return std::nullopt;
        spans.push_back(*span);
    }
    return spans;
}

bool read_week(Findings& findings, const Node& node, CalendarDefinition& definition) {
    if (!expect_mapping(findings, node)) return false;
    std::array<const Node*, 7> said{};
    bool is_whole = true;
    for (const Entry& entry : node.entries) {
        const auto days = weekdays_of(findings, *entry.key);
        const auto spans = read_spans(findings, *entry.value);
        is_whole = is_whole && !days.empty() && spans;
        if (!spans) continue;
        for (const std::size_t day : days) {
            if (said[day] != nullptr) {
                const Place first = findings.place(*said[day]);
                findings.error(*entry.key, "weekday-twice",
                               {std::string(weekdays[day]),
                                std::to_string(first.line) + ":" + std::to_string(first.column)});
                continue;
            }
            said[day] = entry.key;
            definition.week[day] = *spans;
            definition.week_places[day] = findings.place(*entry.value);
        }
    }
    return is_whole;
}

std::optional<std::size_t> read_word(Findings& findings, const Node& node, Keys words) {
    const auto found = std::find(words.begin(), words.end(), node.text);
    if (node.is_scalar() && found != words.end()) {
        return static_cast<std::size_t>(found - words.begin());
    }
    std::string choices;
    for (const std::string_view word : words) {
        choices += (choices.empty() ? "`" : "` or `") + std::string(word);
    }
    findings.error(node, "not-a-calendar-word", {node.text, choices + "`"});
    return std::nullopt;
}

}  // namespace workflow::definition
