#include "calendar/tables.hpp"

#include <algorithm>

#include "calendar/projection.hpp"

namespace workflow {
namespace {

using std::chrono::days;

std::chrono::minutes latest_closing(const CalendarDefinition& definition) {
    std::chrono::minutes latest{0};
    for (const auto& spans : definition.week) {
        if (!spans.empty()) latest = std::max(latest, spans.back().closes);
    }
    return latest;
}

const std::vector<OpeningSpan>& hours_of_the_week(const CalendarDefinition& definition) {
    return *std::find_if(definition.week.begin(), definition.week.end(),
                         [](const auto& spans) { return !spans.empty(); });
}

}  // namespace

Calendar::Tables::Tables(CalendarDefinition checked)
    : definition(std::move(checked)),
      first(definition.first),
      last(definition.last),
      announced_until(definition.announced_until),
      weekday_first_(std::chrono::weekday(first).c_encoding()) {
    if (definition.closing_without_hours == std::chrono::minutes{0}) {
        definition.closing_without_hours = latest_closing(definition);
    }
    if (definition.make_up_hours.empty()) {
        definition.make_up_hours = hours_of_the_week(definition);
    }
    nature.resize(static_cast<std::size_t>((last - first).count() + 1));
    for (std::size_t i = 0; i < nature.size(); ++i) {
        const std::chrono::weekday weekday(first + days(i));
        const bool off = definition.week[weekday.c_encoding()].empty();
        nature[i] = off ? Nature::weekend : Nature::working;
    }
    add_exceptions();
    add_projected();
    std::sort(notes.begin(), notes.end(),
              [](const Note& a, const Note& b) { return a.index < b.index; });
    sum_up();
}

const Calendar::Tables::Note* Calendar::Tables::note(std::size_t index) const {
    const auto at = std::lower_bound(
        notes.begin(), notes.end(), static_cast<std::int32_t>(index),
        [](const Note& candidate, std::int32_t wanted) { return candidate.index < wanted; });
    return at != notes.end() && at->index == static_cast<std::int32_t>(index) ? &*at : nullptr;
}

void Calendar::Tables::add_exceptions() {
    for (const DayException& exception : definition.days_off) {
        set(Day(exception.date), Nature::day_off, exception.reason, exception.source);
    }
    for (const DayException& exception : definition.working_days) {
        set(Day(exception.date), Nature::make_up, exception.reason, exception.source);
    }
}

void Calendar::Tables::add_projected() {
    for (const calendar::ProjectedDay& day : calendar::project(definition)) {
        set(day.day, Nature::day_off, day.rule->reason, day.rule->source);
    }
}

void Calendar::Tables::set(Day day, Nature kind, const Text& reason, const std::string& source) {
    const auto index = (day - first).count();
    nature[static_cast<std::size_t>(index)] = kind;
    notes.push_back({static_cast<std::int32_t>(index), &reason, &source});
}

void Calendar::Tables::sum_up() {
    std::int32_t working = 0;
    std::chrono::minutes open{0};
    for (std::size_t i = 0; i < size(); ++i) {
        before.push_back(working);
        open_before.push_back(static_cast<std::int32_t>(open.count()));
        if (nature[i] == Nature::working || nature[i] == Nature::make_up) {
            nth.push_back(static_cast<std::int32_t>(i));
            ++working;
        }
        for (const OpeningSpan& span : hours(i)) open += span.closes - span.opens;
    }
    before.push_back(working);
    open_before.push_back(static_cast<std::int32_t>(open.count()));
}

}  // namespace workflow
