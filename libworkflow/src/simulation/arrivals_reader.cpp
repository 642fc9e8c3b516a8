// `arrivals` of a scenario: when dossiers come.
#include <algorithm>
#include <array>

#include "definition/calendar_parts.hpp"
#include "simulation/reading.hpp"

namespace workflow::simulation {
namespace {

using definition::Entry;
using definition::MappingReader;
using definition::Node;

constexpr std::array<std::string_view, 7> arrival_keys{"every",    "per_hour", "per_day", "per_week",
                                                       "week", "hours",    "at"};

/// Opening hours of a week without holidays.
double hours_of_week(const Calendar& calendar) {
    double days = 0;
    for (const auto& spans : calendar.definition().week) days += spans.empty() ? 0 : 1;
    return days * hours_of_day(calendar);
}

/// At random, so many in so many hours.
void read_rate(Reading& reading, const Node& node, double hours) {
    const auto many = read_number(reading, node);
    if (!many) return;
    if (*many == 0) return reading.findings.error(node, "nobody-comes");
    reading.made.arrivals = Distribution(Exponential{hours / *many});
}

void read_week(Reading& reading, const Node& node, WeekOfArrivals& week) {
    if (!definition::expect_mapping(reading.findings, node)) return;
    double sum = 0;
    for (const Entry& entry : node.entries) {
        const auto days = definition::weekdays_of(reading.findings, *entry.key);
        const auto many = read_number(reading, *entry.value);
        if (!many) continue;
        for (const std::size_t day : days) {
            week.per_weekday[day] = *many;
            sum += *many;
        }
    }
    if (sum == 0 && !reading.findings.has_errors()) reading.findings.error(node, "nobody-comes");
}

/// `07:30-11:30: 2`: twice as many there as in a stretch of weight 1.
void read_hours(Reading& reading, const Node& node, WeekOfArrivals& week) {
    if (!definition::expect_mapping(reading.findings, node)) return;
    double sum = 0;
    for (const Entry& entry : node.entries) {
        const auto spans = definition::read_spans(reading.findings, *entry.key);
        const auto weight = read_number(reading, *entry.value);
        if (!spans || !weight) continue;
        for (const OpeningSpan& span : *spans) week.hours.emplace_back(span, *weight);
        sum += *weight;
    }
    std::sort(week.hours.begin(), week.hours.end(),
              [](const auto& a, const auto& b) { return a.first.opens < b.first.opens; });
    if (sum == 0 && !reading.findings.has_errors()) reading.findings.error(node, "nobody-comes");
}

void read_list(Reading& reading, const Node& node) {
    if (!definition::expect_sequence(reading.findings, node)) return;
    std::vector<Instant> instants;
    for (const Node* item : node.items) {
        const auto at = read_instant(reading, *item);
        if (!at) continue;
        if (!instants.empty() && *at < instants.back()) {
            reading.findings.error(*item, "arrivals-go-back",
                                   {item->text, to_short_string(instants.back(),
                                                                reading.calendar.offset())});
            continue;
        }
        instants.push_back(*at);
    }
    if (node.items.empty()) return reading.findings.error(node, "nobody-comes");
    reading.made.arrivals = std::move(instants);
}

}  // namespace

void read_arrivals(Reading& reading, const Node& node) {
    const MappingReader mapping(reading.findings, node, arrival_keys);
    if (!mapping.is_mapping()) return;
    std::string first;
    for (const std::string_view key : {"every", "per_hour", "per_day", "per_week", "week", "at"}) {
        const Node* const value = mapping.find(key);
        if (value == nullptr) continue;
        if (!first.empty()) {
            return reading.findings.error(*value, "two-ways-to-come", {first, std::string(key)});
        }
        first = key;
        reading.made.arrivals_at = reading.findings.place(*value);
        if (key == "every") {
            if (auto pause = read_distribution(reading, *value, Measure::office_hours)) {
                reading.made.arrivals = *pause;
            }
        } else if (key == "per_hour") {
            read_rate(reading, *value, 1);
        } else if (key == "per_day") {
            read_rate(reading, *value, hours_of_day(reading.calendar));
        } else if (key == "per_week") {
            read_rate(reading, *value, hours_of_week(reading.calendar));
        } else if (key == "week") {
            WeekOfArrivals week;
            read_week(reading, *value, week);
            if (const Node* hours = mapping.find("hours")) read_hours(reading, *hours, week);
            reading.made.arrivals = std::move(week);
        } else {
            read_list(reading, *value);
        }
    }
    if (first.empty()) return reading.findings.error(node, "no-way-to-come");
    const Node* const hours = mapping.find("hours");
    if (hours != nullptr && first != "week") {
        reading.findings.error(*hours, "hours-without-week", {first});
    }
}

}  // namespace workflow::simulation
