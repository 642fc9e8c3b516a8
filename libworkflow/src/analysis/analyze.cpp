#include "workflow/analysis.hpp"

#include <algorithm>
#include <map>

#include "analysis/courses.hpp"
#include "analysis/examination.hpp"
#include "analysis/possible_values.hpp"
#include "workflow/error.hpp"

namespace workflow {
namespace {

using analysis::Bound;
using analysis::FoundCourse;
using analysis::Progress;
using procedure::Model;

std::vector<Limit> added(const Course& course, const Procedure* by_law) {
    std::vector<Limit> sums;
    for (const CourseStep& step : course.steps) {
        if (!step.limit) continue;
        if (by_law != nullptr) {
            if (step.clock == no_number || by_law->clock_source(step.clock).empty()) continue;
        }
        const Limit limit = analysis::in_base_unit(*step.limit);
        const auto found = std::find_if(sums.begin(), sums.end(),
                                        [&](const Limit& sum) { return sum.unit == limit.unit; });
        if (found == sums.end()) {
            sums.push_back(limit);
        } else {
            const std::int64_t sum = std::int64_t{found->count} + limit.count;
            found->count = static_cast<std::int32_t>(std::min<std::int64_t>(sum, INT32_MAX));
        }
    }
    return sums;
}

/// The earliest and the latest for each outcome.
std::vector<std::pair<FoundCourse, FoundCourse>> found_courses(const Model& model,
                                                               const std::string& variant,
                                                               const analysis::Measure& measure,
                                                               Progress start) {
    std::vector<std::pair<FoundCourse, FoundCourse>> found;
    for (FoundCourse& course : find_courses(model, variant, measure, start, Bound::earliest)) {
        found.emplace_back(course, course);
        found.back().second.course.is_at_least = true;
    }
    for (FoundCourse& course : find_courses(model, variant, measure, start, Bound::latest)) {
        for (auto& [earliest, latest] : found) {
            if (earliest.outcome == course.outcome) latest = std::move(course);
        }
    }
    return found;
}

VariantCourses courses_of(const Model& model, const std::string& variant) {
    const analysis::NominalMeasure measure;
    VariantCourses courses{variant, {}};
    for (const auto& [earliest, latest] : found_courses(model, variant, measure, {})) {
        courses.outcomes.push_back({latest.outcome, earliest.course, latest.course});
    }
    return courses;
}

void sort_by_place(Diagnostics& findings) {
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                         return std::pair(a.place.line, a.place.column) <
                                std::pair(b.place.line, b.place.column);
                     });
}

Instant instant_of(Progress progress) {
    return Instant(std::chrono::milliseconds(progress.at));
}

/// `finish` against what is known so far.
void consider(YearOfStarts::Extreme& extreme, Day start, Day finish, bool is_better_when_shorter) {
    const std::int64_t days = (finish - start).count();
    if (extreme.starts != 0 && days == extreme.days) {
        ++extreme.starts;
    } else if (extreme.starts == 0 || (days < extreme.days) == is_better_when_shorter) {
        extreme = {start, finish, days, 1};
    }
}

}  // namespace

bool Course::is_open() const {
    return std::any_of(steps.begin(), steps.end(),
                       [](const CourseStep& step) { return step.open; });
}

std::vector<Limit> Course::sum() const {
    return added(*this, nullptr);
}

std::vector<Limit> Course::sum_by_law(const Procedure& procedure) const {
    return added(*this, &procedure);
}

Analysis analyze(const Procedure& procedure) {
    const Model& model = procedure.model();
    Analysis analysis;
    analysis::check_guards(model, analysis.findings);
    analysis::check_separations(model, analysis.findings);
    analysis::check_nested_limits(model, analysis.findings);
    analysis::check_unset(model, analysis.findings);
    analysis.exploration = analysis::explore(model, analysis.findings);
    sort_by_place(analysis.findings);
    analysis.must_pass_for = analysis::find_must_pass(model);
    if (!analysis.must_pass_for.empty()) {
        analysis.must_pass = std::move(analysis.must_pass_for.back().states);
        analysis.must_pass_for.pop_back();
    }
    analysis.loops = analysis::find_loops(model);
    for (const std::string& variant : analysis::variants_of(model)) {
        analysis.courses.push_back(courses_of(model, variant));
    }
    return analysis;
}

std::vector<OutcomeInstants> finish_instants(const Procedure& procedure, const std::string& variant,
                                             const Calendar& calendar, Instant start) {
    const analysis::CalendarMeasure measure(calendar);
    const Progress begin{start.time_since_epoch().count(), 0};
    const Day first = calendar.day_of(start) + std::chrono::days(1);
    std::vector<OutcomeInstants> finishes;
    for (const auto& [earliest, latest] :
         found_courses(procedure.model(), variant, measure, begin)) {
        const Instant last = instant_of(latest.end);
        const Day behind = calendar.day_of(last) + std::chrono::days(1);
        finishes.push_back({latest.outcome, instant_of(earliest.end), last,
                            latest.course.is_open() || latest.course.is_at_least,
                            calendar.count_working_days(first, behind)});
    }
    return finishes;
}

std::vector<YearOfStarts> finishes_of_year(const Procedure& procedure, const std::string& variant,
                                           const Calendar& calendar, int year) {
    const Day first(Date(std::chrono::year(year) / 1 / 1));
    const Day last(Date(std::chrono::year(year) / 12 / 31));
    if (calendar.is_projected(last)) {
        throw Error(ErrorCode::misuse, "the days off of " + std::to_string(year) +
                                           " are not announced in the calendar " + calendar.id());
    }
    std::map<std::uint32_t, YearOfStarts> found;
    for (Day day = first; day <= last; day += std::chrono::days(1)) {
        if (!calendar.is_working_day(day)) continue;
        for (const OutcomeInstants& finish :
             finish_instants(procedure, variant, calendar, calendar.opening(day))) {
            YearOfStarts& year_of = found[finish.outcome];
            year_of.outcome = finish.outcome;
            year_of.is_open = year_of.is_open || finish.is_open;
            const Day end = calendar.day_of(finish.latest);
            consider(year_of.shortest, day, end, true);
            consider(year_of.longest, day, end, false);
        }
    }
    std::vector<YearOfStarts> all;
    for (const auto& [outcome, one] : found) all.push_back(one);
    return all;
}

}  // namespace workflow
