#include "analysis/total_rule.hpp"

#include <algorithm>

#include "analysis/courses.hpp"
#include "analysis/possible_values.hpp"
#include "analysis/report.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

/// `setup 30 + confirm 5 + pilot 10`; of many the first and the last.
std::string path_of(const Model& model, const Course& course, Unit unit) {
    constexpr std::size_t parts_max = 20;
    constexpr std::size_t ends = 8;  // of a long one, at each end
    std::vector<std::string> parts;
    for (const CourseStep& step : course.steps) {
        if (!step.limit || in_base_unit(*step.limit).unit != unit) continue;
        parts.push_back(name_of(model, step.state) + " " +
                        std::to_string(in_base_unit(*step.limit).count));
    }
    if (parts.size() > parts_max) {
        const auto first = parts.begin() + ends;
        *first = "...";
        parts.erase(first + 1, parts.end() - ends);
    }
    std::string path;
    for (const std::string& part : parts) path += (path.empty() ? "" : " + ") + part;
    return path;
}

void warn_of_more_ways(const Model& model, Diagnostics& diagnostics) {
    diagnostics.push_back({Severity::warning, "total-not-sure", model.total->place, {}});
}

}  // namespace

void check_total(const Model& model, Diagnostics& diagnostics) {
    if (!model.total) return;
    for (const std::string& variant : variants_of(model)) {
        const auto possible = possible_limits(model, model.total->limit, variant);
        if (!possible) {
            report(diagnostics, "total-not-fixed", model.total->place);
            return;
        }
        if (possible->limits.empty()) continue;
        const Limit total = in_base_unit(possible->limits.front());
        const UnitMeasure measure(total.unit);
        const auto courses = find_courses(model, variant, measure, {}, Bound::latest);
        const auto longest = std::max_element(
            courses.begin(), courses.end(),
            [](const FoundCourse& a, const FoundCourse& b) { return a.end < b.end; });
        if (longest == courses.end()) continue;
        if (longest->end.at <= total.count) {
            if (longest->course.is_at_least) warn_of_more_ways(model, diagnostics);
            continue;
        }
        const std::string path = path_of(model, longest->course, total.unit);
        const Limit sum{static_cast<std::int32_t>(longest->end.at), total.unit};
        if (variant.empty()) {
            report(diagnostics, "total-exceeded", model.total->place,
                   {path, to_string(sum), to_string(possible->limits.front())});
        } else {
            report(diagnostics, "total-exceeded-in-variant", model.total->place,
                   {path, to_string(sum), to_string(possible->limits.front()), variant});
        }
    }
}

}  // namespace workflow::analysis
