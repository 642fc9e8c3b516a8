// Scenario files: what they say becomes assumptions, and what is wrong is a finding with its place.
#include <catch2/catch.hpp>

#include "simulation/replication.hpp"
#include "support/dossier.hpp"
#include "unit/simulation/office.hpp"

using namespace workflow;
using namespace workflow::simulation;
using namespace workflow::test;

namespace {

constexpr const char* permit = R"(procedure: permit
version: 1
title: Permit
calendar: office
roles: {citizen: Citizen, officer: Officer, head: Head}
started_by: [citizen]
parameters:
  review: {type: limit, default: 5 working days}
variants:
  quick: {set: {review: 2 working days}}
messages: {fee_paid: {fields: {amount: integer}}}
data: {size: integer, kind: {type: [stall, hall], default: stall}, code: optional text}
input: [size, kind]
actions: {withdraw: {role: citizen, end: withdrawn, fields: {reason: text}}}
states:
  number: {service: numbering, result: {code: text}, to: pay}
  pay: {receive: {fee_paid: {to: check}}}
  check:
    task: officer
    sla: review
    actions: {agree: {to: sign, fields: {note: text}}, refuse: {end: refused}}
  sign: {task: head, actions: {sign: {end: granted}}}
outcomes: {granted: Granted, refused: Refused, withdrawn: Withdrawn}
)";

constexpr const char* whole = R"(simulation: permit
title: {en: As it is, vi: Như hiện nay}
begins: 2017-01-02 08:00
variant: quick
set: {review: 3 working days}
arrivals: {per_day: 4}
data:
  size: {uniform: {from: 1, to: 9}}
  kind: {choose: {stall: 75%, hall: 0.25}}
staff:
  citizen: unlimited
  officer: {count: 2, units: [north, south], absent: 2017-05-01 to 2017-05-12}
people:
  lan: {role: [officer, head], unit: north, absent: [2017-03-01, 2017-04-03 to 2017-04-04]}
queue: {priority: "kind == 'hall' ? 1 : 0"}
states:
  number: {takes: 5 minutes, fails: 1%, result: {code: A1}}
  check:
    waiting: {exponential: {mean: 90 minutes}}
    effort: {triangular: {from: 1 hour, mode: 2 hours, to: 0.5 working days}}
    choose:
      - {when: size > 5, choose: {agree: 60%, refuse: 40%}}
      - choose: {agree: 1}
    fields: {agree: {note: Fine}}
  sign: {effort: 10 minutes}
messages:
  fee_paid: {after: 2 working days, comes: 90%, fields: {amount: {cel: size * 10}}}
actions:
  withdraw: {after: 3 working days, comes: 2%}
)";

LoadedAssumptions load(const std::string& yaml) {
    static const auto procedure = procedure_of(permit);
    static const auto calendar = plain_calendar("office");
    Calendars calendars;
    calendars.add(calendar);
    return load_assumptions(yaml, "simulation.yaml", procedure, calendars);
}

/// `whole` with one line in place of the one that begins so.
std::string with(const std::string& begins, const std::string& line) {
    std::string text = whole;
    const std::size_t at = text.find("\n" + begins) + 1;
    REQUIRE(at != 0);
    return text.replace(at, text.find('\n', at) - at, line);
}

std::string only_finding(const std::string& yaml) {
    const LoadedAssumptions loaded = load(yaml);
    CHECK_FALSE(loaded.assumptions.has_value());
    std::string all;
    for (const Diagnostic& one : loaded.diagnostics) all += to_string(one) + '\n';
    CAPTURE(all);
    REQUIRE(loaded.diagnostics.size() == 1);
    const Diagnostic& one = loaded.diagnostics.front();
    CHECK_FALSE(one.mend().empty());
    CHECK(one.message("vi") != one.message("en"));
    return std::to_string(one.place.line) + ":" + std::to_string(one.place.column) + " " + one.code;
}

}  // namespace

TEST_CASE("a scenario says who comes, how long things take, and who is there") {
    const LoadedAssumptions loaded = load(whole);
    for (const Diagnostic& one : loaded.diagnostics) UNSCOPED_INFO(to_string(one));
    REQUIRE(loaded.assumptions.has_value());
    const Assumptions& made = *loaded.assumptions;
    CHECK(made.title.in("vi") == "Như hiện nay");
    CHECK(made.begins == at("2017-01-02 08:00"));
    CHECK(made.variant == "quick");
    CHECK(mean_of(std::get<Distribution>(made.arrivals)) == Approx(2));  // four in eight hours
    CHECK(made.data.size() == 2);
    REQUIRE(made.people.size() == 6);
    CHECK(made.people[0].unlimited);
    CHECK(made.people[1].id == "officer 1");
    CHECK(made.people[4].units == std::vector<std::string>{"south"});
    CHECK(made.people[5].roles == std::vector<std::string>{"officer", "head"});
    CHECK(made.people[5].absences.size() == 2);
    CHECK(made.applicant.id == "citizen");
    CHECK(made.queue_order == QueueOrder::priority);
    const Work& check = made.work.at("check");
    CHECK(mean_of(check.waiting) == Approx(1.5));
    CHECK(mean_of(check.effort) == Approx((1.0 + 2 + 4) / 3));
    REQUIRE(check.decisions.size() == 1);
    CHECK(check.decisions[0].choices[1].weight == Approx(0.4));
    CHECK(check.decisions[0].choices[0].fields.size() == 1);
    CHECK(mean_of(made.services.at("number").takes) == Approx(1.0 / 12));
    CHECK(mean_of(made.messages.at("fee_paid").after) == Approx(16));
    CHECK(made.occasional.at("").size() == 1);
    CHECK(objections_to(made).empty());
    const Replication run = replicate(made, {.dossiers = 300, .seed = 1});
    INFO(run.first_unable);
    CHECK(run.unable == 0);
    CHECK(run.ended + run.left == 300);
    CHECK(run.left < 60);  // those whose fee never comes
    CHECK(run.outcomes.at("granted").count > 100);
    CHECK(run.outcomes.at("refused").count > 20);
}

