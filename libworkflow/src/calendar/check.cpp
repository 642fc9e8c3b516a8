#include "calendar/check.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "workflow/limits.hpp"

namespace workflow::calendar {
namespace {

constexpr std::array<const char*, 7> weekday_names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};

class Checker {
public:
    explicit Checker(const CalendarDefinition& definition) : definition_(definition) {}

    Diagnostics run() {
        check_week();
        check_make_up_hours();
        check_rules();
        if (check_range() && check_sizes()) check_dates();
        return std::move(diagnostics_);
    }

private:
    void report(std::string code, const Place& place, std::vector<std::string> arguments) {
        if (diagnostics_.size() >= limits::diagnostics_max) return;
        const Place& where = place.line != 0 ? place : definition_.place;
        diagnostics_.push_back({Severity::error, std::move(code), where, std::move(arguments)});
    }

    void check_week();
    void check_spans(const std::vector<OpeningSpan>& spans, const Place& place,
                     const std::string& owner);
    void check_make_up_hours();
    bool check_range();
    void check_rules();
    bool check_sizes();
    void check_dates();
    bool check_inside(const DayException& exception);
    bool is_weekend(Day day) const {
        return definition_.week[std::chrono::weekday(day).c_encoding()].empty();
    }

    const CalendarDefinition& definition_;
    Diagnostics diagnostics_;
};

std::string clock(std::chrono::minutes time) {
    const auto two = [](std::int64_t number) {
        return (number < 10 && number >= 0 ? "0" : "") + std::to_string(number);
    };
    return two(time.count() / 60) + ":" + two(time.count() % 60);
}

std::string shown(const Place& place) {
    return place.line == 0
               ? place.file
               : place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::string weekday_name(Day day) {
    return weekday_names[std::chrono::weekday(day).c_encoding()];
}

void Checker::check_week() {
    bool works = false;
    for (std::size_t i = 0; i < definition_.week.size(); ++i) {
        works = works || !definition_.week[i].empty();
        check_spans(definition_.week[i], definition_.week_places[i], weekday_names[i]);
    }
    if (!works) report("no-working-weekday", definition_.place, {definition_.id});
    if (definition_.cut_off && (*definition_.cut_off < std::chrono::minutes{0} ||
                                *definition_.cut_off > std::chrono::hours{24})) {
        report("time-outside-day", definition_.place, {clock(*definition_.cut_off)});
    }
    const auto closing = definition_.closing_without_hours;
    if (closing < std::chrono::minutes{0} || closing > std::chrono::hours{24}) {
        report("time-outside-day", definition_.place, {clock(closing)});
    }
    if (definition_.offset > std::chrono::hours{15} ||
        definition_.offset < -std::chrono::hours{15}) {
        report("offset-too-large", definition_.place, {std::to_string(definition_.offset.count())});
    }
}

void Checker::check_spans(const std::vector<OpeningSpan>& spans, const Place& place,
                          const std::string& owner) {
    if (spans.size() > limits::opening_spans_max) {
        report("too-many-spans", place, {owner, std::to_string(limits::opening_spans_max)});
        return;
    }
    std::chrono::minutes closed_since{0};
    for (const OpeningSpan& span : spans) {
        const std::string text = clock(span.opens) + "-" + clock(span.closes);
        if (span.opens < std::chrono::minutes{0} || span.closes > std::chrono::hours{24}) {
            report("time-outside-day", place, {text});
            return;
        }
        if (span.opens >= span.closes) {
            report("span-reversed", place,
                   {owner, text, clock(span.closes) + "-" + clock(span.opens)});
            return;
        }
        if (span.opens < closed_since) {
            report("spans-overlap", place, {owner, text, clock(closed_since)});
            return;
        }
        closed_since = span.closes;
    }
}

void Checker::check_make_up_hours() {
    check_spans(definition_.make_up_hours, definition_.make_up_place, "make_up_hours");
    if (definition_.working_days.empty() || !definition_.make_up_hours.empty()) return;
    // Hours that were just found wrong are not worth a second finding because they differ.
    if (!diagnostics_.empty()) return;
    const std::vector<OpeningSpan>* first = nullptr;
    for (const auto& spans : definition_.week) {
        if (spans.empty()) continue;
        if (first == nullptr) first = &spans;
        if (spans == *first) continue;
        report("make-up-hours-missing", definition_.working_days.front().place,
               {to_string(definition_.working_days.front().date)});
        return;
    }
}

bool Checker::check_range() {
    const Date first = definition_.first;
    const Date announced = definition_.announced_until;
    const Date last = definition_.last;
    for (const Date& date : {first, announced, last}) {
        const int year = static_cast<int>(date.year());
        if (!date.ok() || year < limits::calendar_year_min || year > limits::calendar_year_max) {
            report("range-too-wide", definition_.range_place,
                   {date.ok() ? to_string(date) : "?", std::to_string(limits::calendar_year_min),
                    std::to_string(limits::calendar_year_max)});
            return false;
        }
    }
    if (first > announced || announced > last) {
        report("range-reversed", definition_.range_place,
               {to_string(first), to_string(announced), to_string(last)});
        return false;
    }
    return true;
}

void Checker::check_rules() {
    if (definition_.rules.size() > limits::calendar_rules_max) {
        report("too-many-rules", definition_.rules[limits::calendar_rules_max].place,
               {std::to_string(limits::calendar_rules_max)});
        return;
    }
    for (const RecurringRule& rule : definition_.rules) {
        // 29 February exists, in leap years; a lunar month has 29 or 30 days.
        const bool exists =
            rule.kind == RecurringRule::Kind::lunar
                ? rule.month >= 1 && rule.month <= 12 && rule.day >= 1 && rule.day <= 30
                : std::chrono::month_day{std::chrono::month{rule.month}, std::chrono::day{rule.day}}
                      .ok();
        if (!exists) {
            report("rule-without-date", rule.place,
                   {std::to_string(rule.month), std::to_string(rule.day)});
        }
        if (rule.days < 1 || rule.days > limits::rule_days_max || rule.starts_before < 0 ||
            rule.starts_before > limits::rule_days_max) {
            report("rule-days-outside", rule.place,
                   {std::to_string(rule.days), std::to_string(rule.starts_before),
                    std::to_string(limits::rule_days_max)});
        }
    }
}

bool Checker::check_inside(const DayException& exception) {
    if (exception.date.ok() && exception.date >= definition_.first &&
        exception.date <= definition_.announced_until) {
        return true;
    }
    report("date-outside-announced", exception.place,
           {exception.date.ok() ? to_string(exception.date) : "?", to_string(definition_.first),
            to_string(definition_.announced_until)});
    return false;
}

bool Checker::check_sizes() {
    const std::size_t most = limits::calendar_days_listed_max;
    for (const auto* list : {&definition_.days_off, &definition_.working_days}) {
        if (list->size() <= most) continue;
        report("too-many-days", (*list)[most].place, {std::to_string(most)});
        return false;
    }
    return true;
}

void Checker::check_dates() {
    std::map<Day, const DayException*> off;
    for (const DayException& exception : definition_.days_off) {
        if (!check_inside(exception)) continue;
        const Day day(exception.date);
        const auto [earlier, is_new] = off.emplace(day, &exception);
        if (!is_new) {
            report("date-twice", exception.place, {to_string(day), shown(earlier->second->place)});
        } else if (is_weekend(day)) {
            report("day-off-on-weekend", exception.place, {to_string(day), weekday_name(day)});
        }
    }
    std::map<Day, const DayException*> worked;
    for (const DayException& exception : definition_.working_days) {
        if (!check_inside(exception)) continue;
        const Day day(exception.date);
        const auto [earlier, is_new] = worked.emplace(day, &exception);
        const auto both = off.find(day);
        if (both != off.end()) {
            report("off-and-worked", exception.place, {to_string(day), shown(both->second->place)});
        } else if (!is_new) {
            report("date-twice", exception.place, {to_string(day), shown(earlier->second->place)});
        } else if (!is_weekend(day)) {
            report("already-worked", exception.place, {to_string(day), weekday_name(day)});
        }
    }
}

}  // namespace

Diagnostics check(const CalendarDefinition& definition) {
    return Checker(definition).run();
}

}  // namespace workflow::calendar
