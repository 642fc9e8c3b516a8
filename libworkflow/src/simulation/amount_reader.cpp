// Lengths of time, numbers, shares and distributions of a scenario.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "simulation/reading.hpp"
#include "workflow/error.hpp"

namespace workflow::simulation {
namespace {

using definition::Entry;
using definition::MappingReader;
using definition::Node;

constexpr std::array<std::string_view, 2> bounds{"from", "to"};
constexpr std::array<std::string_view, 3> triangle{"from", "mode", "to"};
constexpr std::array<std::string_view, 2> moment_keys{"mean", "deviation"};
constexpr std::array<std::string_view, 1> mean_alone{"mean"};

/// How far the sum of probabilities may be from 1, for a third is no finite decimal.
constexpr double sum_tolerance = 1e-3;

/// The number at the beginning, and what follows it.
std::optional<std::pair<double, std::string_view>> leading_number(std::string_view text) {
    double number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || !std::isfinite(number) || number < 0) return std::nullopt;
    std::string_view rest = text.substr(static_cast<std::size_t>(stop - text.data()));
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    return std::pair{number, rest};
}

/// Hours of one unit; nothing: it cannot be used there.
std::optional<double> hours_of_unit(std::string_view unit, Measure measure, const Calendar& calendar) {
    if (!unit.empty() && unit.back() == 's') unit.remove_suffix(1);
    if (unit == "minute") return 1.0 / 60;
    if (unit == "hour") return 1;
    if (measure == Measure::clock_hours) {
        if (unit == "day") return 24;
        return std::nullopt;
    }
    if (unit == "working hour") return 1;
    if (unit == "working day") return hours_of_day(calendar);
    return std::nullopt;
}

std::optional<double> read_amount(Reading& reading, const Node& node, Measure measure) {
    if (measure == Measure::number) return read_number(reading, node);
    const auto number = node.is_scalar() ? leading_number(node.text) : std::nullopt;
    const auto unit =
        number ? hours_of_unit(number->second, measure, reading.calendar) : std::nullopt;
    if (unit) return number->first * *unit;
    reading.findings.error(node,
                           measure == Measure::clock_hours ? "not-a-time-by-the-clock"
                                                           : "not-a-time-at-work",
                           {node.text});
    return std::nullopt;
}

/// The named amounts; nothing after a finding.
std::optional<std::vector<double>> read_parameters(Reading& reading, const Node& node,
                                                   definition::Keys names, Measure measure) {
    const MappingReader mapping(reading.findings, node, names);
    if (!mapping.is_mapping()) return std::nullopt;
    std::vector<double> values;
    for (const std::string_view name : names) {
        const Node* const value = mapping.require(name);
        const auto amount = value == nullptr ? std::nullopt : read_amount(reading, *value, measure);
        if (amount) values.push_back(*amount);
    }
    if (values.size() != names.size()) return std::nullopt;
    return values;
}

std::optional<Distribution> read_empirical(Reading& reading, const Node& node, Measure measure) {
    if (!definition::expect_sequence(reading.findings, node)) return std::nullopt;
    Empirical observed;
    for (const Node* item : node.items) {
        if (const auto amount = read_amount(reading, *item, measure)) {
            observed.values.push_back(*amount);
        }
    }
    if (observed.values.size() != node.items.size()) return std::nullopt;
    std::sort(observed.values.begin(), observed.values.end());
    return observed;
}

std::optional<Distribution> read_named(Reading& reading, std::string_view name, const Node& node,
                                       Measure measure) {
    const auto read = [&](definition::Keys names) {
        return read_parameters(reading, node, names, measure);
    };
    if (name == "empirical") return read_empirical(reading, node, measure);
    if (name == "exponential") {
        const auto of = read(mean_alone);
        return of ? std::optional<Distribution>(Exponential{of->at(0)}) : std::nullopt;
    }
    if (name == "uniform") {
        const auto of = read(bounds);
        return of ? std::optional<Distribution>(Uniform{of->at(0), of->at(1)}) : std::nullopt;
    }
    if (name == "triangular") {
        const auto of = read(triangle);
        return of ? std::optional<Distribution>(Triangular{of->at(0), of->at(1), of->at(2)})
                  : std::nullopt;
    }
    const auto of = read(moment_keys);
    if (!of) return std::nullopt;
    if (name == "normal") return Normal{of->at(0), of->at(1)};
    if (name == "lognormal") return Lognormal{of->at(0), of->at(1)};
    return Gamma{of->at(0), of->at(1)};
}

}  // namespace

std::optional<Distribution> read_distribution(Reading& reading, const Node& node, Measure measure) {
    std::optional<Distribution> read;
    if (!node.is_mapping()) {
        const auto amount = read_amount(reading, node, measure);
        if (amount) read = Constant{*amount};
    } else if (node.entries.size() != 1) {
        reading.findings.error(node, "not-a-distribution", {std::to_string(node.entries.size())});
    } else {
        const Entry& entry = node.entries.front();
        const auto known = std::find(distribution_names.begin(), distribution_names.end(),
                                     entry.key->text);
        if (known == distribution_names.end()) {
            definition::report_unknown_key(reading.findings, node, entry, distribution_names);
        } else {
            read = read_named(reading, *known, *entry.value, measure);
        }
    }
    if (!read) return std::nullopt;
    if (const auto impossible = objection_to(*read)) {
        reading.findings.error(node, "impossible-distribution",
                               {impossible->parameter, impossible->wanted});
        return std::nullopt;
    }
    return read;
}

std::optional<double> read_number(Reading& reading, const Node& node) {
    const auto number =
        node.is_scalar() && !node.quoted ? leading_number(node.text) : std::nullopt;
    if (number && number->second.empty()) return number->first;
    reading.findings.error(node, "not-a-number-from-zero", {node.text});
    return std::nullopt;
}

std::optional<double> read_share(Reading& reading, const Node& node) {
    constexpr double percent = 100;
    const auto number = node.is_scalar() ? leading_number(node.text) : std::nullopt;
    if (number) {
        const double share = number->second == "%" ? number->first / percent : number->first;
        if ((number->second == "%" || number->second.empty()) && share <= 1) return share;
    }
    reading.findings.error(node, "not-a-share", {node.text});
    return std::nullopt;
}

std::vector<Share> read_shares(Reading& reading, const Node& node) {
    std::vector<Share> shares;
    if (!definition::expect_mapping(reading.findings, node)) return shares;
    double sum = 0;
    for (const Entry& entry : node.entries) {
        const auto share = read_share(reading, *entry.value);
        if (!share) continue;
        sum += *share;
        shares.push_back({entry.key, *share});
    }
    if (shares.size() != node.entries.size()) return {};
    if (std::abs(sum - 1) <= sum_tolerance) return shares;
    constexpr double parts = 10'000;
    std::string told = std::to_string(std::round(sum * parts) / parts);
    told.resize(told.find('.') + 5);
    reading.findings.error(node, "shares-not-one", {told});
    return {};
}

std::optional<Instant> read_instant(Reading& reading, const Node& node) {
    const auto at = node.is_scalar() ? parse_instant(node.text, reading.calendar.offset())
                                     : std::nullopt;
    if (!at) {
        reading.findings.error(node, "not-an-instant", {node.text});
        return std::nullopt;
    }
    try {
        (void)reading.calendar.opening(reading.calendar.day_of(*at));
    } catch (const Error& error) {
        reading.findings.error(node, "time-outside-calendar", {node.text, error.what()});
        return std::nullopt;
    }
    return at;
}

}  // namespace workflow::simulation
