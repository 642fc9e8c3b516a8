// What comes from outside: messages, called procedures, actions on the way, times of arrival, and fields.
#include <catch2/catch.hpp>

#include "simulation/arrivals.hpp"
#include "simulation/replication.hpp"
#include "support/dossier.hpp"
#include "unit/simulation/office.hpp"

using namespace workflow;
using namespace workflow::simulation;
using namespace workflow::test;

namespace {

Assumptions paid() {
    Assumptions made = assumptions_of(R"(procedure: paid
version: 1
title: Paid
calendar: always-open
roles: {officer: Officer, citizen: Citizen}
messages: {fee_paid: {key: code, fields: {amount: integer}}}
data: {code: text, got: {type: integer, default: 0}}
input: [code]
actions: {withdraw: {role: citizen, end: withdrawn}}
states:
  pay:
    receive: {fee_paid: {set: {got: message.amount}, to: check}}
    after: {30 days: {end: unpaid}}
  check: {task: officer, actions: {agree: {end: agreed}}}
outcomes: {agreed: Agreed, unpaid: Unpaid, withdrawn: Withdrawn}
)",
                                      always_open());
    made.arrivals = Distribution(Constant{1});
    made.applicant.roles = {"citizen"};
    employ(made, "officer", 1);
    return made;
}

std::uint64_t count_of(const Replication& run, const std::string& outcome) {
    const auto found = run.outcomes.find(outcome);
    return found == run.outcomes.end() ? 0 : found->second.count;
}

}  // namespace

