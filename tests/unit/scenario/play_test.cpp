#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "unit/scenario/fixture.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const std::string given =
    "  first:\n    title: First\n    given: {at: 2017-06-05 09:00, by: an, data: {name: x}}\n"
    "    steps:\n";

std::vector<ScenarioResult> played(const std::string& tests, const char* language = "en") {
    const LoadedScenarios read = loaded(tests);
    for (const Diagnostic& one : read.diagnostics) UNSCOPED_INFO(to_string(one));
    REQUIRE(read.scenarios != nullptr);
    return play(*read.scenarios, language);
}

/// The failures of the only case of these steps.
Strings failures(const std::string& steps) {
    const auto results = played(tests_of(given + steps));
    REQUIRE(results.size() == 1);
    Strings sentences;
    for (const Diagnostic& one : results[0].failures) sentences.push_back(one.message());
    return sentences;
}

bool holds(const std::string& steps) {
    return failures(steps).empty();
}

/// What a step that holds shows, once for what is so and once for what is not.
void check_each(const std::string& event, const std::vector<std::pair<Strings, Strings>>& table) {
    for (const auto& [right, wrong] : table) {
        for (const std::string& then : right) {
            CAPTURE(then);
            CHECK(holds("      - {" + event + ", then: {" + then + "}}\n"));
        }
        for (const std::string& then : wrong) {
            CAPTURE(then);
            CHECK_FALSE(holds("      - {" + event + ", then: {" + then + "}}\n"));
        }
    }
}

}  // namespace

TEST_CASE("each key of `then` holds for what is so, and for nothing else") {
    check_each(
        "at: 2017-06-06 10:00, by: an, do: pass, with: {units: [culture, sports]}",
        {{{"states: [opinion, opinion]"}, {"states: [opinion]", "states: []", "states: [check]"}},
         {{"history: [opinions, opinion, opinion]"},
          {"history: [opinion, opinions, opinion]", "history: []"}},
         {{"due: {check: none}"}, {"due: {check: 2017-06-07}"}},
         {{"clocks: {check: early}", "clocks: {check: none}"},
          {"clocks: {check: late}", "clocks: {check: in time}", "clocks: {check: on time}"}},
         {{"todo: {an: [opinion, opinion], binh: [opinion], lan: []}"},
          {"todo: {binh: []}", "todo: {an: [opinion]}"}},
         {{"can: {an: [done], lan: [withdraw]}"}, {"can: {an: []}", "can: {lan: [done]}"}},
         {{"notified: [officer]"}, {"notified: []", "notified: [leader]"}},
         {{"data: {units: [culture, sports], note: null}"},
          {"data: {units: [sports, culture]}", "data: {note: x}"}},
         {{"at_door: [], incidents: []"}, {"at_door: [opinion]", "incidents: [stuck]"}},
         {{}, {"ended: done", "ended: none", "refused: not-your-role"}}});
}

TEST_CASE("time passes as it says, and what falls due happens on the way") {
    CHECK(
        holds("      - {at: 2017-06-05 16:00, then: {notified: [], due: {check: 2017-06-07}}}\n"
              "      - {at: 2017-06-06 08:00, then: {notified: [officer]}}\n"
              "      - {at: 2 working days, then: {notified: [leader], clocks: {check: running "
              "late}}}\n"
              "      - {at: 2017-06-09 08:00, by: lan, do: withdraw, then: {ended: withdrawn, "
              "clocks: {check: late}}}\n"));
}

TEST_CASE("a due date is told by the hour where it is asked by the hour, several by a list") {
    check_each("at: 2017-06-05 10:00",
               {{{"due: {check: 2017-06-07 17:00}", "due: {check: [2017-06-07]}"},
                 {"due: {check: 2017-06-07 16:59}", "due: {check: [2017-06-07, 2017-06-07]}"}}});
}

