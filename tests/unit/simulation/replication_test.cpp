// What holds of every run, whatever is supposed.
#include <catch2/catch.hpp>

#include "simulation/replication.hpp"
#include "support/dossier.hpp"
#include "unit/simulation/office.hpp"

using namespace workflow;
using namespace workflow::simulation;
using namespace workflow::test;

namespace {

/// A permit with a warning and a deadline, in an office of working days.
constexpr const char* permit = R"(procedure: permit
version: 1
title: Permit
calendar: office
roles: {officer: Officer, head: Head}
states:
  check:
    task: officer
    sla: 2 working days
    actions: {agree: {to: sign}, refuse: {end: refused}}
    after: {4 working days: {to: sign}}
  sign: {task: head, sla: 1 working day, actions: {agree: {end: agreed}, ask: {to: check}}}
outcomes: {agreed: Agreed, refused: Refused}
)";

Assumptions permit_office() {
    Assumptions made = assumptions_of(permit, plain_calendar("office"));
    made.arrivals = Distribution(Exponential{2});
    made.work["check"] = {Lognormal{5, 4}, {{"agree", 3, {}}, {"refuse", 1, {}}}};
    made.work["sign"] = {Triangular{0.1, 0.5, 1}, {{"agree", 9, {}}, {"ask", 1, {}}}};
    employ(made, "officer", 3);
    employ(made, "head", 1);
    return made;
}

}  // namespace

TEST_CASE("one dossier after another takes its effort, no less and no more") {
    Assumptions one = assumptions_of(one_task, always_open());
    one.arrivals = Distribution(Constant{5});
    one.work["check"].effort = Constant{2};
    employ(one, "officer", 1);
    const Replication run = replicate(one, {.dossiers = 4});
    CHECK(run.arrived == 4);
    CHECK(run.ended == 4);
    CHECK(run.lead.least() == Approx(2));
    CHECK(run.lead.most() == Approx(2));
    CHECK(run.hours == Approx(3 * 5 + 2));  // since the first came
    CHECK(run.people[0].busy_hours == Approx(8));
    const StateResult& check = run.states[number_of(one, "check")];
    CHECK(check.waiting.most() == 0);
    CHECK(check.queue_most == 0);
    REQUIRE(run.outcomes.size() == 1);
    CHECK(run.outcomes.at("agreed").count == 4);
}

TEST_CASE("who comes while everybody is busy waits, the first the shortest") {
    Assumptions one = assumptions_of(one_task, always_open());
    one.arrivals = Distribution(Constant{1});
    one.work["check"].effort = Constant{3};
    employ(one, "officer", 1);
    const Replication run = replicate(one, {.dossiers = 3});
    // They come at 1, 2 and 3 and are begun at 1, 4 and 7: waiting 0, 2 and 4 hours.
    const StateResult& check = run.states[number_of(one, "check")];
    CHECK(check.waiting.mean() == Approx(2));
    CHECK(check.waiting.most() == Approx(4));
    CHECK(check.queue_most == 2);
    CHECK(check.queue_hours == Approx(6));
    CHECK(run.hours == Approx(9));
}

TEST_CASE("efforts and waiting are hours of the office, not of the night") {
    Assumptions one = permit_office();
    one.begins = at("2017-01-02 16:00");
    one.arrivals = Distribution(Constant{0});
    one.work["check"] = {Constant{2}, {{"refuse", 1, {}}}};
    const Replication run = replicate(one, {.dossiers = 1});
    CHECK(run.lead.mean() == Approx(2));  // one hour on Monday, one on Tuesday
    CHECK(run.clocks.at("check").early == 1);
}

TEST_CASE("by Little's law, who is under way over time is what each has stayed, together") {
    const Replication run = replicate(permit_office(), {.dossiers = 600, .seed = 5});
    CHECK(run.ended == 600);
    CHECK(run.unable == 0);
    CHECK(run.incidents == 0);
    CHECK(run.under_way_hours ==
          Approx(run.lead.mean() * static_cast<double>(run.lead.count())).epsilon(1e-9));
    const Assumptions office = permit_office();
    for (const char* state : {"check", "sign"}) {
        const StateResult& one = run.states[number_of(office, state)];
        INFO(state);
        CHECK(one.waiting.count() >= 600 * 3 / 5);
        CHECK(one.queue_hours >= one.waiting.mean() * static_cast<double>(one.waiting.count()) * 0.999);
    }
    double busy = 0;
    for (const PersonResult& person : run.people) busy += person.busy_hours;
    double effort = 0;
    for (const StateResult& state : run.states) {
        effort += state.effort.mean() * static_cast<double>(state.effort.count());
    }
    CHECK(busy == Approx(effort).epsilon(1e-9));
    CHECK(run.clocks.at("check").late > 0);
}

