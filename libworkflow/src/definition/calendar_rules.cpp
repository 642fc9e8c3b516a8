// The recurring rules of a calendar file.
#include "definition/calendar_parts.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

constexpr std::array<std::string_view, 8> rule_keys{
    "reason", "date", "lunar", "days", "starts_before", "substitute", "since", "source"};
// In the order of their enumerators.
constexpr std::array<std::string_view, 2> substitute_words{"nothing", "next working day"};

/// `date: 09-02` or `lunar: 01-01`: one of them.
bool read_base(Findings& findings, const MappingReader& reader, RecurringRule& rule) {
    const Node* fixed = reader.find("date");
    const Node* lunar = reader.find("lunar");
    if ((fixed == nullptr) == (lunar == nullptr)) {
        findings.error(lunar != nullptr ? *lunar : reader.node(),
                       lunar != nullptr ? "rule-with-two-dates" : "rule-without-base");
        return false;
    }
    const Node& node = fixed != nullptr ? *fixed : *lunar;
    const auto parts = node.is_scalar() ? parse_month_and_day(node.text) : std::nullopt;
    if (!parts) {
        findings.error(node, "not-a-day-of-year", {node.text});
        return false;
    }
    rule.kind = fixed != nullptr ? RecurringRule::Kind::fixed : RecurringRule::Kind::lunar;
    rule.month = static_cast<std::uint8_t>(parts->month);
    rule.day = static_cast<std::uint8_t>(parts->day);
    rule.place = findings.place(node);
    return true;
}

std::int16_t read_days(Findings& findings, const Node* node, int least, std::int16_t otherwise) {
    if (node == nullptr) return otherwise;
    const auto number = read_integer(findings, *node, least, limits::rule_days_max);
    return static_cast<std::int16_t>(number.value_or(otherwise));
}

void read_rule(Findings& findings, const Node& node, Reasons& reasons,
               CalendarDefinition& definition) {
    const MappingReader reader(findings, node, rule_keys);
    if (!reader.is_mapping()) return;
    RecurringRule rule;
    const Node* reason = reader.require("reason");
    const std::optional<Text> text = reason ? reasons.find(*reason) : std::nullopt;
    if (const Node* source = reader.require("source")) {
        rule.source = read_source(findings, *source);
    }
    rule.days = read_days(findings, reader.find("days"), 1, 1);
    rule.starts_before = read_days(findings, reader.find("starts_before"), 0, 0);
    if (const Node* word = reader.find("substitute")) {
        rule.substitute = static_cast<RecurringRule::Substitute>(
            read_word(findings, *word, substitute_words).value_or(0));
    }
    if (const Node* since = reader.find("since")) {
        const auto year =
            read_integer(findings, *since, limits::calendar_year_min, limits::calendar_year_max);
        if (year) rule.from_year = static_cast<int>(*year);
    }
    if (!read_base(findings, reader, rule) || !text) return;
    rule.reason = *text;
    definition.rules.push_back(std::move(rule));
}

}  // namespace

void read_rules(Findings& findings, const Node& node, Reasons& reasons,
                CalendarDefinition& definition) {
    if (!expect_sequence(findings, node)) return;
    for (const Node* item : node.items) read_rule(findings, *item, reasons, definition);
}

}  // namespace workflow::definition