TEST_CASE("a refusal that nobody expects fails, and so does one that does not come") {
    CHECK(failures("      - {by: lan, do: pass}\n") ==
          Strings{"first, step 2 (lan: do pass) is refused, not-your-role: 'pass' is done by the "
                  "role 'officer', which 'lan' does not hold; sign in as somebody who holds it"});
    CHECK(
        failures("      - {by: lan, do: withdraw, then: {refused: not-your-role}}\n") ==
        Strings{"first, step 2 (lan: do withdraw) should be refused, not-your-role, and is done"});
    CHECK(failures("      - {by: lan, do: pass, then: {refused: guard-false}}\n").size() == 1);
    CHECK(holds("      - {by: lan, do: pass, then: {refused: not-your-role, states: [check]}}\n"));
    CHECK(holds("      - {by: an, do: pass, then: {refused: missing-field}}\n"));
}

TEST_CASE("an incident that nobody expects fails") {
    const std::string broken =
        "      - {by: an, correct: {divisor: 0}}\n      - {by: an, do: count, with: {times: 1}";
    CHECK_FALSE(holds(broken + "}\n"));
    CHECK(holds(broken + ", then: {incidents: [cannot-evaluate], states: [computed]}}\n"
                         "      - {by: an, correct: {divisor: 100}}\n"
                         "      - {by: an, retry: computed, then: {states: [check]}}\n"));
}

TEST_CASE(
    "a message is addressed to the dossier, or finds it by its key; nobody else may need it") {
    CHECK(
        holds("      - {by: an, do: ask, then: {states: [check], sent: [answer, closed]}}\n"
              "      - {message: remark, with: {text: hm}, then: {message: ignored, sent: []}}\n"
              "      - {message: answer, then: {message: kept, states: [check]}}\n"
              "      - {message: answer, key: y, with: {note: b}, then: {message: kept}}\n"
              "      - {message: remark, key: x, with: {text: hm}, then: {message: not found}}\n"
              "      - {by: an, message: closed, then: {message: taken, ended: withdrawn}}\n"));
    CHECK(holds("      - {message: remark, then: {refused: missing-field}}\n"));
}

TEST_CASE("a message that nobody takes fails where nobody expects it") {
    CHECK(failures("      - {message: answer, key: y}\n") ==
          Strings{"first, step 2 (message answer): nobody takes it, it is kept"});
    CHECK(failures("      - {message: remark, with: {text: hm}}\n") ==
          Strings{"first, step 2 (message remark): nobody takes it, it is ignored"});
    CHECK(failures("      - {message: closed, then: {message: kept}}\n") ==
          Strings{"first, step 2 (message closed): message should be kept, and is taken"});
    CHECK(failures("      - {by: an, do: pass, with: {units: []}, then: {sent: [answer]}}\n") ==
          Strings{"first, step 2 (an: do pass): sent should be answer, and is -"});
}

TEST_CASE("what a way sends arrives in its step, and who begins to wait takes what is kept") {
    CHECK(
        holds("      - {by: an, do: ask, then: {history: [asked, check], data: {note: asked}}}\n"));
    CHECK(
        holds("      - {message: answer, key: x, with: {note: early}, then: {message: kept}}\n"
              "      - {by: an, do: ask, then: {history: [asked, check], data: {note: early}}}\n"
              "      - {by: an, do: ask, then: {history: [asked, check], data: {note: asked}}}\n"));
}

TEST_CASE("`on` names the activation by its state, its item or its number") {
    const std::string two = "      - {by: an, do: pass, with: {units: [culture, sports]}}\n";
    CHECK(holds(two + "      - {by: an, do: done, then: {refused: ambiguous}}\n"));
    CHECK(holds(two + "      - {by: an, do: done, on: {state: opinion, item: culture}, then: "
                      "{todo: {binh: [opinion]}}}\n"));
    CHECK(holds(two + "      - {by: an, do: done, on: {state: opinion, number: 2}, then: {todo: "
                      "{binh: []}}}\n"));
    CHECK(holds(two + "      - {by: an, do: done, on: {state: opinion, number: 3}, then: {refused: "
                      "no-such-work-item}}\n"));
}

