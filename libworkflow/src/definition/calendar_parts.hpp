// The parts of a calendar file, one function each. Confined to one load.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "definition/reader.hpp"
#include "workflow/calendar.hpp"

namespace workflow::definition {

/// `08:00` to `24:00`.
[[nodiscard]] std::optional<std::chrono::minutes> read_time(Findings& findings, const Node& node);
/// `[08:00-12:00, 13:00-17:00]`, or one span without brackets.
[[nodiscard]] std::optional<std::vector<OpeningSpan>> read_spans(Findings& findings,
                                                                 const Node& node);
/// The weekdays of `monday to friday` or `saturday`, Sunday 0, in order; `saturday to monday` goes round.
/// Empty after a finding.
[[nodiscard]] std::vector<std::size_t> weekdays_of(Findings& findings, const Node& key);
/// `monday to friday: [...]`; false when there is nothing to work with.
[[nodiscard]] bool read_week(Findings& findings, const Node& node, CalendarDefinition& definition);
/// One of `words`: its position.
[[nodiscard]] std::optional<std::size_t> read_word(Findings& findings, const Node& node,
                                                   Keys words);

/// A text of at most limits::calendar_text_bytes_max, or empty after a finding.
[[nodiscard]] std::string read_source(Findings& findings, const Node& node);

/// The texts that days off and rules refer to by a short name.
class Reasons {
public:
    Reasons(Findings& findings, const Node* node);

    /// The text of a name; a finding `unknown-reason`, and nothing, when there is none.
    [[nodiscard]] std::optional<Text> find(const Node& name);
    /// A warning for each name that nothing refers to.
    void report_unused();

private:
    struct Reason {
        const Node* key;
        Text text;
        bool is_used = false;
    };
    void report_unknown(const Node& name);

    Findings& findings_;
    std::map<std::string, Reason> reasons_;
};

/// `2015: {source, days_off, make_up_days}` and so on.
void read_years(Findings& findings, const Node& node, Reasons& reasons,
                CalendarDefinition& definition);
/// `- {reason, date or lunar, days, starts_before, substitute, since, source}`.
void read_rules(Findings& findings, const Node& node, Reasons& reasons,
                CalendarDefinition& definition);
/// `01-02`: a month and a day of it, not yet whether the month has it.
struct MonthAndDay {
    unsigned month;
    unsigned day;
};
[[nodiscard]] std::optional<MonthAndDay> parse_month_and_day(std::string_view text);

}  // namespace workflow::definition
