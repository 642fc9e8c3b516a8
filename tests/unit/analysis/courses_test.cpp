#include <algorithm>
#include <catch2/catch.hpp>

#include "unit/analysis/analysis_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

using Names = std::vector<std::string>;

std::shared_ptr<const Procedure> onboarding() {
    return procedure_or_throw(
        load_procedure_file(WORKFLOW_SOURCE_DIR "/procedures/service_onboarding/procedure.yaml"));
}

std::shared_ptr<const Calendar> state_calendar() {
    return calendar_or_throw(
        load_calendar_file(WORKFLOW_SOURCE_DIR "/procedures/calendars/vn-state.yaml"));
}

constexpr const char* five_days =
    "states:\n  work: {task: a, sla: 5 working days, actions: {yea: {end: x}, nay: {end: y}}}\n";

}  // namespace

TEST_CASE("the limits of the law for a new service come to 45 working days") {
    const auto procedure = onboarding();
    const Analysis analysis = analyze(*procedure);
    const Course& latest = courses_to(*procedure, analysis, "published").latest;
    // 30 to set up, 5 to confirm, 10 for pilot and submission (Decision 1690/QĐ-BVHTTDL).
    CHECK(latest.sum_by_law(*procedure) == std::vector<Limit>{{45, Unit::working_days}});
    // Ours are 10 for the appraisal and 5 for the decision.
    CHECK(latest.sum() == std::vector<Limit>{{60, Unit::working_days}});
    CHECK(told(*procedure, latest) ==
          "(draft_process), legal_appraisal 10 working days, it_setup 30 working days, "
          "confirm 5 working days, piloting 10 working days, leaders_decision 5 working days");
}

TEST_CASE("a variant's limits make its own sum, unit by unit") {
    const auto procedure = onboarding();
    const Analysis analysis = analyze(*procedure);
    REQUIRE(analysis.courses.size() == 2);
    CHECK(analysis.courses[1].variant == "moit");
    // 10 + 30 + 5 + 5 (submission) + 5 working days, and a pilot of 5 days.
    CHECK(courses_to(*procedure, analysis, "published", 1).latest.sum() ==
          std::vector<Limit>{{55, Unit::working_days}, {5, Unit::days}});
}

TEST_CASE("every published service was drafted, appraised, set up, confirmed, piloted, decided") {
    const auto procedure = onboarding();
    const Analysis analysis = analyze(*procedure);
    CHECK(ids(*procedure, analysis.must_pass) == Names{"draft_process"});
    const auto published = std::find_if(
        analysis.must_pass_for.begin(), analysis.must_pass_for.end(),
        [&](const MustPass& must) { return procedure->outcome(must.outcome).id == "published"; });
    REQUIRE(published != analysis.must_pass_for.end());
    CHECK(ids(*procedure, published->states) ==
          Names{"draft_process", "legal_appraisal", "it_setup", "unit_confirmation", "piloting",
                "pilot_and_agree", "submit_to_leaders", "leaders_decision"});
}

TEST_CASE("branches that always open are passed where all are waited for") {
    const auto all = of_lines(R"(data: {more: boolean}
input: [more]
states:
  both: {parallel: {one: {task: a}, two: {task: a}, three: {when: more, task: a}}, to: last}
  last: {task: b, actions: {yea: {end: x}, nay: {end: y}}}
)");
    CHECK(ids(*all, analyze(*all).must_pass) == Names{"both", "one", "two", "last"});
    const auto any = of_lines(R"(states:
  both: {parallel: {one: {task: a}, two: {task: a}}, join: any, others: cancel, to: last}
  last: {task: b, actions: {yea: {end: x}, nay: {end: y}}}
)");
    CHECK(ids(*any, analyze(*any).must_pass) == Names{"both", "last"});
}