TEST_CASE("a claim bars the others until it is given back") {
    CHECK(
        holds("      - {by: an, do: pass, with: {units: [culture, sports]}}\n"
              "      - {by: an, claim: opinion}\n"
              "      - {by: binh, do: done, then: {refused: held-elsewhere}}\n"
              "      - {by: an, release: opinion}\n"
              "      - {by: binh, do: done, then: {states: [opinion]}}\n"
              "      - {by: lan, cancel: entered twice, then: {ended: cancelled, states: []}}\n"));
}

TEST_CASE("a start may be refused, and may be of a variant") {
    const auto results = played(tests_of(
        "  nameless:\n    title: No name\n    given: {at: 2017-06-05 09:00, by: an, data: {name: "
        "nobody}, then: {refused: guard-false, states: []}}\n"
        "    steps:\n      - {by: an, do: pass, then: {refused: not-started}}\n"
        "  slow:\n    title: Slow\n    given: {at: 2017-06-05 09:00, by: an, variant: slow, data: "
        "{name: x}, then: {due: {check: 2017-06-09}}}\n"));
    for (const ScenarioResult& result : results) {
        INFO(failure_text(result));
        CHECK(result.holds());
    }
}

TEST_CASE(
    "a start that nobody expected to be refused fails with the reason, whatever is asked of it") {
    for (const char* asked :
         {"can: {an: [pass]}", "todo: {an: [check]}", "due: {check: 2017-06-07}",
          "clocks: {check: in time}", "states: [check]", "status: none"}) {
        CAPTURE(asked);
        const auto results =
            played(tests_of("  nameless:\n    title: No name\n    given: {at: 2017-06-05 09:00, "
                            "by: an, data: {name: "
                            "nobody}, then: {" +
                            std::string(asked) + "}}\n"));
        REQUIRE(results[0].failures.size() == 1);
        CHECK(results[0].failures[0].code == "step-refused");
        CHECK(results[0].failures[0].message().find("(an: given) is refused, guard-false: ") !=
              std::string::npos);
    }
}

TEST_CASE("the outer status is that of the state, then that of the outcome") {
    const auto read = loaded(
        "tests: licence\npeople: {an: {role: officer}}\ncases:\n  one:\n    title: One\n    "
        "given: {at: 2017-06-05 09:00, by: an, then: {status: none}}\n    steps:\n"
        "      - {by: an, do: done, then: {status: 2}}\n"
        "      - {by: an, do: done, then: {status: 10}}\n"
        "      - {by: an, do: done, then: {status: 2}}\n",
        R"(procedure: licence
version: 1
title: T
calendar: vn-state
roles: {officer: Officer}
statuses: {2: Received, 10: Returned}
states:
  a: {task: officer, to: b}
  b: {task: officer, status: 2, to: c}
  c: {task: officer, to: {end: done}}
outcomes: {done: {title: Done, status: 10}}
)");
    REQUIRE(read.scenarios != nullptr);
    const ScenarioResult result = play(*read.scenarios).front();
    REQUIRE(result.failures.size() == 1);
    CHECK(result.failures[0].message() ==
          "one, step 3 (an: do done): status should be 10, and is 2");
}

TEST_CASE("a clock that was late and waits now is waiting") {
    const auto read = loaded(
        "tests: licence\npeople: {an: {role: officer}}\ncases:\n  one:\n    title: One\n    "
        "given: {at: 2017-06-05 09:00, by: an, then: {clocks: {whole: in time}}}\n    steps:\n"
        "      - {at: 2017-06-09 09:00, then: {clocks: {whole: running late}}}\n"
        "      - {by: an, do: done, then: {clocks: {whole: waiting}}}\n"
        "      - {by: an, do: done, then: {clocks: {whole: late}}}\n",
        R"(procedure: licence
version: 1
title: T
calendar: vn-state
roles: {officer: Officer}
sla: {whole: {limit: 1 working day, while_waiting: pause}}
states:
  a: {task: officer, to: b}
  b: {task: officer, waiting_for: papers, to: {end: done}}
outcomes: {done: Done}
)");
    for (const Diagnostic& one : read.diagnostics) UNSCOPED_INFO(to_string(one));
    REQUIRE(read.scenarios != nullptr);
    const ScenarioResult result = play(*read.scenarios).front();
    INFO(failure_text(result));
    CHECK(result.holds());
}

