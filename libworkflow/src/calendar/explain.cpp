// The derivation of a deadline, day by day: the only loops over days.
#include "calendar/deadline.hpp"
#include "calendar/tables.hpp"

namespace workflow {
namespace {

using std::chrono::days;
using DayKind = ExplainedDay::Kind;

bool is_worked(DayKind kind) {
    return kind == DayKind::counted || kind == DayKind::make_up;
}

/// Of a limit in hours: time runs on every day, or on those that are worked; no day is counted.
void tell_time(std::vector<ExplainedDay>& told, Unit unit) {
    for (ExplainedDay& explained : told) {
        if (unit != Unit::working_hours || is_worked(explained.kind)) {
            explained.kind = DayKind::elapsed;
        }
        explained.number = 0;
    }
}

}  // namespace

/// The day as the calendar has it, without a number.
ExplainedDay Calendar::described(Day day) const {
    const std::size_t at = index(day);
    ExplainedDay result{day, DayKind::counted, 0, {}, {}, is_projected(day)};
    switch (tables_->nature[at]) {
        case Tables::Nature::working:
            break;
        case Tables::Nature::weekend:
            result.kind = DayKind::weekend;
            break;
        case Tables::Nature::day_off:
            result.kind = DayKind::day_off;
            break;
        case Tables::Nature::make_up:
            result.kind = DayKind::make_up;
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
        if (by_days && (is_worked(explained.kind) || day == first_day || result.days.empty())) {
            explained.kind = DayKind::start;
        }
        result.days.push_back(std::move(explained));
    }
    std::vector<ExplainedDay> rest = explain_days(first_day, result.deadline.date);
    if (by_days && limit.unit != Unit::working_days) {
        const Day raw_end = calendar::last_counted(*this, first_day, limit);
        std::int64_t number = 0;
        for (ExplainedDay& explained : rest) {
            const bool counted = explained.date <= raw_end;
            explained.kind = counted ? DayKind::counted : DayKind::rolled;
            explained.number = counted ? ++number : 0;
        }
    }
    for (ExplainedDay& explained : rest) result.days.push_back(std::move(explained));
    if (!by_days) tell_time(result.days, limit.unit);
    return result;
}

}  // namespace workflow
