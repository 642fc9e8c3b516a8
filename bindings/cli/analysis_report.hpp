// What `workflow analyze` tells of one procedure, as text and JSON. Confined.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "session.hpp"
#include "workflow/analysis.hpp"

namespace workflow::cli {

/// Ends by a calendar, of one variant.
struct CalendarAnswers {
    std::string variant;
    std::vector<OutcomeInstants> finishes;  ///< of a given start
    std::vector<YearOfStarts> year;
};

struct AnalysisReport {
    const Procedure& procedure;
    const Analysis& analysis;
    const Calendar* calendar = nullptr;  ///< where an instant or a year was given
    std::optional<Instant> from;
    std::optional<int> year;
    std::vector<CalendarAnswers> answers;
};

[[nodiscard]] std::string report_text(const AnalysisReport& report, const Session& session);
[[nodiscard]] nlohmann::ordered_json report_json(const AnalysisReport& report);

}  // namespace workflow::cli
