// Who is there, who may do what, and what is taken first.
#include <catch2/catch.hpp>

#include "simulation/draws.hpp"
#include "simulation/presence.hpp"
#include "simulation/replication.hpp"
#include "support/dossier.hpp"
#include "unit/simulation/office.hpp"

using namespace workflow;
using namespace workflow::simulation;
using namespace workflow::test;

namespace {

Day day(int year, unsigned month, unsigned of_month) {
    return Day(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(of_month));
}

/// Two tasks of two roles; Monday, 2 January 2017, 08:00, in an office of eight hours.
Assumptions two_tasks() {
    Assumptions made = assumptions_of(R"(procedure: pair
version: 1
title: Pair
calendar: office
roles: {officer: Officer, head: Head}
data: {urgent: {type: integer, default: 0}}
input: [urgent]
states:
  check: {task: officer, sla: 4 working days, actions: {agree: {to: sign}}}
  sign: {task: {role: head, not_by: check}, actions: {sign: {end: done}}}
outcomes: {done: Done}
)",
                                      plain_calendar("office"));
    made.arrivals = Distribution(Constant{0});
    return made;
}

}  // namespace

TEST_CASE("somebody is there while his office is open and he is not absent") {
    const auto calendar = plain_calendar("office");
    const Presence presence(*calendar, {{day(2017, 1, 3), day(2017, 1, 4)},
                                        {day(2017, 1, 4), day(2017, 1, 5)}});
    CHECK(presence.is_there(at("2017-01-02 09:00")));
    CHECK_FALSE(presence.is_there(at("2017-01-02 12:30")));
    CHECK_FALSE(presence.is_there(at("2017-01-04 09:00")));
    CHECK(presence.next_there(at("2017-01-02 17:00")) == at("2017-01-06 08:00"));
    // Two hours of Monday, then from Friday on.
    CHECK(presence.after_work(at("2017-01-02 15:00"), std::chrono::hours(5)) ==
          at("2017-01-06 11:00"));
    CHECK(presence.after_work(at("2017-01-02 15:00"), std::chrono::hours(2)) ==
          at("2017-01-02 17:00"));
    CHECK(presence.work_between(at("2017-01-02 08:00"), at("2017-01-07 00:00")) ==
          std::chrono::hours(16));
}

TEST_CASE("work waits for one who is absent, and goes on when he is back") {
    Assumptions one = two_tasks();
    one.people = {{.id = "an", .roles = {"officer"}}, {.id = "minh", .roles = {"head"}}};
    one.work["check"].effort = Constant{6};
    one.people[0].absences = {{day(2017, 1, 2), day(2017, 1, 2)}, {day(2017, 1, 4), day(2017, 1, 5)}};
    one.begins = at("2017-01-02 16:00");
    // He begins on Tuesday at 8 and is done at 15:00.
    Replication run = replicate(one, {.dossiers = 1});
    CHECK(run.ended == 1);
    CHECK(run.lead.mean() == Approx(1 + 6));
    one.work["check"].effort = Constant{10};
    // Eight hours on Tuesday, two on Friday; Wednesday and Thursday go by.
    run = replicate(one, {.dossiers = 1});
    CHECK(run.lead.mean() == Approx(1 + 8 + 16 + 2));
    CHECK(run.people[0].busy_hours == Approx(10));
    CHECK(run.people[0].present_hours == Approx(10));
}

TEST_CASE("somebody who works by another calendar does so") {
    Assumptions one = two_tasks();
    one.calendars.add(plain_calendar("mornings", 1, {}, "monday to friday: [08:00-10:00]"));
    one.people = {{.id = "an", .roles = {"officer"}, .calendar = "mornings"},
                  {.id = "minh", .roles = {"head"}}};
    one.work["check"].effort = Constant{3};
    // Two hours on Monday, one on Tuesday: 8 and 1 hours of the office.
    CHECK(replicate(one, {.dossiers = 1}).lead.mean() == Approx(8 + 1));
}

TEST_CASE("nobody signs what he has checked, and what nobody may do is told") {
    Assumptions one = two_tasks();
    one.people = {{.id = "an", .roles = {"officer", "head"}}};
    one.work["check"].effort = Constant{1};
    const Replication stuck = replicate(one, {.dossiers = 3});
    CHECK(stuck.ended == 0);
    CHECK(stuck.left == 3);
    CHECK(stuck.first_left == "sign");
    one.people.push_back({.id = "minh", .roles = {"head"}});
    const Replication run = replicate(one, {.dossiers = 3});
    CHECK(run.ended == 3);
    CHECK(run.unable == 0);
}