TEST_CASE("a loop that nothing bounds is left out, and named by its way back") {
    const auto procedure = of_lines(R"(states:
  ask: {task: a, sla: 2 days, actions: {send: decide}}
  decide: {task: b, sla: 3 days, actions: {yea: {end: x}, nay: {end: y}, return: ask}}
)");
    CHECK(latest_of(*procedure, "x") == "ask 2 days, decide 3 days");
    const Analysis analysis = analyze(*procedure);
    REQUIRE(analysis.loops.size() == 1);
    const Loop& loop = analysis.loops.front();
    CHECK(ids(*procedure, {loop.from, loop.to}) == Names{"decide", "ask"});
    CHECK(procedure->action(loop.from, loop.action).id == "return");
    CHECK_FALSE(loop.is_bounded);
}

TEST_CASE("at_most, or a guard that counts, bounds a loop") {
    const auto procedure = of_lines(R"(states:
  ask: {task: a, actions: {send: decide, refuse: {end: y}}}
  decide:
    task: b
    actions: {yea: {end: x}, return: {to: ask, at_most: 2}, again: {to: ask, when: "times('again') < 3"}}
)");
    const Analysis analysis = analyze(*procedure);
    REQUIRE(analysis.loops.size() == 2);
    CHECK(analysis.loops[0].is_bounded);
    CHECK(analysis.loops[1].is_bounded);
}

TEST_CASE("a loop that at_most bounds is gone as often as it allows at the latest") {
    const auto procedure = of_lines(R"(states:
  ask: {task: a, sla: 2 days, actions: {send: decide}}
  decide:
    task: b
    sla: 3 days
    actions: {yea: {end: x}, nay: {end: y}, return: {to: ask, at_most: 2}}
)");
    CHECK(latest_of(*procedure, "x") ==
          "ask 2 days, decide 3 days, ask 2 days, decide 3 days, ask 2 days, decide 3 days");
}

TEST_CASE("what at_most counts anywhere in a round bounds the way back") {
    // The applicant may be asked once; the way back is his answer.
    const auto procedure = of_lines(R"(states:
  check: {task: a, sla: 3 days, actions: {yea: {end: x}, more: {to: supplement, at_most: 1}}}
  supplement: {task: b, after: {30 days: {end: y}}, actions: {supply: check}}
)");
    const Analysis analysis = analyze(*procedure);
    REQUIRE(analysis.loops.size() == 1);
    CHECK(analysis.loops[0].is_bounded);
    CHECK(latest_of(*procedure, "x") == "check 3 days, supplement 30 days, check 3 days");
    CHECK(latest_of(*procedure, "y") == "check 3 days, supplement 30 days");
}

TEST_CASE("a limit that a wait restarts is there again after it, and not before an end in the wait") {
    const auto of_policy = [](const std::string& policy) {
        return of_lines("states:\n  rec:\n    sla: {limit: 3 working days, while_waiting: {papers: " +
                        policy + R"(}}
    states:
      check: {task: a, actions: {yea: {end: x}, more: {to: supplement, at_most: 1}}}
      supplement:
        task: b
        waiting_for: papers
        after: {30 days: {end: y}}
        actions: {supply: check}
)");
    };
    const auto restarting = of_policy("restart");
    CHECK(latest_of(*restarting, "x") ==
          "rec 3 working days, supplement 30 days, rec 3 working days");
    CHECK(latest_of(*restarting, "y") == "rec 3 working days, supplement 30 days");
    const auto pausing = of_policy("pause");
    CHECK(latest_of(*pausing, "x") == "rec 3 working days, supplement 30 days");
    CHECK(latest_of(*of_policy("continue"), "y") == "rec 3 working days");
}

TEST_CASE("of ways out of a group the latest counts after its limit, which a wait may exceed") {
    // Ten days of work are cut to the group's 3; 5 days of waiting come on top of them: 8, not 3.
    const auto procedure = of_lines(R"(states:
  rec:
    sla: {limit: 3 working days, while_waiting: {papers: pause}}
    start: check
    states:
      check: {task: a, actions: {slow: long, more: supplement}}
      long: {task: a, sla: 10 working days, actions: {finish: {end: x}}}
      supplement:
        task: b
        waiting_for: papers
        after: {5 working days: {end: x}}
        actions: {give_up: {end: y}}
)");
    CHECK(latest_of(*procedure, "x") == "rec 3 working days, supplement 5 working days");
}

