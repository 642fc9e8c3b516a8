#include "analysis_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis_words.hpp"
#include "days.hpp"
#include "procedure_names.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

constexpr std::size_t indent = 2;

class ReportText {
public:
    ReportText(const AnalysisReport& report, const Session& session)
        : report_(report), session_(session), names_(report.procedure, session.language) {}

    std::string all() {
        passages();
        for (const VariantCourses& courses : report_.analysis.courses) add_courses(courses);
        for (const CalendarAnswers& answers : report_.answers) {
            if (!answers.finishes.empty()) add_finishes(answers);
            if (!answers.year.empty()) add_year(answers);
        }
        add_loops(false);
        add_loops(true);
        explored();
        return text_;
    }

private:
    template <class... Arguments>
    std::string say(const Word& word, const Arguments&... arguments) const {
        if constexpr (sizeof...(arguments) == 0) {
            return std::string(word.in(session_.language));
        } else {
            return word.in(session_.language, arguments...);
        }
    }

    void heading(const std::string& words) {
        text_ += '\n' + toned(words, Tone::strong, session_.colour) + '\n';
    }

    void line(const std::string& words, std::size_t blanks = indent) {
        text_ += std::string(blanks, ' ') + wrapped(words, page_width - blanks, blanks + 2) + '\n';
    }

    std::string joined(const std::vector<std::uint32_t>& states, const char* between) const {
        std::string text;
        for (const std::uint32_t state : states) {
            text += (text.empty() ? "" : between) + names_.state(state);
        }
        return text;
    }

    void passages() {
        if (!report_.analysis.must_pass.empty()) {
            heading(say(words::every_dossier));
            line(joined(report_.analysis.must_pass, ", "));
        }
        for (const MustPass& must : report_.analysis.must_pass_for) {
            if (must.states.empty() || must.states == report_.analysis.must_pass) continue;
            heading(say(words::every_dossier_of, names_.outcome(must.outcome)));
            line(joined(must.states, ", "));
        }
    }

    // --- courses --------------------------------------------------------------------------------

    void add_courses(const VariantCourses& courses) {
        heading(courses.variant.empty() ? say(words::how_long)
                                        : say(words::how_long_in, printable(courses.variant)));
        for (const OutcomeCourses& one : courses.outcomes) {
            line(names_.outcome(one.outcome) + ":");
            line(say(words::at_earliest) + ": " + course_text(one.earliest), 4);
            line(say(words::at_latest) + ": " + latest_text(one.latest), 4);
            const std::string law = law_text(one.latest);
            if (!law.empty()) line(say(words::by_law) + ": " + law, 4);
            const std::string open = open_text(one.latest);
            if (!open.empty()) line(say(words::no_limit_for) + ": " + open, 4);
            const std::string rounds = rounds_text(one.latest);
            if (!rounds.empty()) line(say(words::more_rounds) + ": " + rounds, 4);
        }
    }

    std::string course_text(const Course& course) const {
        const auto limited = [](const CourseStep& step) { return step.limit.has_value(); };
        return sum_text(course, limited, course.sum(), say(words::at_once));
    }

    std::string latest_text(const Course& course) const {
        const auto limited = [](const CourseStep& step) { return step.limit.has_value(); };
        const std::string text = sum_text(course, limited, course.sum(),
                                          say(course.is_open() ? words::open_end : words::at_once));
        return course.is_at_least ? say(words::at_least, text) : text;
    }

    /// Only where some limit is the law's and some is not.
    std::string law_text(const Course& course) const {
        const std::vector<Limit> sum = course.sum_by_law(report_.procedure);
        if (sum.empty() || sum == course.sum()) return {};
        const auto is_law = [&](const CourseStep& step) {
            return step.limit && step.clock != no_number &&
                   !report_.procedure.clock_source(step.clock).empty();
        };
        return sum_text(course, is_law, sum, {});
    }

    /// `Set up 30 + Confirm 5 = 35 working days`; with one unit its name stands once.
    template <class Counts>
    std::string sum_text(const Course& course, Counts counts, const std::vector<Limit>& sum,
                         const std::string& empty) const {
        if (sum.empty()) return empty;
        std::vector<std::string> all;
        for (const CourseStep& step : course.steps) {
            if (!counts(step)) continue;
            const bool short_form = sum.size() == 1 && step.limit->unit == sum.front().unit;
            all.push_back(names_.state(step.state) + " " +
                          (short_form ? std::to_string(step.limit->count)
                                      : limit_text(*step.limit, session_.language)));
        }
        // Of a loop that is gone often the first rounds and the last say enough.
        constexpr std::size_t parts_max = 20;
        constexpr std::size_t ends = 8;
        if (all.size() > parts_max) {
            all[ends] = "...";
            all.erase(all.begin() + ends + 1, all.end() - ends);
        }
        std::string parts;
        for (const std::string& part : all) parts += (parts.empty() ? "" : " + ") + part;
        std::string whole;
        for (const Limit limit : sum) {
            whole += (whole.empty() ? "" : " " + say(words::and_word) + " ") +
                     limit_text(limit, session_.language);
        }
        return say(words::equals, parts, whole);
    }

