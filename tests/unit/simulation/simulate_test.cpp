// Replications side by side: no bit depends on how many threads there were.
#include <catch2/catch.hpp>

#include <atomic>

#include "workflow/simulation.hpp"
#include "unit/simulation/office.hpp"

using namespace workflow;
using namespace workflow::simulation;
using namespace workflow::test;

namespace {

Assumptions busy_office() {
    Assumptions made = assumptions_of(R"(procedure: busy
version: 1
title: Busy
calendar: always-open
roles: {officer: Officer}
states:
  check: {task: officer, sla: 4 hours, actions: {agree: {end: agreed}, refuse: {end: refused}}}
outcomes: {agreed: Agreed, refused: Refused}
)",
                                      always_open());
    made.arrivals = Distribution(Exponential{1.25});
    made.work["check"] = {Exponential{1}, {{"agree", 3, {}}, {"refuse", 1, {}}}};
    employ(made, "officer", 1);
    return made;
}

void check_same(const Simulated& a, const Simulated& b) {
    CHECK(a.together.lead.mean() == b.together.lead.mean());
    CHECK(a.together.lead.deviation() == b.together.lead.deviation());
    CHECK(a.together.lead.quantile(0.95) == b.together.lead.quantile(0.95));
    CHECK(a.together.hours == b.together.hours);
    CHECK(a.together.outcomes == b.together.outcomes);
    CHECK(a.together.people[0].busy_hours == b.together.people[0].busy_hours);
    CHECK(a.lead->half_width == b.lead->half_width);
    CHECK(a.late.at("check").mean == b.late.at("check").mean);
}

}  // namespace

TEST_CASE("any number of threads gives the same result, to the bit") {
    const Assumptions office = busy_office();
    Plan plan{.run = {.dossiers = 200, .warm_up = 20, .seed = 3}, .replications = 7};
    const Simulated one = simulate(office, plan);
    REQUIRE(one.replications.size() == 7);
    CHECK(one.together.ended == 7 * 180);
    CHECK(one.together.lead.count() == 7 * 180);
    for (const std::size_t threads : {2u, 3u, 16u}) {
        plan.threads = threads;
        check_same(simulate(office, plan), one);
    }
}

TEST_CASE("the share that is late is told with its interval") {
    // M/M/1: a dossier stays longer than 4 hours with the probability e^(-(1 - 0.8) 4) = 0.4493.
    Plan plan{.run = {.dossiers = 6'000, .warm_up = 1'000, .seed = 2}, .replications = 20, .threads = 2};
    const Simulated found = simulate(busy_office(), plan);
    const ConfidenceInterval late = found.late.at("check");
    CHECK(late.contains(0.4493));
    CHECK(late.half_width < 0.05);
    CHECK(found.lead->contains(1 / (1 - 0.8)));
}

TEST_CASE("who has seen enough stops it, and keeps what has been run") {
    std::atomic<std::uint64_t> told = 0;
    Plan plan{.run = {.dossiers = 20}, .replications = 50, .progress = [&told](std::uint64_t done, std::uint64_t) {
                  told = done;
                  return done < 3;
              }};
    const Simulated some = simulate(busy_office(), plan);
    CHECK(told == 3);
    CHECK(some.replications.size() == 3);
    plan.replications = 1;
    const Simulated one = simulate(busy_office(), plan);
    CHECK_FALSE(one.lead.has_value());
    CHECK(one.late.empty());
}

TEST_CASE("an error in a replication ends them all and is told") {
    Assumptions far = busy_office();
    far.arrivals = Distribution(Constant{1'000'000});
    Plan plan{.run = {.dossiers = 20}, .replications = 4, .threads = 2};
    CHECK_THROWS_AS(simulate(far, plan), Error);
}