TEST_CASE("the same seed gives the same figures, another seed others") {
    const Assumptions office = permit_office();
    const Run run{.dossiers = 100, .seed = 9, .replication = 2};
    const Replication first = replicate(office, run);
    const Replication again = replicate(office, run);
    CHECK(first.lead.mean() == again.lead.mean());
    CHECK(first.hours == again.hours);
    CHECK(first.outcomes == again.outcomes);
    CHECK(replicate(office, {.dossiers = 100, .seed = 8, .replication = 2}).hours != first.hours);
    CHECK(replicate(office, {.dossiers = 100, .seed = 9, .replication = 3}).hours != first.hours);
}

TEST_CASE("two runs that differ in a rule meet the same dossiers: more people are never slower here") {
    Assumptions few = permit_office();
    Assumptions more = permit_office();
    employ(more, "officer", 1);
    more.people.back().id = "another";
    const Run run{.dossiers = 300, .seed = 4};
    const Replication slow = replicate(few, run);
    const Replication fast = replicate(more, run);
    const std::size_t check = number_of(few, "check");
    CHECK(fast.states[check].waiting.mean() < slow.states[check].waiting.mean());
    CHECK(fast.lead.mean() < slow.lead.mean());
    CHECK(fast.arrived == slow.arrived);
}

TEST_CASE("a deadline takes a dossier out of the hands of who works on it") {
    Assumptions one = permit_office();
    one.arrivals = Distribution(Constant{0});
    one.work["check"] = {Constant{100}, {}};
    one.work["sign"] = {Constant{1}, {{"agree", 1, {}}}};
    const Replication run = replicate(one, {.dossiers = 1});
    // After four working days of eight hours it is with the head, whatever the officer had done.
    REQUIRE(run.outcomes.size() == 1);
    CHECK(run.outcomes.at("agreed").count == 1);
    CHECK(run.states[number_of(one, "check")].effort.mean() < 41);
    CHECK(run.clocks.at("check").late == 1);
}

TEST_CASE("what nobody may finish is told, and holds up nobody else") {
    Assumptions one = assumptions_of(one_task, always_open());
    one.work["check"].choices = {{"agree", 0, {}}};
    employ(one, "officer", 1);
    CHECK(objections_to(one).size() == 1);
    const Replication run = replicate(one, {.dossiers = 3});
    CHECK(run.ended == 0);
    CHECK(run.unable == 3);
    CHECK_FALSE(run.first_unable.empty());
}

TEST_CASE("the warm-up is not counted") {
    const Replication run = replicate(permit_office(), {.dossiers = 50, .warm_up = 30, .seed = 1});
    CHECK(run.arrived == 20);
    CHECK(run.ended == 20);
    CHECK(run.lead.count() == 20);
    CHECK(replicate(permit_office(), {.dossiers = 50, .seed = 1}).hours > run.hours);
}

namespace {

/// A service of the ministry every two and a half working days, and units that object now and then.
Assumptions ministry() {
    Assumptions made;
    made.procedure = onboarding();
    made.calendars.add(state_calendar());
    made.begins = at("2017-05-02 08:00");
    made.arrivals = Distribution(Exponential{20});
    made.applicant.roles = {"proposing_unit"};
    made.data = {{"service_name", Value("A service")},
                 {"units", Value(List{Value("north"), Value("south")})}};
    const Fields reason{{"reason", Value("Not yet")}};
    made.work["draft_process"] = {Uniform{4, 16}, {{"submit", 1, {{"draft", Value("draft.pdf")}}}}};
    made.work["legal_appraisal"] = {
        Lognormal{8, 6}, {{"agree", 8, {{"opinion", Value("opinion.pdf")}}}, {"return", 2, reason}}};
    made.work["it_setup"] = {Gamma{40, 20}, {{"ask_units_to_confirm", 1, {}}}};
    made.work["confirm"] = {Uniform{1, 6},
                            {{"accurate", 9, {}}, {"object", 1, {{"objection", Value("The form")}}}}};
    made.work["it_fix"] = {Uniform{2, 8}, {{"fixed", 1, {}}}};
    made.work["pilot_and_agree"] = {Triangular{8, 16, 32}, {{"agreed", 9, {}}, {"defects", 1, reason}}};
    made.work["submit_to_leaders"] = {Constant{1},
                                      {{"submit", 1, {{"submission", Value("submission.pdf")}}}}};
    made.work["leaders_decision"] = {Exponential{1}, {{"approve", 19, {}}, {"refuse", 1, reason}}};
    employ(made, "proposing_unit", 2);
    employ(made, "legal_affairs", 1);
    employ(made, "it_centre", 6);
    employ(made, "ministry_leader", 1);
    made.people.push_back({"bac", {"confirming_unit"}, {"north"}});
    made.people.push_back({"nam", {"confirming_unit"}, {"south"}});
    return made;
}

}  // namespace

