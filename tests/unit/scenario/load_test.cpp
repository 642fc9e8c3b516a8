#include <catch2/catch.hpp>

#include "base/catalogue.hpp"
#include "unit/scenario/fixture.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

/// A case whose only step is `step`, on line 11.
std::string with_step(const std::string& step) {
    return tests_of(
        "  one:\n    title: One\n    given: {at: 2017-06-05 09:00, by: an, data: {name: x}}\n"
        "    steps:\n      - " +
        step + "\n");
}

}  // namespace

TEST_CASE("what a step misspells is refused with its place and the nearest name") {
    struct Misspelt {
        const char* step;
        const char* finding;
    };
    for (const Misspelt& one : {
             Misspelt{"{by: am, do: pass}", "11:14 unknown-person an"},
             {"{by: an, do: pas}", "11:22 no-such-action pass"},
             {"{by: an, do: pass, on: chek}", "11:32 unknown-state check"},
             {"{by: an, do: pass, on: {state: opinon}}", "11:40 unknown-state opinion"},
             {"{by: an, do: pass, with: {unit: []}}", "11:35 field-not-asked units"},
             {"{by: an, claim: opinon}", "11:25 unknown-state opinion"},
             {"{by: an, correct: {nam: x}}", "11:28 unknown-field name"},
             {"{by: an, do: pass, then: {stats: []}}", "11:35 unknown-key states"},
             {"{by: an, do: pass, then: {states: [chek]}}", "11:44 unknown-state check"},
             {"{by: an, do: pass, then: {at_door: [opinon]}}", "11:45 unknown-state opinion"},
             {"{by: an, do: pass, then: {history: [opinon]}}", "11:45 unknown-state opinion"},
             {"{by: an, do: pass, then: {due: {chek: none}}}", "11:41 no-such-clock check"},
             {"{by: an, do: pass, then: {clocks: {chek: late}}}", "11:44 no-such-clock check"},
             {"{by: an, do: pass, then: {clocks: {check: on tim}}}",
              "11:51 unknown-standing on time"},
             {"{by: an, do: pass, then: {todo: {am: []}}}", "11:42 unknown-person an"},
             {"{by: an, do: pass, then: {can: {an: [pas]}}}", "11:46 no-such-action pass"},
             {"{by: an, do: pass, then: {refused: not-your-rol}}",
              "11:44 unknown-refusal not-your-role"},
             {"{by: an, do: pass, then: {refused: role-not-yours}}",
              "11:44 unknown-refusal not-your-role"},
             {"{by: an, do: pass, then: {refused: used_twice}}", "11:44 unknown-refusal used-up"},
             {"{by: an, do: pass, then: {incidents: [stuk]}}", "11:47 unknown-refusal stuck"},
             {"{by: an, do: pass, then: {notified: [offcer]}}", "11:46 unknown-role officer"},
             {"{by: an, do: pass, then: {data: {nam: x}}}", "11:42 unknown-field name"},
             {"{by: an, do: pass, then: {ended: don}}", "11:42 unknown-outcome done"},
             {"{message: remrk}", "11:19 unknown-message remark"},
             {"{message: remark, with: {txt: x}}", "11:34 field-not-carried text"},
             {"{message: remark, by: am}", "11:31 unknown-person an"},
             {"{message: remark, then: {message: takn}}", "11:43 unknown-delivery taken"},
             {"{message: remark, then: {sent: [anser]}}", "11:41 unknown-message answer"},
             {"{by: an, doo: pass}", "11:18 unknown-key do"},
         }) {
        CAPTURE(one.step);
        const Strings found = findings(with_step(one.step));
        CHECK(std::find(found.begin(), found.end(), one.finding) != found.end());
        CHECK(loaded(with_step(one.step)).scenarios == nullptr);
    }
}