TEST_CASE("parameters are what the scenario sets them to, whatever the variant") {
    const auto late = [](const std::string& yaml) {
        const ClockResultCounts counts =
            replicate(*load(yaml).assumptions, {.dossiers = 400, .seed = 2}).clocks.at("check");
        return static_cast<double>(counts.late);
    };
    CHECK(late(with("set:", "set: {review: 1 working day}")) >
          late(with("set:", "set: {review: 20 working days}")));
}

TEST_CASE("what is wrong in a scenario is a finding with its place") {
    struct Case {
        std::string begins;
        std::string line;
        std::string finding;
    };
    const std::vector<Case> cases{
        {"variant:", "variant: quik", "4:10 unknown-variant"},
        {"set:", "set: {reviw: 1 day}", "5:7 unknown-parameter"},
        {"set:", "set: {review: soon}", "5:15 not-a-limit"},
        {"begins:", "begins: 2017-01-32", "3:9 not-an-instant"},
        {"begins:", "begins: 2031-01-02 08:00", "3:9 time-outside-calendar"},
        {"arrivals:", "arrivals: {}", "6:11 no-way-to-come"},
        {"arrivals:", "arrivals: {per_day: 4, every: 2 hours}", "6:21 two-ways-to-come"},
        {"arrivals:", "arrivals: {per_day: 0}", "6:21 nobody-comes"},
        {"arrivals:", "arrivals: {every: soon}", "6:19 not-a-time-at-work"},
        {"arrivals:", "arrivals: {every: {exponential: {mean: 0 hours}}}", "6:19 impossible-distribution"},
        {"arrivals:", "arrivals: {every: {uniform: {from: 1 hour, to: 2 hours}, normal: 1}}",
         "6:19 not-a-distribution"},
        {"arrivals:", "arrivals: {per_day: 1, hours: {08:00-09:00: 1}}", "6:31 hours-without-week"},
        {"arrivals:", "arrivals: {week: {mondy: 1}}", "6:19 not-a-weekday"},
        {"arrivals:", "arrivals: {at: [2017-01-03 08:00, 2017-01-02 08:00]}", "6:35 arrivals-go-back"},
        {"  size:", "  siz: 1", "8:3 field-not-an-input"},
        {"  kind:", "  kind: {choose: {stall: 0.5, hall: 0.4}}", "9:18 shares-not-one"},
        {"  kind:", "  kind: {choose: {stall: 1.5}}", "9:26 not-a-share"},
        {"  citizen:", "  citzen: unlimited", "11:3 unknown-role"},
        {"  citizen:", "  citizen: many", "11:12 not-an-integer"},
        {"  officer:", "  officer: 99999", "12:12 not-an-integer"},
        {"  lan:", "  officer 1: {role: head}", "14:3 person-twice"},
        {"  lan:", "  lan: {role: [officer, head], absent: 2017-03-05 to 2017-03-01}", "14:40 not-an-absence"},
        {"  lan:", "  lan: {role: [officer, head], calendar: other}", "14:42 calendar-not-given"},
        {"  lan:", "  lan: {role: officer}", "1:1 nobody-holds-role"},
        {"queue:", "queue: last_come", "15:8 unknown-queue-order"},
        {"queue:", "queue: {priority: sze}", "15:19 expression-unknown-name"},
        {"  number:", "  nummer: {takes: 5 minutes}", "17:3 unknown-state"},
        {"  number:", "  number: {takes: 2 working days}", "17:19 not-a-time-by-the-clock"},
        {"  number:", "  number: {result: {cod: A1}}", "17:21 field-not-in-result"},
        {"      - choose:", "      - choose: {agre: 1}", "23:18 no-such-action"},
        {"      - {when:", "      - {choose: {agree: 1}}", "22:9 choice-never-reached"},
        {"    fields:", "    fields: {agree: {nte: Fine}}", "24:22 field-not-asked"},
        {"  fee_paid:", "  fee_pad: {after: 1 hour}", "27:3 unknown-message"},
        {"  withdraw:", "  withdrw: {comes: 2%}", "29:3 no-such-action"}};
    for (const Case& one : cases) {
        CAPTURE(one.line);
        CHECK(only_finding(with(one.begins, one.line)) == one.finding);
    }
    CHECK(only_finding("simulation: permt\nbegins: 2017-01-02 08:00\narrivals: {per_day: 1}\n") ==
          "1:13 simulation-of-another");
    CHECK(only_finding("simulation: permit\nbegins: 2017-01-02 08:00\n") == "1:1 missing-key");
}

TEST_CASE("a call that nothing is supposed of is a finding") {
    const auto procedure = procedure_of(R"(procedure: caller
version: 1
title: Caller
calendar: office
roles: {officer: Officer}
states:
  ask: {call: other, to: {end: done}}
outcomes: {done: Done}
)");
    Calendars calendars;
    calendars.add(plain_calendar("office"));
    const LoadedAssumptions loaded = load_assumptions(
        "simulation: caller\nbegins: 2017-01-02 08:00\narrivals: {per_day: 1}\n", "simulation.yaml",
        procedure, calendars);
    REQUIRE(loaded.diagnostics.size() == 1);
    CHECK(loaded.diagnostics[0].code == "call-without-end");
}