TEST_CASE("a step of nothing but `then` looks, and what happened before is still the last step's") {
    CHECK(
        holds("      - {by: an, do: pass, with: {units: [culture]}}\n"
              "      - {then: {states: [opinion], history: []}}\n"));
}

TEST_CASE("a case goes on from another, which is lived through once and stays as it was") {
    const auto results = played(tests_of(
        "  second:\n    title: Second\n    after: first\n    steps:\n"
        "      - {at: 1 hour, by: an, do: pass, with: {units: []}, then: {ended: done}}\n" +
        given +
        "      - {at: 2017-06-06 09:00, then: {states: [check]}}\n"
        "  third:\n    title: Third\n    after: first\n    steps:\n"
        "      - {at: 2017-06-06 09:30, then: {states: [check]}}\n"));
    REQUIRE(results.size() == 3);
    CHECK(results[0].id == "second");
    for (const ScenarioResult& result : results) CHECK(result.holds());
}

TEST_CASE("a case that goes on from one that fails is not played") {
    const auto results =
        played(tests_of(given + "      - {at: 2017-06-06 09:00, then: {states: []}}\n" +
                        "  second:\n    title: Second\n    after: first\n    "
                        "steps:\n      - {by: an, do: pass}\n"));
    REQUIRE(results.size() == 2);
    CHECK(results[1].failures[0].message() == "second goes on from first, which does not hold");
    CHECK(results[1].steps == 0);
}

TEST_CASE("a failure tells step, place, expected and found, what happened and how days count") {
    const auto results = played(
        tests_of(given + "      - {at: 2017-06-06 09:00, then: {due: {check: 2017-06-08}}}\n"));
    CHECK(
        failure_text(results[0]) ==
        R"(tests.yaml:11:45: error[not-as-expected]: first, step 2 (at 2017-06-06 09:00): due: check should be 2017-06-08, and is 2017-06-07
  What happened:
    2017-06-05 09:00  an: given  -> entered check; clock check due 2017-06-07 17:00
    2017-06-06 09:00  -> clock check: 1 working day before; [officer] told
  How the days were counted:
    check: 2 working days from 2017-06-05 09:00
           2017-06-05  day of the event: not counted
        1  2017-06-06  counted
        2  2017-06-07  counted
)");
    const std::string vietnamese = failure_text(
        played(
            tests_of(given + "      - {at: 2017-06-06 09:00, then: {due: {check: 2017-06-08}}}\n"),
            "vi")[0],
        "vi");
    CHECK(vietnamese.find("Diễn biến:") != std::string::npos);
    CHECK(vietnamese.find("ngày phát sinh sự kiện: không tính") != std::string::npos);
}

TEST_CASE("an action that should be open and is not fails with what stands in its way") {
    const auto results =
        played(tests_of(given + "      - {by: an, do: pass, with: {units: [culture, sports]}}\n"
                                "      - {by: an, claim: opinion, then: {can: {binh: [done]}}}\n"));
    const std::string text = failure_text(results[0]);
    CHECK(text.find("can: binh should be done, and is -\n") != std::string::npos);
    CHECK(text.find("  What stands in the way:\n    done (opinion): ") != std::string::npos);
    CHECK(text.find("    done (opinion): held-elsewhere, ") != std::string::npos);
}

TEST_CASE("limit: a step lets so many timers pass, and no more") {
    const std::string procedure = R"(procedure: licence
version: 1
title: T
calendar: vn-state
roles: {officer: Officer}
states:
  a: {task: officer, after: {1 minute: {notify: officer, times: 20000}}, to: {end: done}}
outcomes: {done: Done}
)";
    const auto result_of = [&](std::size_t minutes) {
        const auto read = loaded(
            "tests: licence\npeople: {an: {role: officer}}\ncases:\n  one:\n    title: One\n    "
            "given: {at: 2017-06-05 09:00, by: an}\n    steps:\n      - {at: " +
                std::to_string(minutes) + " minutes, then: {notified: [officer]}}\n",
            procedure);
        REQUIRE(read.scenarios != nullptr);
        return play(*read.scenarios).front();
    };
    CHECK(result_of(limits::timers_between_steps_max - 1).holds());
    const ScenarioResult beyond = result_of(limits::timers_between_steps_max + 1);
    REQUIRE_FALSE(beyond.holds());
    CHECK(beyond.failures[0].code == "too-many-timers");
}

