// The announced days of a calendar file, year by year.
#include "definition/calendar_parts.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

constexpr std::array<std::string_view, 3> year_keys{"source", "days_off", "make_up_days"};
constexpr std::array<std::string_view, 2> dates_keys{"dates", "source"};

/// One list of one year: days off, or make-up days.
struct YearList {
    Findings& findings;
    int year;
    std::vector<DayException>& days;

    std::optional<Date> date_of(const Node& node, std::string_view text) const {
        const std::optional<MonthAndDay> parts = parse_month_and_day(text);
        if (!parts) {
            findings.error(node, "not-a-day-of-year", {std::string(text)});
            return std::nullopt;
        }
        const Date date{std::chrono::year(year), std::chrono::month(parts->month),
                        std::chrono::day(parts->day)};
        if (date.ok()) return date;
        findings.error(node, "no-such-day", {std::to_string(year), std::string(text)});
        return std::nullopt;
    }

    /// `01-02`, or `02-17 to 02-20`.
    void add(const Node& node, const Text& reason, const std::string& source) {
        if (!node.is_scalar()) return findings.error(node, "not-a-day-of-year", {node.text});
        const std::string_view text = node.text;
        const std::size_t split = text.find(" to ");
        const std::optional<Date> first = date_of(node, text.substr(0, split));
        const std::optional<Date> last =
            split == std::string_view::npos ? first : date_of(node, text.substr(split + 4));
        if (!first || !last) return;
        if (*last < *first) return findings.error(node, "days-reversed", {node.text});
        // One day over the limit is kept, for Calendar::build to name.
        for (Day day(*first); day <= Day(*last) && days.size() <= limits::calendar_days_listed_max;
             day += std::chrono::days(1)) {
            days.push_back({Date(day), reason, source, findings.place(node)});
        }
    }

    void add_all(const Node& node, const Text& reason, const std::string& source) {
        if (!node.is_sequence()) return add(node, reason, source);
        for (const Node* item : node.items) add(*item, reason, source);
    }
};

void read_list(YearList list, const Node& node, Reasons& reasons, const std::string& source) {
    if (!expect_mapping(list.findings, node)) return;
    for (const Entry& entry : node.entries) {
        const std::optional<Text> reason = reasons.find(*entry.key);
        if (!reason) continue;
        if (!entry.value->is_mapping()) {
            list.add_all(*entry.value, *reason, source);
            continue;
        }
        const MappingReader own(list.findings, *entry.value, dates_keys);
        const Node* own_source = own.require("source");
        const Node* dates = own.require("dates");
        if (own_source == nullptr || dates == nullptr) continue;
        list.add_all(*dates, *reason, read_source(list.findings, *own_source));
    }
}

std::optional<int> read_year(Findings& findings, const Node& key) {
    const auto year =
        read_integer(findings, key, limits::calendar_year_min, limits::calendar_year_max);
    return year ? std::optional<int>(static_cast<int>(*year)) : std::nullopt;
}

}  // namespace

std::optional<MonthAndDay> parse_month_and_day(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != '-') return std::nullopt;
    if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
    const auto number = [&](std::size_t at) {
        return static_cast<unsigned>((text[at] - '0') * 10 + (text[at + 1] - '0'));
    };
    return MonthAndDay{number(0), number(3)};
}

void read_years(Findings& findings, const Node& node, Reasons& reasons,
                CalendarDefinition& definition) {
    if (!expect_mapping(findings, node)) return;
    for (const Entry& entry : node.entries) {
        const std::optional<int> year = read_year(findings, *entry.key);
        const MappingReader reader(findings, *entry.value, year_keys);
        const Node* source_node = reader.require("source");
        const std::string source =
            source_node ? read_source(findings, *source_node) : std::string();
        if (!year) continue;
        if (const Node* off = reader.find("days_off")) {
            read_list({findings, *year, definition.days_off}, *off, reasons, source);
        }
        if (const Node* worked = reader.find("make_up_days")) {
            read_list({findings, *year, definition.working_days}, *worked, reasons, source);
        }
    }
}

}  // namespace workflow::definition