    std::string open_text(const Course& course) const {
        std::vector<std::uint32_t> open;
        for (const CourseStep& step : course.steps) {
            if (step.open) open.push_back(step.state);
        }
        return joined(open, ", ");
    }

    /// Ways back that nothing bounds, from or to what the course passes.
    std::string rounds_text(const Course& course) const {
        std::string text;
        for (const Loop& loop : report_.analysis.loops) {
            const bool is_passed = std::any_of(
                course.steps.begin(), course.steps.end(), [&](const CourseStep& step) {
                    return step.state == loop.from || step.state == loop.to;
                });
            if (loop.is_bounded || !is_passed) continue;
            text += (text.empty() ? "" : "; ") + loop_text(loop);
        }
        return text;
    }

    void remark_of_rounds() {
        const auto& loops = report_.analysis.loops;
        const bool any = std::any_of(loops.begin(), loops.end(),
                                     [](const Loop& loop) { return !loop.is_bounded; });
        if (any) line(say(words::rounds_on_top));
    }

    // --- by a calendar --------------------------------------------------------------------------

    void heading_of_answers(const std::string& words, const std::string& variant) {
        heading(words);
        if (!variant.empty()) line(say(words::how_long_in, printable(variant)));
    }

    void add_finishes(const CalendarAnswers& answers) {
        const UtcOffset offset = report_.calendar->offset();
        heading_of_answers(
            say(words::started_at, to_short_string(*report_.from, offset), report_.calendar->id()),
            answers.variant);
        Table table({{say_view(words::outcome_heading)},
                     {say_view(words::earliest_heading)},
                     {say_view(words::latest_heading)},
                     {say_view(words::working_days), Column::Align::right},
                     {say_view(words::remark_heading)}});
        for (const OutcomeInstants& finish : answers.finishes) {
            table.add({names_.outcome(finish.outcome), to_short_string(finish.earliest, offset),
                       to_short_string(finish.latest, offset), std::to_string(finish.working_days),
                       finish.is_open ? say(words::or_longer) : std::string()});
        }
        text_ += table.text(session_.colour, indent);
        remark_of_rounds();
    }

    std::string extreme_text(const YearOfStarts::Extreme& extreme) const {
        return say(words::year_extreme, extreme.days, to_string(extreme.start),
                   to_string(extreme.finish), extreme.starts);
    }

    void add_year(const CalendarAnswers& answers) {
        heading_of_answers(say(words::started_in, *report_.year, report_.calendar->id()),
                           answers.variant);
        Table table({{say_view(words::outcome_heading)},
                     {say_view(words::shortest_heading)},
                     {say_view(words::longest_heading)},
                     {say_view(words::remark_heading)}});
        for (const YearOfStarts& one : answers.year) {
            table.add({names_.outcome(one.outcome), extreme_text(one.shortest),
                       extreme_text(one.longest),
                       one.is_open ? say(words::or_longer) : std::string()});
        }
        text_ += table.text(session_.colour, indent);
        remark_of_rounds();
    }

    std::string_view say_view(const Word& word) const { return word.in(session_.language); }

    // --- loops ----------------------------------------------------------------------------------

    void add_loops(bool bounded) {
        const auto& loops = report_.analysis.loops;
        const bool any = std::any_of(loops.begin(), loops.end(),
                                     [&](const Loop& loop) { return loop.is_bounded == bounded; });
        if (!any) return;
        heading(say(bounded ? words::loops_bounded : words::loops));
        for (const Loop& loop : loops) {
            if (loop.is_bounded != bounded) continue;
            line(loop_text(loop));
        }
    }

    std::string loop_text(const Loop& loop) const {
        if (loop.action == no_number) {
            return say(words::loop_by_itself, names_.state(loop.from), names_.state(loop.to));
        }
        return say(words::loop_by_action, names_.action(loop.from, loop.action),
                   names_.state(loop.from), names_.state(loop.to));
    }

    void explored() {
        const Exploration& exploration = report_.analysis.exploration;
        if (exploration.situations == 0) return;
        text_ += '\n' +
                 say(exploration.bound_reached ? words::situations_bound : words::situations,
                     exploration.situations) +
                 '\n';
    }

    const AnalysisReport& report_;
    const Session& session_;
    ProcedureNames names_;
    std::string text_;
};

