// Small procedures as YAML, and what the analysis says of them.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "workflow/analysis.hpp"
#include "workflow/definition.hpp"

namespace workflow::testing {

/// A file with these lines between its head and its outcomes; roles `a` and `b`, outcomes `x`, `y`.
inline std::string analysed_file(const std::string& lines) {
    return "procedure: p\nversion: 1\ntitle: P\ncalendar: vn-state\nroles: {a: A, b: B}\n"
           "outcomes: {x: X, y: Y}\n" +
           lines;
}

inline std::shared_ptr<const Procedure> loaded(const std::string& yaml) {
    const LoadedProcedure procedure = load_procedure(yaml, "p.yaml");
    if (procedure.procedure == nullptr) {
        throw std::runtime_error(to_string(procedure.diagnostics.front()));
    }
    return procedure.procedure;
}

inline std::shared_ptr<const Procedure> of_lines(const std::string& lines) {
    return loaded(analysed_file(lines));
}

/// `code line:column (first argument)` of what the analysis finds; lines count from `lines`.
inline std::vector<std::string> analysis_findings(const std::string& lines) {
    std::vector<std::string> found;
    for (const Diagnostic& finding : analyze(*of_lines(lines)).findings) {
        found.push_back(finding.code + " " + std::to_string(finding.place.line - 6) + ":" +
                        std::to_string(finding.place.column));
    }
    return found;
}

/// `published: a 10 working days, (b), c 5 days`; what is open in brackets.
inline std::string told(const Procedure& procedure, const Course& course) {
    std::string text;
    for (const CourseStep& step : course.steps) {
        const std::string name = step.state == 0 ? procedure.id() : procedure.state(step.state).id;
        text += (text.empty() ? "" : ", ") + (step.open ? "(" + name + ")" : name);
        if (step.limit) text += " " + to_string(*step.limit);
    }
    return text;
}

inline const OutcomeCourses& courses_to(const Procedure& procedure, const Analysis& analysis,
                                        const std::string& outcome, std::size_t variant = 0) {
    for (const OutcomeCourses& one : analysis.courses[variant].outcomes) {
        if (one.outcome != no_number && procedure.outcome(one.outcome).id == outcome) return one;
    }
    throw std::runtime_error("no course to " + outcome);
}

/// How late it may end with `outcome`.
inline std::string latest_of(const Procedure& procedure, const std::string& outcome) {
    const Analysis analysis = analyze(procedure);
    return told(procedure, courses_to(procedure, analysis, outcome).latest);
}

inline std::string earliest_of(const Procedure& procedure, const std::string& outcome) {
    const Analysis analysis = analyze(procedure);
    return told(procedure, courses_to(procedure, analysis, outcome).earliest);
}

inline std::vector<std::string> ids(const Procedure& procedure,
                                    const std::vector<std::uint32_t>& states) {
    std::vector<std::string> names;
    for (const std::uint32_t state : states) names.push_back(procedure.state(state).id);
    return names;
}

}  // namespace workflow::testing