TEST_CASE("a message comes as long after as supposed, for as many as supposed") {
    Assumptions one = paid();
    one.messages["fee_paid"] = {.after = Constant{10}};
    Replication run = replicate(one, {.dossiers = 20});
    CHECK(count_of(run, "agreed") == 20);
    CHECK(run.lead.least() == Approx(10));
    CHECK(run.lead.most() == Approx(10));
    one.messages["fee_paid"].comes = 0.8;
    run = replicate(one, {.dossiers = 1'000, .seed = 3});
    // Of 1,000 some 800, give or take three deviations of 12.6.
    CHECK(count_of(run, "agreed") > 760);
    CHECK(count_of(run, "agreed") < 840);
    CHECK(count_of(run, "unpaid") == 1'000 - count_of(run, "agreed"));
    one.messages.clear();
    CHECK(count_of(replicate(one, {.dossiers = 5}), "unpaid") == 5);
}

TEST_CASE("somebody withdraws on the way, and what came of him is no fault when it is too late") {
    Assumptions one = paid();
    one.messages["fee_paid"] = {.after = Constant{10}};
    one.occasional[""] = {{.action = "withdraw", .after = Constant{5}, .comes = 0.3}};
    Replication run = replicate(one, {.dossiers = 500, .seed = 3});
    // 150 of 500, give or take three deviations of 10.2.
    CHECK(count_of(run, "withdrawn") > 118);
    CHECK(count_of(run, "withdrawn") < 182);
    CHECK(run.ended == 500);
    CHECK(run.unable == 0);
    one.occasional[""].front().after = Constant{50};
    run = replicate(one, {.dossiers = 100, .seed = 3});
    CHECK(count_of(run, "withdrawn") == 0);
    CHECK(run.unable == 0);
}

TEST_CASE("a called procedure takes its time and comes out by its shares") {
    Assumptions one = assumptions_of(R"(procedure: caller
version: 1
title: Caller
calendar: always-open
roles: {officer: Officer}
data: {grade: {type: integer, default: 0}}
states:
  ask:
    call: other
    result: {grade: integer}
    outcomes: {good: {end: good}, otherwise: {end: bad}}
outcomes: {good: Good, bad: Bad}
)",
                                     always_open());
    one.arrivals = Distribution(Constant{1});
    CHECK(objections_to(one) ==
          std::vector<std::string>{"call ask: nothing says how 'other' comes out; it is not simulated itself"});
    one.calls["ask"] = {.takes = Constant{7}, .ends = {{"good", 3}, {"bad", 1}}};
    REQUIRE(objections_to(one).empty());
    const Replication run = replicate(one, {.dossiers = 400, .seed = 5});
    CHECK(run.lead.most() == Approx(7));
    // 300 of 400, give or take three deviations of 8.7.
    CHECK(count_of(run, "good") > 273);
    CHECK(count_of(run, "good") < 327);
    CHECK(count_of(run, "good") + count_of(run, "bad") == 400);
}

TEST_CASE("a field holds a value, a drawn one, or what an expression gives; what is missing is made up") {
    Assumptions one = assumptions_of(R"(procedure: filled
version: 1
title: Filled
calendar: always-open
roles: {officer: Officer}
data: {amount: integer, who: person, until: optional date, note: optional text}
input: [amount, who]
states:
  check:
    task: officer
    actions:
      small: {when: amount < 10, end: small, fields: {until: date, note: text}}
      large: {when: amount >= 10, end: large, fields: [until]}
outcomes: {small: Small, large: Large}
)",
                                     always_open());
    one.arrivals = Distribution(Constant{1});
    one.people = {{.id = "an", .roles = {"officer"}}};
    one.data = {{"amount", Distribution(Uniform{0, 19.499})}};
    const Replication run = replicate(one, {.dossiers = 1'000, .seed = 1});
    CHECK(run.unable == 0);
    CHECK(run.ended == 1'000);
    // Rounded, 0 to 19: 9.5 of 19.499 are below 10; 487 of 1,000, three deviations are 47.
    CHECK(count_of(run, "small") > 440);
    CHECK(count_of(run, "small") < 534);
}

TEST_CASE("dossiers come by weekday and hour, and none on a holiday") {
    Assumptions one = assumptions_of(one_task, plain_calendar("always-open", 1,
                                                            "reasons: {holiday: Holiday}\n"
                                                            "years: {2017: {source: A notice, "
                                                            "days_off: {holiday: 01-05}}}\n"));
    WeekOfArrivals week;
    week.per_weekday = {0, 40, 40, 40, 40, 40, 20};  // no Sunday; Saturday has no opening hours
    week.hours = {{{std::chrono::hours(8), std::chrono::hours(10)}, 3},
                  {{std::chrono::hours(20), std::chrono::hours(22)}, 1}};
    one.arrivals = week;
    ArrivalTimes times(one, 1, 0);
    std::map<unsigned, int> by_weekday;
    int mornings = 0;
    int all = 0;
    Instant before = one.begins;
    while (true) {
        const Instant at_instant = *times.next();
        CHECK(at_instant >= before);
        before = at_instant;
        if (at_instant >= at("2017-04-24 00:00")) break;  // sixteen weeks
        const Day day = one.calendar().day_of(at_instant);
        CHECK(day != one.calendar().day_of(at("2017-01-05 12:00")));
        ++by_weekday[std::chrono::weekday(day).c_encoding()];
        const auto hour = std::chrono::duration_cast<std::chrono::hours>(
            at_instant - instant_of(day, {}, one.calendar().offset()));
        const bool is_morning = hour.count() >= 8 && hour.count() < 10;
        const bool is_evening = hour.count() >= 20 && hour.count() < 22;
        CHECK((is_morning || is_evening));
        mornings += is_morning ? 1 : 0;
        ++all;
    }
    CHECK(by_weekday.count(0) == 0);
    CHECK(by_weekday[1] > 540);  // 640, four deviations are 101
    CHECK(by_weekday[1] < 740);
    CHECK(by_weekday[6] > 248);  // 320, four deviations are 72
    CHECK(by_weekday[6] < 392);
    CHECK(static_cast<double>(mornings) / all == Approx(0.75).margin(0.03));
}

TEST_CASE("listed arrivals come when they are listed, and no others") {
    Assumptions one = assumptions_of(one_task, always_open());
    one.arrivals = std::vector<Instant>{at("2017-01-02 09:00"), at("2017-01-02 09:00"),
                                        at("2017-01-03 00:00")};
    employ(one, "officer", 1);
    const Replication run = replicate(one, {.dossiers = 100});
    CHECK(run.arrived == 3);
    CHECK(run.hours == Approx(15));
    CHECK(replicate(one, {.dossiers = 100, .until = at("2017-01-02 12:00")}).arrived == 2);
}

TEST_CASE("work that comes against people who could do it is told before anything runs") {
    Assumptions one = assumptions_of(one_task, always_open());
    one.arrivals = Distribution(Exponential{2});
    one.work["check"].effort = Constant{3};
    employ(one, "officer", 2);
    Load load = heaviest_load(one);
    CHECK(load.roles == std::vector<std::uint32_t>{0});
    CHECK(load.hours_coming == Approx(1.5));
    CHECK(load.people == Approx(2));
    one.people.pop_back();
    load = heaviest_load(one);
    CHECK(load.ratio() == Approx(1.5));
    one.people.front().unlimited = true;
    CHECK(heaviest_load(one).ratio() == 0);
}

TEST_CASE("people of several roles are counted once for all that they could do") {
    Assumptions one = assumptions_of(R"(procedure: shared
version: 1
title: Shared
calendar: always-open
roles: {officer: Officer, head: Head}
states:
  check: {task: officer, actions: {agree: {to: sign}}}
  sign: {task: head, actions: {sign: {end: done}}}
outcomes: {done: Done}
)",
                                     always_open());
    one.arrivals = Distribution(Exponential{1});
    one.work["check"].effort = Constant{0.7};
    one.work["sign"].effort = Constant{0.7};
    one.people = {{.id = "an", .roles = {"officer", "head"}}};
    // Each role alone could be served, both together could not.
    const Load load = heaviest_load(one);
    CHECK(load.roles.size() == 2);
    CHECK(load.ratio() == Approx(1.4));
}