// --- JSON: ids and not titles -------------------------------------------------------------------

using Json = nlohmann::ordered_json;

Json limits_json(const std::vector<Limit>& limits) {
    Json json = Json::array();
    for (const Limit limit : limits) json.push_back(to_string(limit));
    return json;
}

Json outcome_json(const Procedure& procedure, std::uint32_t outcome) {
    return outcome == no_number ? Json(nullptr) : Json(procedure.outcome(outcome).id);
}

Json states_json(const Procedure& procedure, const std::vector<std::uint32_t>& states) {
    Json json = Json::array();
    for (const std::uint32_t state : states) json.push_back(procedure.state(state).id);
    return json;
}

/// Of state 0 the procedure's.
std::string state_id(const Procedure& procedure, std::uint32_t state) {
    return state == 0 ? procedure.id() : procedure.state(state).id;
}

Json course_json(const Procedure& procedure, const Course& course) {
    Json steps = Json::array();
    for (const CourseStep& step : course.steps) {
        Json one{{"state", state_id(procedure, step.state)}};
        if (step.limit) one["limit"] = to_string(*step.limit);
        if (step.clock != no_number) one["clock"] = procedure.clock(step.clock).id;
        if (step.open) one["open"] = true;
        steps.push_back(std::move(one));
    }
    return {{"steps", std::move(steps)},
            {"sum", limits_json(course.sum())},
            {"by_law", limits_json(course.sum_by_law(procedure))},
            {"open", course.is_open()},
            {"at_least", course.is_at_least}};
}

Json courses_json(const Procedure& procedure, const VariantCourses& courses) {
    Json outcomes = Json::array();
    for (const OutcomeCourses& one : courses.outcomes) {
        outcomes.push_back({{"outcome", outcome_json(procedure, one.outcome)},
                            {"earliest", course_json(procedure, one.earliest)},
                            {"latest", course_json(procedure, one.latest)}});
    }
    return {{"variant", courses.variant.empty() ? Json(nullptr) : Json(courses.variant)},
            {"outcomes", std::move(outcomes)}};
}

Json extreme_json(const YearOfStarts::Extreme& extreme) {
    return {{"days", extreme.days},
            {"start", to_string(extreme.start)},
            {"finish", to_string(extreme.finish)},
            {"starts", extreme.starts}};
}

Json answers_json(const AnalysisReport& report, const CalendarAnswers& answers) {
    const UtcOffset offset = report.calendar->offset();
    Json json{{"variant", answers.variant.empty() ? Json(nullptr) : Json(answers.variant)}};
    for (const OutcomeInstants& finish : answers.finishes) {
        json["finishes"].push_back({{"outcome", outcome_json(report.procedure, finish.outcome)},
                                    {"earliest", to_string(finish.earliest, offset)},
                                    {"latest", to_string(finish.latest, offset)},
                                    {"working_days", finish.working_days},
                                    {"open", finish.is_open}});
    }
    for (const YearOfStarts& one : answers.year) {
        json["year"].push_back({{"outcome", outcome_json(report.procedure, one.outcome)},
                                {"shortest", extreme_json(one.shortest)},
                                {"longest", extreme_json(one.longest)},
                                {"open", one.is_open}});
    }
    return json;
}

}  // namespace

std::string report_text(const AnalysisReport& report, const Session& session) {
    return ReportText(report, session).all();
}

Json report_json(const AnalysisReport& report) {
    const Procedure& procedure = report.procedure;
    const Analysis& analysis = report.analysis;
    Json json{{"procedure", procedure.id()},
              {"version", procedure.version()},
              {"must_pass", states_json(procedure, analysis.must_pass)}};
    for (const MustPass& must : analysis.must_pass_for) {
        json["must_pass_for"].push_back({{"outcome", outcome_json(procedure, must.outcome)},
                                         {"states", states_json(procedure, must.states)}});
    }
    json["loops"] = Json::array();
    for (const Loop& loop : analysis.loops) {
        Json one{{"from", state_id(procedure, loop.from)},
                 {"to", state_id(procedure, loop.to)},
                 {"bounded", loop.is_bounded}};
        if (loop.action != no_number) one["action"] = procedure.action(loop.from, loop.action).id;
        json["loops"].push_back(std::move(one));
    }
    for (const VariantCourses& courses : analysis.courses) {
        json["courses"].push_back(courses_json(procedure, courses));
    }
    for (const CalendarAnswers& answers : report.answers) {
        json["by_calendar"].push_back(answers_json(report, answers));
    }
    json["situations"] = {{"count", analysis.exploration.situations},
                          {"bound_reached", analysis.exploration.bound_reached}};
    return json;
}

}  // namespace workflow::cli
