#include "base/catalogue.hpp"
#include "scenario/observation.hpp"
#include "scenario/timeline.hpp"
#include "workflow/limits.hpp"
#include "workflow/scenario.hpp"

namespace workflow {
namespace scenario {
namespace {

class Player {
public:
    Player(const Script& script, std::string_view language)
        : script_(script), language_(language) {}

    std::vector<ScenarioResult> play() {
        results_.resize(script_.cases.size());
        is_played_.resize(script_.cases.size());
        for (std::size_t i = 0; i < script_.cases.size(); ++i) play(i);
        return std::move(results_);
    }

private:
    void play(std::size_t number) {
        if (is_played_[number]) return;
        is_played_[number] = true;
        const Case& played = script_.cases[number];
        ScenarioResult& result = results_[number];
        result.id = played.id;
        result.title = played.title.in(language_);
        if (played.after != SIZE_MAX) {
            play(played.after);
            const ScenarioResult& before = results_[played.after];
            if (!before.holds()) {
                return fail(result, played.place, "case-before-fails", {played.id, before.id});
            }
            result.timeline = before.timeline;
        }
        Dossier dossier(script_, played.id);
        live_through(dossier, played.after);
        for (const ScriptStep& step : played.steps) {
            dossier.play(step);
            ++result.steps;
            result.timeline.push_back(timeline_line(dossier, script_, step, language_));
            check(dossier, step, played, result);
            if (!result.holds()) return;
        }
        if (!played.steps.empty()) check_unseen(dossier, played, result);
    }

    /// What nobody has looked at since: an incident there is a fault, too.
    void check_unseen(const Dossier& dossier, const Case& played, ScenarioResult& result) {
        for (const Life& life : dossier.lives()) {
            if (&life == &dossier.asked() || incidents(life).empty()) continue;
            fail(result, played.steps.back().place, "incident-not-expected",
                 {played.id + ", " + life.instance.id, joined(incidents(life))});
        }
    }

    /// What came before is played anew: an engine cannot be copied, and gives the same again.
    void live_through(Dossier& dossier, std::size_t number) const {
        if (number == SIZE_MAX) return;
        live_through(dossier, script_.cases[number].after);
        for (const ScriptStep& step : script_.cases[number].steps) dossier.play(step);
    }

    void check(const Dossier& dossier, const ScriptStep& step, const Case& played,
               ScenarioResult& result) {
        const std::string where =
            played.id + ", " +
            say("step-named", {std::to_string(result.steps),
                               step.label.empty() ? "at " + time(step.at) : step.label});
        if (dossier.has_too_many_timers()) {
            return fail(result, step.place, "too-many-timers",
                        {where, std::to_string(limits::timers_between_steps_max)});
        }
        check_answer(dossier, step, where, result);
        // Of a dossier that should be there and is not nothing more can be said.
        if (!result.holds() && !dossier.asked().is_started()) return;
        for (const Expectation& expected : step.then) {
            if (expected.kind == Expectation::Kind::refused) continue;
            check_one(dossier, step, expected, where, result);
        }
        // An incident that nobody expects is a fault of the procedure, whatever else holds.
        const bool names_incidents = find(step, Expectation::Kind::incidents) != nullptr;
        const auto opened = incidents(dossier.asked());
        if (!names_incidents && !opened.empty()) {
            fail(result, step.place, "incident-not-expected", {where, joined(opened)});
        }
    }

    static const Expectation* find(const ScriptStep& step, Expectation::Kind kind) {
        for (const Expectation& one : step.then) {
            if (one.kind == kind) return &one;
        }
        return nullptr;
    }

    void check_answer(const Dossier& dossier, const ScriptStep& step, const std::string& where,
                      ScenarioResult& result) {
        const Expectation* expected = find(step, Expectation::Kind::refused);
        const auto& refusal = dossier.refused();
        const std::string found = refusal ? to_string(refusal->code) : "";
        if (expected == nullptr && refusal) {
            fail(result, step.place, "step-refused", {where, found, refusal->reason(language_)});
        } else if (expected != nullptr && !refusal) {
            fail(result, expected->place, "step-not-refused", {where, expected->words.front()});
        } else if (expected != nullptr && found != expected->words.front()) {
            fail(result, expected->place, "refused-otherwise",
                 {where, expected->words.front(), found, refusal->reason(language_)});
        }
        const auto how = dossier.delivered();
        const bool is_lost = how && *how != Delivered::How::taken;
        if (is_lost && find(step, Expectation::Kind::message) == nullptr) {
            fail(result, step.place, "message-not-taken", {where, to_string(*how)});
        }
    }

    void check_one(const Dossier& dossier, const ScriptStep& step, const Expectation& expected,
                   const std::string& where, ScenarioResult& result) {
        const Observation seen = observe(dossier, script_, expected, step.at);
        if (seen.holds) return;
        fail(result, expected.place, "not-as-expected",
             {where, subject_of(script_, step, expected), seen.expected, seen.found});
        const auto against = objections(dossier, script_, expected, step.at, language_);
        result.objections.insert(result.objections.end(), against.begin(), against.end());
        const bool of_clock =
            expected.kind == Expectation::Kind::due || expected.kind == Expectation::Kind::clock;
        if (!of_clock) return;
        const auto lines =
            reasoning_of(dossier.asked(), script_, expected.subject, step.at, language_);
        result.reasoning.insert(result.reasoning.end(), lines.begin(), lines.end());
    }

    static void fail(ScenarioResult& result, const Place& place, const char* code,
                     std::vector<std::string> arguments) {
        result.failures.push_back({Severity::error, code, place, std::move(arguments)});
    }

    std::string say(std::string_view code, std::vector<std::string> arguments) const {
        return base::sentence(code, language_, arguments).message;
    }
    std::string time(Instant instant) const {
        return to_short_string(instant, script_.calendar->offset());
    }

    const Script& script_;
    std::string_view language_;
    std::vector<ScenarioResult> results_;
    std::vector<bool> is_played_;
};

void add_lines(std::string& text, std::string_view heading, const std::vector<std::string>& lines,
               std::string_view language) {
    if (lines.empty()) return;
    text += "  " + base::sentence(heading, language, {}).message + "\n";
    for (const std::string& line : lines) text += "    " + line + "\n";
}

}  // namespace
}  // namespace scenario

std::vector<ScenarioResult> play(const scenario::Script& scenarios, std::string_view language) {
    return scenario::Player(scenarios, language).play();
}

std::string failure_text(const ScenarioResult& result, std::string_view language) {
    if (result.holds()) return {};
    std::string text;
    for (const Diagnostic& failure : result.failures) text += to_string(failure, language) + "\n";
    scenario::add_lines(text, "heading-timeline", result.timeline, language);
    scenario::add_lines(text, "heading-objections", result.objections, language);
    scenario::add_lines(text, "heading-reasoning", result.reasoning, language);
    return text;
}

}  // namespace workflow