TEST_CASE("limit: a dossier that writes to itself for ever fails its step") {
    const auto read = loaded(
        "tests: licence\npeople: {an: {role: officer}}\ncases:\n  one:\n    title: One\n    "
        "given: {at: 2017-06-05 09:00, by: an}\n    steps:\n      - {message: ping}\n",
        R"(procedure: licence
version: 1
title: T
calendar: vn-state
roles: {officer: Officer}
messages: {ping: {}}
receive: {ping: {send: {message: ping, instance: "'licence/one'"}}}
states: {a: {task: officer, to: {end: done}}}
outcomes: {done: Done}
)");
    REQUIRE(read.scenarios != nullptr);
    const ScenarioResult result = play(*read.scenarios).front();
    REQUIRE_FALSE(result.holds());
    CHECK(result.failures[0].code == "too-many-timers");
}

TEST_CASE("a case counts by every calendar that the procedure names, and needs them") {
    const LoadedCalendar state = load_calendar_file(shipped("calendars/vn-state.yaml"));
    std::string other = state.source;
    other.replace(other.find("calendar: vn-state"), 18, "calendar: court");
    const LoadedProcedure procedure = load_procedure(R"(procedure: licence
version: 1
title: T
calendar: vn-state
roles: {officer: Officer}
states: {a: {task: officer, calendar: court, sla: 2 working days, to: {end: done}}}
outcomes: {done: Done}
)",
                                                     "licence.yaml");
    const std::string tests =
        "tests: licence\npeople: {an: {role: officer}}\ncases:\n  one:\n    title: One\n    "
        "given: {at: 2017-06-05 09:00, by: an, then: {due: {a: 2017-06-07}}}\n";
    const auto with = [&](std::vector<LoadedCalendar> calendars) {
        return load_scenarios(tests, "tests.yaml", procedure, std::move(calendars)).scenarios;
    };
    const LoadedCalendar court = load_calendar(other, "court.yaml");
    CHECK(play(*with({court, state})).front().holds());
    CHECK_THROWS_WITH(play(*with({state})), Catch::Contains("'court'"));
    CHECK_THROWS_WITH(with({court}), Catch::Contains("'vn-state'"));
}

TEST_CASE("the manual's examples hold of the manual's first procedure") {
    std::ifstream file(shipped("README.md"));
    std::string manual{std::istreambuf_iterator<char>(file), {}};
    const auto taken = [&](const std::string& start) {
        const std::size_t begin = manual.find("```yaml\n" + start);
        REQUIRE(begin != std::string::npos);
        return manual.substr(begin + 8, manual.find("```\n", begin + 8) - begin - 8);
    };
    const auto read = loaded(taken("tests:"), taken("procedure:"));
    for (const Diagnostic& one : read.diagnostics) UNSCOPED_INFO(to_string(one));
    REQUIRE(read.scenarios != nullptr);
    const auto results = play(*read.scenarios);
    REQUIRE(results.size() == 1);
    CHECK(failure_text(results[0]).empty());
}

TEST_CASE("the manual lists every code of a refusal, and no other") {
    std::ifstream file(shipped("README.md"));
    const std::string manual{std::istreambuf_iterator<char>(file), {}};
    const std::size_t begin = manual.find("Codes of refusals");
    REQUIRE(begin != std::string::npos);
    const std::string listed = manual.substr(begin, manual.find("\n\n", begin) - begin);
    std::size_t codes = 0;
    for (std::uint8_t number = 1;; ++number) {
        const std::string code = to_string(static_cast<RefusalCode>(number));
        if (code.empty()) break;
        ++codes;
        CAPTURE(code);
        CHECK(listed.find("`" + code + "`") != std::string::npos);
    }
    CHECK(static_cast<std::size_t>(std::count(listed.begin(), listed.end(), '`')) == 2 * codes);
}
