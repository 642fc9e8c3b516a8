// Assumptions that cannot be are refused in words, before anything runs.
#include <catch2/catch.hpp>

#include "simulation/replication.hpp"
#include "workflow/error.hpp"
#include "unit/simulation/office.hpp"

using namespace workflow;
using namespace workflow::simulation;
using namespace workflow::test;

namespace {

std::string only_objection(const Assumptions& assumptions) {
    const auto all = objections_to(assumptions);
    CAPTURE(all);
    REQUIRE(all.size() == 1);
    return all.front();
}

Assumptions office() {
    Assumptions made = assumptions_of(one_task, always_open());
    employ(made, "officer", 1);
    return made;
}

}  // namespace

TEST_CASE("each objection says what is wrong, where, and what is nearest") {
    Assumptions one = office();
    CHECK(objections_to(one).empty());
    SECTION("a distribution") {
        one.arrivals = Distribution(Exponential{0});
        CHECK(only_objection(one) ==
              "arrivals: mean must be a number above 0 and up to 10^12");
    }
    SECTION("an effort") {
        one.work["check"].effort = Uniform{2, 1};
        CHECK(only_objection(one) == "work on check: to must be at least as much as `from`");
    }
    SECTION("a state") {
        one.work["chekc"];
        CHECK(only_objection(one) ==
              "work on chekc: 'one_task' has no state 'chekc'; the nearest is 'check'");
    }
    SECTION("an action") {
        one.work["check"].choices = {{"agre", 1, {}}};
        CHECK(only_objection(one) ==
              "work on check: there is no action 'agre'; the nearest is 'agree'");
    }
    SECTION("a weight") {
        one.work["check"].choices = {{"agree", -1, {}}};
        CHECK(only_objection(one) ==
              "work on check: the weight of 'agree' must be a number from 0 on");
    }
    SECTION("weights") {
        one.work["check"].choices = {{"agree", 0, {}}};
        CHECK(only_objection(one) == "work on check: all weights are 0, so nothing is done");
    }
    SECTION("a service") {
        one.services["check"].fails = 0.5;
        CHECK(only_objection(one) == "service check: that is a task, no service");
    }
    SECTION("a share") {
        one.services["none"].fails = 1.5;
        CHECK(objections_to(one).size() == 2);
    }
    SECTION("a role") {
        one.people.push_back({"an", {"officr"}, {}});
        CHECK(only_objection(one) ==
              "person an: 'one_task' has no role 'officr'; the nearest is 'officer'");
    }
    SECTION("nobody") {
        one.people.clear();
        CHECK(only_objection(one) == "task check: nobody holds the role 'officer'");
    }
}

TEST_CASE("a calendar that is not given, and dossiers that cannot start, are errors") {
    Assumptions one = office();
    one.calendars = {};
    CHECK_THROWS_WITH(one.calendar(), Catch::Contains("'always-open'"));
    Assumptions other = office();
    other.data = {{"nothing", Value("x")}};
    CHECK_THROWS_WITH(replicate(other, {.dossiers = 1}),
                      Catch::Contains("no dossier of 'one_task' starts so"));
}

TEST_CASE("time that stands still, and time beyond the calendar, end with an error") {
    Assumptions still = assumptions_of(R"(procedure: still
version: 1
title: Still
calendar: always-open
roles: {officer: Officer}
states:
  check: {task: officer, actions: {again: {to: check}, stop: {end: stopped}}}
outcomes: {stopped: Stopped}
)",
                                       always_open());
    still.work["check"].choices = {{"again", 1, {}}};
    employ(still, "officer", 1);
    CHECK_THROWS_WITH(replicate(still, {.dossiers = 1}), Catch::Contains("give its state an effort"));
    Assumptions far = office();
    far.arrivals = Distribution(Constant{100'000});
    CHECK_THROWS_AS(replicate(far, {.dossiers = 1}), Error);
}