TEST_CASE("of ways that meet in a group the shorter one counts where its wait comes on top") {
    const auto procedure = of_lines(R"(states:
  rec:
    sla: {limit: 3 working days, while_waiting: {papers: pause}}
    start: check
    states:
      check: {task: a, actions: {slow: long, more: supplement}}
      long: {task: a, sla: 10 working days, actions: {finish: decide}}
      supplement: {task: b, waiting_for: papers, after: {5 working days: decide}, to: decide}
      decide: {task: a, actions: {yea: {end: x}, nay: {end: y}}}
)");
    CHECK(latest_of(*procedure, "x") == "rec 3 working days, supplement 5 working days");
}

TEST_CASE("the latest way to an end may be one that has not used up at_most before") {
    const auto procedure = of_lines(R"(states:
  check: {task: a, sla: 3 days, actions: {more: {to: supplement, at_most: 1}, go: decide}}
  supplement: {task: b, sla: 5 days, actions: {supply: decide, give_up: {end: y}}}
  decide: {task: a, sla: 1 day, actions: {yea: {end: x}, back: {to: check, at_most: 1}}}
)");
    CHECK(latest_of(*procedure, "y") == "check 3 days, decide 1 day, check 3 days, supplement 5 days");
    CHECK(latest_of(*procedure, "x") ==
          "check 3 days, supplement 5 days, decide 1 day, check 3 days, decide 1 day");
}

TEST_CASE("a loop of many rounds is gone to its end, and one of too many is said to be longer") {
    const auto rounds = [](const std::string& at_most) {
        return of_lines("states:\n  ask: {task: a, sla: 1 day, actions: {send: decide}}\n"
                        "  decide:\n    task: b\n    sla: 1 day\n"
                        "    actions: {yea: {end: x}, nay: {end: y}, again: {to: ask, at_most: " +
                        at_most + "}}\n");
    };
    const auto many = rounds("200");
    const Course latest = courses_to(*many, analyze(*many), "x").latest;
    CHECK(latest.sum() == std::vector<Limit>{{402, Unit::days}});
    CHECK_FALSE(latest.is_at_least);
    const auto too_many = rounds("1000000");
    const Course cut = courses_to(*too_many, analyze(*too_many), "x").latest;
    CHECK(cut.is_at_least);
    CHECK(cut.sum().front().count > 10'000);
}

TEST_CASE("side by side the slower branch counts, and with join: any the faster") {
    const std::string branches =
        "parallel: {one: {task: a, sla: 3 days}, two: {task: b, sla: 1 week}}";
    const std::string end = "  last: {task: a, actions: {yea: {end: x}, nay: {end: y}}}\n";
    CHECK(latest_of(*of_lines("states:\n  both: {" + branches + ", to: last}\n" + end), "x") ==
          "two 1 week, (last)");
    CHECK(latest_of(*of_lines("states:\n  both: {" + branches +
                              ", join: any, others: cancel, to: last}\n" + end),
                    "x") == "one 3 days, (last)");
}

TEST_CASE("a phase's own limit bounds its inside, and what waits comes on top") {
    const std::string inside = R"(
    states:
      one: {task: a, sla: 8 working days, to: ask}
      ask: {task: a, waiting_for: papers, sla: 4 working days, to: two}
      two: {task: b, sla: 8 working days, actions: {yea: {end: x}, nay: {end: y}}}
)";
    const auto pausing = of_lines(
        "states:\n  phase:\n    sla: {limit: 10 working days, while_waiting: pause}" + inside);
    CHECK(latest_of(*pausing, "x") == "phase 10 working days, ask 4 working days");
    const auto counting = of_lines(
        "states:\n  phase:\n    sla: {limit: 10 working days, while_waiting: continue}" + inside);
    CHECK(latest_of(*counting, "x") == "phase 10 working days");
    const auto restarting = of_lines(
        "states:\n  phase:\n    sla: {limit: 10 working days, while_waiting: restart}" + inside);
    CHECK(latest_of(*restarting, "x") ==
          "one 8 working days, ask 4 working days, two 8 working days");
}