TEST_CASE("what a step cannot mean is refused") {
    struct Wrong {
        const char* step;
        const char* code;
    };
    for (const Wrong& one : {
             Wrong{"{at: soon, by: an, do: pass}", "not-a-time"},
             {"{at: 2017-06-04 09:00}", "time-goes-back"},
             {"{at: 2999-01-01 09:00}", "time-outside-calendar"},
             {"{at: 900000 working days}", "time-outside-calendar"},
             {"{by: an, do: pass, claim: check}", "two-events"},
             {"{by: an}", "no-event"},
             {"{at: 2017-06-06 09:00, by: an}", "key-without-event"},
             {"{do: pass}", "missing-key"},
             {"{by: an, claim: check, on: check}", "key-without-event"},
             {"{by: an, do: pass, key: x}", "key-without-event"},
             {"{by: an, message: remark, on: check}", "key-without-event"},
             {"{message: remark, do: pass}", "two-events"},
             {"{by: an, do: pass, then: {message: taken}}", "delivery-without-message"},
             {"{message: remark, with: {text: [x]}}", "not-a-text"},
             {"{by: an, do: count, with: {times: few}}", "not-an-integer"},
             {"{by: an, do: pass, on: opinion}", "no-such-action"},
             {"{by: an, do: pass, then: {due: {check: tomorrow}}}", "not-a-due-date"},
             {"{by: an, do: pass, then: {data: {units: x}}}", "not-a-list"},
             {"{effect: check}", "not-a-service"},
             {"{by: an, move: check}", "missing-key"},
             {"{by: an, do: pass, in_call: check}", "not-a-call"},
             {"{by: an, do: pass, to: check}", "key-without-event"},
         }) {
        CAPTURE(one.step);
        const LoadedScenarios read = loaded(with_step(one.step));
        REQUIRE_FALSE(read.diagnostics.empty());
        CHECK(read.diagnostics.front().code == one.code);
        CHECK(read.diagnostics.front().place.line == 11);
    }
}

TEST_CASE("people, cases and what is given are checked, too") {
    CHECK(findings("tests: other\npeople: {an: {role: offcer}}\ncases: {}\n") ==
          Strings{"1:8 tests-of-another licence", "2:21 unknown-role officer"});
    CHECK(findings("tests: licence\n").size() == 2);  // people, cases
    CHECK(findings("tests: licence\npeople: {\"a\\tb\": {role: officer}}\ncases: {}\n") ==
          Strings{"2:10 not-a-name 200"});
    const std::string longest(limits::key_bytes_max, 'a');
    for (const auto& [name, count] : {std::pair(longest, 0U), std::pair(longest + "a", 1U)}) {
        CHECK(findings("tests: licence\npeople: {an: {role: officer, for: " + name +
                       "}}\ncases: {}\n")
                  .size() == count);
    }
    CHECK(findings(tests_of("  One: {title: One, steps: []}\n")).front() == "7:3 not-an-id One");
    CHECK(findings(tests_of("  one: {title: One, steps: []}\n")) ==
          Strings{"7:8 given-or-after one"});
    CHECK(findings(tests_of("  one: {title: One, after: two}\n  twoo: {title: Two, after: one}\n"))
              .front() == "7:28 unknown-case twoo");
    CHECK(
        findings(tests_of("  one: {title: One, after: two}\n  two: {title: Two, after: one}\n")) ==
        Strings{"8:28 case-goes-round two"});
    CHECK(findings(tests_of("  one:\n    title: One\n    given: {at: 2 working days, by: an}\n")) ==
          Strings{"9:17 not-a-time 2 working days"});
    CHECK(findings(tests_of("  one:\n    title: One\n    given: {at: 2017-06-05 09:00, by: an, "
                            "variant: slwo}\n")) == Strings{"9:52 unknown-variant slow"});
}

TEST_CASE("limit: so many cases may go on from each other, and no more") {
    const auto chain = [](std::size_t cases) {
        std::string text =
            "  c0: {title: T, given: {at: 2017-06-05 09:00, by: an, data: {name: x}}}\n";
        for (std::size_t i = 1; i <= cases; ++i) {
            text = "  c" + std::to_string(i) + ": {title: T, after: c" + std::to_string(i - 1) +
                   "}\n" + text;
        }
        return tests_of(text);
    };
    CHECK(findings(chain(limits::cases_in_a_row_max)).empty());
    const Strings found = findings(chain(limits::cases_in_a_row_max + 1));
    REQUIRE(found.size() == 1);
    CHECK(found[0].find("too-many-cases-in-a-row") != std::string::npos);
}

TEST_CASE("every finding of a tests.yaml has a mend, in both languages") {
    std::size_t mended = 0;
    for (const base::CatalogueEntry& entry : base::scenario_catalogue()) {
        INFO(entry.code);
        CHECK_FALSE(entry.message_en.empty());
        CHECK_FALSE(entry.message_vi.empty());
        CHECK(entry.mend_en.empty() == entry.mend_vi.empty());
        if (!entry.mend_en.empty()) ++mended;
    }
    CHECK(mended == 29);
}

TEST_CASE("a file that cannot be read is a finding") {
    const auto read =
        load_scenarios_file("/nowhere/tests.yaml", load_procedure(licence, "licence.yaml"),
                            {load_calendar_file(shipped("calendars/vn-state.yaml"))});
    REQUIRE(read.diagnostics.size() == 1);
    CHECK(read.diagnostics[0].code == "unreadable-file");
}
