#include "definition/calendar_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "definition/calendar_parts.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

constexpr std::array<std::string_view, 15> calendar_keys{"calendar",
                                                         "version",
                                                         "title",
                                                         "source",
                                                         "zone",
                                                         "hours",
                                                         "cut_off",
                                                         "end_of_day",
                                                         "range",
                                                         "make_up_hours",
                                                         "reasons",
                                                         "years",
                                                         "rules",
                                                         "received_out_of_hours",
                                                         "closing_on_days_off"};
constexpr std::array<std::string_view, 2> zone_keys{"name", "offset"};
constexpr std::array<std::string_view, 3> range_keys{"from", "announced_until", "projected_until"};
// In the order of their enumerators.
constexpr std::array<std::string_view, 2> out_of_hours_words{"same day", "next working day"};
constexpr std::array<std::string_view, 2> end_of_day_words{"closing", "24:00"};

/// As a procedure's id, and with hyphens: `vn-state`.
std::optional<std::string> read_calendar_id(Findings& findings, const Node& node) {
    std::string plain = node.text;
    std::replace(plain.begin(), plain.end(), '-', '_');
    if (node.is_scalar() && is_id(plain) && !is_reserved_word(plain)) return node.text;
    findings.error(node, "not-a-calendar-id", {node.text});
    return std::nullopt;
}

void read_zone(Findings& findings, const Node& node, CalendarDefinition& definition) {
    const MappingReader zone(findings, node, zone_keys);
    if (const Node* name = zone.require("name")) {
        definition.zone_name = read_string(findings, *name).value_or("");
    }
    const Node* offset = zone.require("offset");
    if (offset == nullptr) return;
    const std::optional<UtcOffset> read = parse_offset(offset->text);
    if (!read) return findings.error(*offset, "not-an-offset", {offset->text});
    definition.offset = *read;
}

bool read_range(Findings& findings, const Node& node, CalendarDefinition& definition) {
    const MappingReader range(findings, node, range_keys);
    const auto read = [&](std::string_view key, Date& date) {
        const Node* value = range.require(key);
        const std::optional<Date> found = value ? read_date(findings, *value) : std::nullopt;
        if (found) date = *found;
        return found.has_value();
    };
    definition.range_place = findings.place(node);
    // All three, so that each has its finding.
    const bool first = read("from", definition.first);
    const bool announced = read("announced_until", definition.announced_until);
    const bool last = read("projected_until", definition.last);
    return first && announced && last;
}

void read_head(Findings& findings, const MappingReader& calendar, CalendarDefinition& definition) {
    if (const Node* id = calendar.require("calendar")) {
        definition.id = read_calendar_id(findings, *id).value_or("");
    }
    if (const Node* version = calendar.require("version")) {
        const auto most = std::numeric_limits<std::int32_t>::max();
        definition.version = read_integer(findings, *version, 1, most).value_or(1);
    }
    if (const Node* title = calendar.require("title")) {
        definition.title = read_text(findings, *title);
    }
    if (const Node* source = calendar.find("source")) {
        definition.source = read_string(findings, *source).value_or("");
    }
    if (const Node* zone = calendar.require("zone")) read_zone(findings, *zone, definition);
}

void read_day_rules(Findings& findings, const MappingReader& calendar,
                    CalendarDefinition& definition) {
    if (const Node* hours = calendar.find("make_up_hours")) {
        definition.make_up_place = findings.place(*hours);
        definition.make_up_hours =
            read_spans(findings, *hours).value_or(std::vector<OpeningSpan>());
    }
    if (const Node* time = calendar.find("cut_off")) {
        definition.cut_off = read_time(findings, *time);
    }
    if (const Node* time = calendar.find("closing_on_days_off")) {
        definition.closing_without_hours =
            read_time(findings, *time).value_or(std::chrono::minutes{0});
    }
    if (const Node* word = calendar.require("received_out_of_hours")) {
        definition.received_out_of_hours = static_cast<CalendarDefinition::OutOfHours>(
            read_word(findings, *word, out_of_hours_words).value_or(0));
    }
    if (const Node* word = calendar.require("end_of_day")) {
        definition.end_of_day = static_cast<CalendarDefinition::EndOfDay>(
            read_word(findings, *word, end_of_day_words).value_or(0));
    }
}

}  // namespace

std::optional<CalendarDefinition> read_calendar(Findings& findings, const Node& root) {
    const MappingReader calendar(findings, root, calendar_keys);
    if (!calendar.is_mapping()) return std::nullopt;
    CalendarDefinition definition;
    definition.place = findings.place(root);
    read_head(findings, calendar, definition);
    read_day_rules(findings, calendar, definition);
    const Node* hours = calendar.require("hours");
    const bool has_week = hours != nullptr && read_week(findings, *hours, definition);
    const Node* range = calendar.require("range");
    const bool has_range = range != nullptr && read_range(findings, *range, definition);
    Reasons reasons(findings, calendar.find("reasons"));
    if (const Node* years = calendar.find("years")) {
        read_years(findings, *years, reasons, definition);
    }
    if (const Node* rules = calendar.find("rules")) {
        read_rules(findings, *rules, reasons, definition);
    }
    reasons.report_unused();
    if (!has_week || !has_range) return std::nullopt;
    return definition;
}

}  // namespace workflow::definition
