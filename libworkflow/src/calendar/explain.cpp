// The derivation of a deadline, day by day: the only loops over days.
#include "calendar/deadline.hpp"
#include "calendar/tables.hpp"

namespace workflow {
namespace {

using std::chrono::days;
using Kind = ExplainedDay::Kind;

bool is_worked(Kind kind) {
    return kind == Kind::counted || kind == Kind::make_up;
}

}  // namespace

/// The day as the calendar has it, without a number.
ExplainedDay Calendar::described(Day day) const {
    const std::size_t at = index(day);
    ExplainedDay result{day, Kind::counted, 0, {}, {}, is_projected(day)};
    switch (tables_->nature[at]) {
        case Tables::Nature::working:
            break;
        case Tables::Nature::weekend:
            result.kind = Kind::weekend;
            break;
        case Tables::Nature::day_off:
            result.kind = Kind::day_off;
            break;
        case Tables::Nature::make_up:
            result.kind = Kind::make_up;
            break;
    }
    if (const Tables::Note* note = tables_->note(at)) {
        result.reason = *note->reason;
        result.source = *note->source;
    }
    return result;
}

std::vector<ExplainedDay> Calendar::explain_days(Day from, Day until) const {
    static_cast<void>(index(from));
    static_cast<void>(index(until));
    std::vector<ExplainedDay> result;
    std::int64_t number = 0;
    for (Day day = from + days(1); day <= until; day += days(1)) {
        ExplainedDay explained = described(day);
        if (is_worked(explained.kind)) explained.number = ++number;
        result.push_back(std::move(explained));
    }
    return result;
}

Explanation Calendar::explain(Instant from, Limit limit) const {
    const bool by_days = calendar::counts_days(limit.unit);
    const Day first_day = by_days ? received_on(from) : day_of(from);
    Explanation result{limit, from, first_day, {}, deadline(from, limit)};
    for (Day day = day_of(from); day <= first_day; day += days(1)) {
        ExplainedDay explained = described(day);
        if (is_worked(explained.kind) || day == first_day || result.days.empty()) {
            explained.kind = Kind::start;
        }
        result.days.push_back(std::move(explained));
    }
    std::vector<ExplainedDay> rest = explain_days(first_day, result.deadline.date);
    if (limit.unit != Unit::working_days && limit.unit != Unit::working_hours) {
        const Day raw_end = by_days ? calendar::last_counted(*this, first_day, limit) : first_day;
        std::int64_t number = 0;
        for (ExplainedDay& explained : rest) {
            const bool counted = by_days && explained.date <= raw_end;
            explained.kind = counted ? Kind::counted : by_days ? Kind::rolled : Kind::elapsed;
            explained.number = counted ? ++number : 0;
        }
    }
    for (ExplainedDay& explained : rest) result.days.push_back(std::move(explained));
    return result;
}

}  // namespace workflow
