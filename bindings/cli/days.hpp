// Days of a calendar and why they count or do not, as tables and JSON. Pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "session.hpp"
#include "table.hpp"
#include "workflow/calendar.hpp"

namespace workflow::cli {

/// Number, date, weekday, and how the day counts with its reason and notice.
[[nodiscard]] Table days_table(const std::vector<ExplainedDay>& days, const Session& session);
[[nodiscard]] nlohmann::ordered_json days_json(const std::vector<ExplainedDay>& days,
                                               const Session& session);

/// `Thursday 2017-06-08`.
[[nodiscard]] std::string named_day(Day day, const Session& session);
/// `30 working days`, `30 ngày làm việc`.
[[nodiscard]] std::string limit_text(Limit limit, std::string_view language);

}  // namespace workflow::cli