TEST_CASE("a year of the ministry's services, by the file and the step that production runs") {
    const Assumptions made = ministry();
    const auto objections = objections_to(made);
    CAPTURE(objections);
    REQUIRE(objections.empty());
    const Replication run = replicate(made, {.dossiers = 100, .seed = 1690});
    INFO(run.first_unable);
    CHECK(run.unable == 0);
    CHECK(run.incidents == 0);
    CHECK(run.ended == 100);
    const auto published = run.outcomes.at("published").count;
    CHECK(published + run.outcomes.at("refused").count == 100);
    CHECK(published > run.outcomes.at("refused").count);
    // Every dossier is set up at least once within the law's 30 working days, or late.
    const ClockResultCounts setup = run.clocks.at("it_setup");
    CHECK(setup.early + setup.on_time + setup.late >= 100);
    CHECK(run.under_way_hours ==
          Approx(run.lead.mean() * static_cast<double>(run.lead.count())).epsilon(1e-9));
    const auto confirm = number_of(made, "confirm");
    CHECK(run.states[confirm].effort.count() >= 200);
    CHECK(run.states[confirm].effort.most() <= 6);
}

TEST_CASE("those who are unlimited and of no unit stand for every unit") {
    Assumptions made = ministry();
    made.people.pop_back();
    made.people.pop_back();
    CHECK(replicate(made, {.dossiers = 20}).ended == 0);  // nobody confirms
    made.people.push_back({.id = "units", .roles = {"confirming_unit"}, .unlimited = true});
    const Replication run = replicate(made, {.dossiers = 20});
    INFO(run.first_unable);
    CHECK(run.unable == 0);
    CHECK(run.ended == 20);
    CHECK(run.states[number_of(made, "confirm")].waiting.most() == 0);
}

TEST_CASE("a service takes its time by the clock on the wall, fails as often as supposed, and is asked again") {
    Assumptions one = assumptions_of(R"(procedure: debtor
version: 1
title: Debtor
calendar: office
roles: {officer: Officer}
data: {debt: {type: integer, default: 0}}
states:
  look_up:
    service: tax_register
    result: {debt: integer}
    retry: {times: 3, first: 10 minutes}
    to: tell
  tell: {task: officer, actions: {stop: {end: done}}}
outcomes: {done: Done}
)",
                                     plain_calendar("office"));
    one.begins = at("2017-01-02 16:00");
    one.arrivals = Distribution(Constant{0});
    employ(one, "officer", 1);
    ServiceAnswers& service = one.services["look_up"];
    service.takes = Constant{20};
    service.result = {{"debt", Value(std::int64_t{5})}};
    // Asked on Monday at 16:00, answered on Tuesday at 12:00: one hour of Monday, four of Tuesday.
    CHECK(replicate(one, {.dossiers = 1}).lead.mean() == Approx(1 + 4));
    service.fails = 1;
    const Replication never = replicate(one, {.dossiers = 3});
    CHECK(never.ended == 0);
    CHECK(never.incidents == 3);
    service.takes = Constant{0};
    service.fails = 0.5;
    const Replication some = replicate(one, {.dossiers = 400, .seed = 6});
    // Three attempts fail together once in eight times: 50 of 400, give or take three deviations of 6.6.
    CHECK(some.ended + some.incidents == 400);
    CHECK(some.incidents > 30);
    CHECK(some.incidents < 70);
}