TEST_CASE("a limit by kind of request counts at its longest") {
    const auto procedure = of_lines(R"(data: {kind: [plain, hard]}
input: [kind]
parameters: {short: {type: limit, default: 10 days}, long: {type: limit, default: 20 days}}
states:
  work: {task: a, sla: "kind == 'hard' ? long : short", actions: {yea: {end: x}, nay: {end: y}}}
)");
    CHECK(latest_of(*procedure, "x") == "work 20 days");
}

TEST_CASE("a stay that only a timer ends lasts as long at the earliest, too") {
    const auto procedure = of_lines(R"(states:
  lie: {after: {10 days: act}}
  act: {task: a, actions: {yea: {end: x}, nay: {end: y}}}
)");
    CHECK(earliest_of(*procedure, "x") == "lie 10 days, act");
    CHECK(latest_of(*procedure, "x") == "lie 10 days, (act)");
}

TEST_CASE("a start on 25 April 2017 with thirty working days ends on 8 June 2017") {
    const auto procedure = of_lines(
        "states:\n  setup: {task: a, sla: 30 working days, actions: {yea: {end: x}, nay: {end: "
        "y}}}\n");
    const auto calendar = state_calendar();
    const Instant start = *parse_instant("2017-04-25 08:00", calendar->offset());
    const auto finishes = finish_instants(*procedure, "", *calendar, start);
    REQUIRE(finishes.size() == 2);
    CHECK(finishes[0].earliest == start);
    CHECK(to_short_string(finishes[0].latest, calendar->offset()) == "2017-06-08 17:00");
    CHECK(finishes[0].working_days == 30);
    CHECK_FALSE(finishes[0].is_open);
}

TEST_CASE("two limits in a row count on from where the first ended") {
    const auto procedure = of_lines(R"(states:
  one: {task: a, sla: 10 working days, to: two}
  two: {task: b, sla: 20 working days, actions: {yea: {end: x}, nay: {end: y}}}
)");
    const auto calendar = state_calendar();
    const Instant start = *parse_instant("2017-04-25 08:00", calendar->offset());
    const auto finishes = finish_instants(*procedure, "", *calendar, start);
    CHECK(to_short_string(finishes[0].latest, calendar->offset()) == "2017-06-08 17:00");
}

TEST_CASE("over the starts of 2026 five working days last longest across Tet") {
    const auto procedure = of_lines(five_days);
    const auto year = finishes_of_year(*procedure, "", *state_calendar(), 2026);
    REQUIRE(year.size() == 2);
    // Days off from Monday 16 to Friday 20 February: whoever starts from the 9th to the 13th.
    CHECK(year[0].longest.days == 14);
    CHECK(to_string(year[0].longest.start) == "2026-02-09");
    CHECK(to_string(year[0].longest.finish) == "2026-02-23");
    CHECK(year[0].longest.starts == 5);
    // A Saturday that is worked in exchange, 10 January and 22 August, saves a weekend.
    CHECK(year[0].shortest.days == 5);
    CHECK(to_string(year[0].shortest.start) == "2026-01-05");
    CHECK(year[0].shortest.starts == 2);
    CHECK_FALSE(year[0].is_open);
}

TEST_CASE("a year whose days off are not announced is refused") {
    const auto procedure = of_lines(five_days);
    try {
        static_cast<void>(finishes_of_year(*procedure, "", *state_calendar(), 2027));
        FAIL("it answered");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::misuse);
    }
}

TEST_CASE("a way out of a branch to where its parallel goes by itself is told") {
    const auto found = [](const std::string& one, const std::string& join) {
        const LoadedProcedure read = load_procedure(
            analysed_file("states:\n  both: {parallel: {first: {task: a, actions: {answer: {" + one +
                     "}}}, second: {task: b, actions: {answer: {end: none}}}}" + join +
                     ", to: last}\n  last: {task: a, actions: {yea: {end: x}, nay: {end: y}}}\n"),
            "test.yaml");
        std::string codes;
        for (const Diagnostic& diagnostic : read.diagnostics) codes += diagnostic.code + " ";
        return codes;
    };
    CHECK(found("to: last", "") == "branch-leads-on ");
    CHECK(found("end: none", "").empty());
    CHECK(found("end: none", ", join: any, others: cancel").empty());
}
