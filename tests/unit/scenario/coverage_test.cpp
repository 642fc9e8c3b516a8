#include <algorithm>
#include <catch2/catch.hpp>

#include "unit/scenario/fixture.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;
using Kind = CoveredPart::Kind;

namespace {

/// The tests below name its lines.
const char* const small = R"(procedure: licence
version: 1
title: T
calendar: vn-state
roles: {officer: Officer, clerk: Clerk}
data: {amount: {type: integer, default: 0}}
messages: {stop: {}}
start: sort
states:
  sort:
    task: officer
    sla: {limit: 2 working days, moments: {due: {notify: clerk}, 1 working day after: {notify: clerk}}}
    actions:
      weigh: {fields: [amount], to: [{when: amount > 10, to: heavy}, {otherwise: light}]}
      burn: {when: amount > 0, role: clerk, end: burnt}
    receive: {stop: {when: amount == 0, end: burnt}}
  heavy: {task: officer, after: {5 days: {end: burnt}}, to: {end: kept}}
  light: {task: officer, to: {end: kept}}
outcomes: {kept: Kept, burnt: Burnt}
)";

std::vector<Coverage> covered(const std::string& steps, const std::string& procedure = small) {
    const auto read = loaded(
        "tests: licence\npeople: {an: {role: officer}, lan: {role: clerk}}\ncases:\n  one:\n"
        "    title: One\n    given: {at: 2017-06-05 09:00, by: an}\n    steps:\n" +
            steps,
        procedure);
    for (const Diagnostic& one : read.diagnostics) UNSCOPED_INFO(to_string(one));
    REQUIRE(read.scenarios != nullptr);
    return cover(*read.scenarios);
}

/// `line name`, of guards with what was never so.
Strings missed(const Coverage& coverage, Kind kind) {
    Strings names;
    for (const CoveredPart& part : coverage.parts) {
        if (part.kind != kind || part.is_covered()) continue;
        std::string name = std::to_string(part.place.line) + " " + part.name;
        if (kind == Kind::guard) {
            if (!part.seen) name += ", never true";
            if (!part.seen_false) name += ", never false";
        }
        names.push_back(name);
    }
    return names;
}

}  // namespace

TEST_CASE("coverage names each state, way, moment and guard that no case has seen, by its line") {
    const Coverage coverage = covered("      - {by: an, do: weigh, with: {amount: 3}}\n").front();
    CHECK(coverage.procedure->id() == "licence");
    CHECK(missed(coverage, Kind::state) == Strings{"17 heavy"});
    CHECK(missed(coverage, Kind::way) == Strings{"14 sort: weigh, choice 1 (to heavy)",
                                                 "15 sort: burn", "16 sort: message stop",
                                                 "17 heavy: done", "18 light: done"});
    CHECK(missed(coverage, Kind::moment) == Strings{"12 clock sort: due",
                                                    "12 clock sort: 1 working day after",
                                                    "17 heavy: after 5 days"});
    CHECK(missed(coverage, Kind::guard) ==
          Strings{"14 sort: weigh, choice 1 (to heavy) when amount > 10, never true",
                  "15 sort: burn when amount > 0, never true, never false",
                  "16 sort: message stop when amount == 0, never true, never false"});
    CHECK(coverage.count(Kind::state).covered == 2);
    CHECK(coverage.count(Kind::state).all == 3);
    CHECK(coverage.count(Kind::way).covered == 2);  // the start, and the second choice
    CHECK(coverage.count(Kind::way).all == 7);
    CHECK_FALSE(coverage.is_full(Coverage::Wanted::without_guards));
}

TEST_CASE(
    "an action that is refused and a message that finds nobody count for their guards alone") {
    const Coverage coverage = covered(
                                  "      - {by: lan, do: burn, then: {refused: guard-false}}\n"
                                  "      - {by: lan, correct: {amount: 1}}\n"
                                  "      - {message: stop, then: {message: ignored}}\n")
                                  .front();
    CHECK(missed(coverage, Kind::guard) ==
          Strings{"14 sort: weigh, choice 1 (to heavy) when amount > 10, never true, never false",
                  "15 sort: burn when amount > 0, never true",
                  "16 sort: message stop when amount == 0, never true"});
    CHECK(coverage.count(Kind::way).covered == 1);
}

TEST_CASE("all cases together cover a procedure, and so do the cases of several files") {
    Coverage first = covered(
                         "      - {at: 2017-06-09 09:00}\n"
                         "      - {by: lan, do: burn, then: {refused: guard-false}}\n"
                         "      - {by: an, do: weigh, with: {amount: 30}}\n"
                         "      - {at: 6 days, then: {ended: burnt}}\n")
                         .front();
    CHECK(missed(first, Kind::moment).empty());
    first.add(covered("      - {by: an, correct: {amount: 1}}\n"
                      "      - {message: stop, then: {message: ignored}}\n"
                      "      - {by: lan, do: burn}\n")
                  .front());
    first.add(covered("      - {message: stop}\n").front());
    first.add(covered("      - {by: an, do: weigh, with: {amount: 11}}\n"
                      "      - {by: an, do: done}\n")
                  .front());
    CHECK_FALSE(first.is_full(Coverage::Wanted::without_guards));
    first.add(covered("      - {by: an, do: weigh, with: {amount: 1}}\n"
                      "      - {by: an, do: done}\n")
                  .front());
    CHECK(first.is_full(Coverage::Wanted::without_guards));
    CHECK(first.is_full(Coverage::Wanted::all));
}

TEST_CASE("a way that is undone because it fails has not been taken") {
    const Coverage coverage =
        covered("      - {by: an, do: done, then: {incidents: [cannot-evaluate]}}\n",
                R"(procedure: licence
version: 1
title: T
calendar: vn-state
roles: {officer: Officer, clerk: Clerk}
data: {divisor: {type: integer, default: 0}, share: {type: integer, default: 0}}
states:
  a: {task: officer, to: b}
  b: {choice: [{when: divisor == 0, set: {share: 1 / divisor}, to: c}, {otherwise: c}]}
  c: {task: officer, to: {end: done}}
outcomes: {done: Done}
)")
            .front();
    CHECK(missed(coverage, Kind::way) ==
          Strings{"9 b, choice 1 (to c)", "9 b, choice 2 (to c)", "10 c: done"});
}