TEST_CASE("those without limit work on everything at once") {
    Assumptions one = two_tasks();
    one.people = {{.id = "anyone", .roles = {"officer"}, .unlimited = true},
                  {.id = "minh", .roles = {"head"}}};
    one.work["check"].effort = Constant{4};
    const Replication run = replicate(one, {.dossiers = 50});
    CHECK(run.states[number_of(one, "check")].waiting.most() == 0);
    CHECK(run.lead.most() == Approx(4));
    CHECK_FALSE(utilisation_of(one, run, 0).has_value());
}

TEST_CASE("what is due first, or matters most, is taken first") {
    Assumptions one = two_tasks();
    one.people = {{.id = "an", .roles = {"officer"}}, {.id = "minh", .roles = {"head"}}};
    one.work["check"].effort = Constant{2};
    one.data = {{"urgent", Distribution(Empirical{{0, 1}})}};
    const std::vector<Variable> names = names_of_data(*one.procedure);
    one.queue_order = QueueOrder::priority;
    one.priority = std::get<Expression>(
        Expression::compile("urgent", names, Type::of(Type::Kind::number)));
    std::vector<std::uint64_t> order;
    Run run{.dossiers = 40, .seed = 4};
    run.on_end = [&](const FinishedDossier& dossier) { order.push_back(dossier.dossier); };
    const Replication result = replicate(one, run);
    REQUIRE(result.ended == 40);
    // They all came at once: but for the first, who found nobody before him, the urgent ones end before the rest.
    std::size_t first_plain = 0;
    std::vector<bool> urgent;
    for (const std::uint64_t number : order) {
        Draws draws = draws_for({4, 0, "data", number});
        urgent.push_back(draws.uniform() >= 0.5);
    }
    for (std::size_t i = 1; i + 1 < urgent.size(); ++i) {
        if (!urgent[i] && first_plain == 0) first_plain = i;
        if (first_plain != 0) CHECK_FALSE(urgent[i + 1]);
    }
    CHECK(first_plain > 5);
}

TEST_CASE("the earliest deadline goes before who came first") {
    Assumptions one = assumptions_of(R"yaml(procedure: hurry
version: 1
title: Hurry
calendar: always-open
roles: {officer: Officer}
data: {days: integer}
input: [days]
states:
  check:
    task: officer
    sla: {due: "plus(now, days == 1 ? '1 day' : '9 days')"}
    actions: {agree: {end: done}}
outcomes: {done: Done}
)yaml",
                                     always_open());
    one.arrivals = Distribution(Constant{0.5});
    one.people = {{.id = "an", .roles = {"officer"}}};
    one.work["check"].effort = Constant{2};
    one.data = {{"days", std::vector<std::pair<double, Value>>{{0.5, Value(1)}, {0.5, Value(9)}}}};
    std::map<bool, Summary> waiting;
    Run run{.dossiers = 60, .seed = 2};
    const auto leads_of = [&](QueueOrder order) {
        std::map<std::uint64_t, double> leads;
        one.queue_order = order;
        run.on_end = [&](const FinishedDossier& dossier) { leads[dossier.dossier] = dossier.lead; };
        (void)replicate(one, run);
        return leads;
    };
    const auto first_come = leads_of(QueueOrder::first_come);
    const auto by_deadline = leads_of(QueueOrder::earliest_deadline);
    double urgent_gain = 0;
    for (const auto& [number, lead] : first_come) {
        Draws draws = draws_for({2, 0, "data", number});
        if (draws.uniform() < 0.5) urgent_gain += lead - by_deadline.at(number);
    }
    CHECK(urgent_gain > 60);  // hours, of some thirty urgent ones together
}

TEST_CASE("who was missed in vain once is missed again") {
    Assumptions one = two_tasks();
    one.people = {{.id = "an", .roles = {"officer"}},
                  {.id = "binh", .roles = {"officer"}},
                  {.id = "minh", .roles = {"head"}}};
    one.work["check"].effort = Constant{1};
    one.people[0].absences = {{day(2017, 1, 2), day(2017, 1, 3)}, {day(2017, 1, 5), day(2017, 1, 6)}};
    one.people[1].absences = {{day(2017, 1, 4), day(2017, 1, 31)}};
    // On the second binh does what waits for both; on the fifth nobody is there until an comes back on Monday.
    one.arrivals = std::vector<Instant>{at("2017-01-02 08:00"), at("2017-01-02 08:00"),
                                        at("2017-01-05 08:00")};
    std::vector<double> leads;
    Run run{.dossiers = 3};
    run.on_end = [&](const FinishedDossier& dossier) { leads.push_back(dossier.lead); };
    CHECK(replicate(one, run).ended == 3);
    CHECK(leads == std::vector<double>{1, 2, 16 + 1});
}
