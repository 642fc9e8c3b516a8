// What queueing theory says of simple offices, and what the simulation says of them (Kleinrock, Queueing
// Systems I, 1975: 3.2 M/M/1, 3.5 M/M/m, 5.6 M/G/1, 4.8 Jackson). Seeds are fixed.
#include <catch2/catch.hpp>

#include <cmath>
#include <functional>

#include "simulation/replication.hpp"
#include "unit/simulation/office.hpp"

using namespace workflow;
using namespace workflow::simulation;
using namespace workflow::test;

namespace {

constexpr std::uint64_t replications = 20;

/// One figure of each replication, as an interval of 99 %.
ConfidenceInterval interval_of(const Assumptions& assumptions,
                     const std::function<double(const Replication&)>& figure) {
    REQUIRE(objections_to(assumptions).empty());
    std::vector<double> values;
    for (std::uint64_t number = 0; number < replications; ++number) {
        values.push_back(figure(replicate(
            assumptions, {.dossiers = 6'000, .warm_up = 1'000, .seed = 2017, .replication = number})));
    }
    return *confidence_interval(values, 0.99);
}

double waiting_on_check(const Replication& one, const Assumptions& assumptions) {
    return one.states[number_of(assumptions, "check")].waiting.mean();
}

/// Within the interval, which is no wider than a tenth of it, so that it says something.
void check_is(const ConfidenceInterval& found, double theory) {
    INFO("found " << found.mean << " +- " << found.half_width << ", theory " << theory);
    CHECK(found.contains(theory));
    CHECK(found.half_width < theory / 10);
}

/// Dossiers come at random, `arrivals` an hour; an effort takes an hour in the mean.
Assumptions office(double arrivals, int people, const Distribution& effort) {
    Assumptions made = assumptions_of(one_task, always_open());
    made.arrivals = Distribution(Exponential{1 / arrivals});
    made.work["check"].effort = effort;
    employ(made, "officer", people);
    return made;
}

}  // namespace

TEST_CASE("one officer, efforts of exponential length: the waiting time of M/M/1") {
    const Assumptions one = office(0.6, 1, Exponential{1});
    // rho / (mu - lambda), and in the office together 1 / (mu - lambda).
    check_is(interval_of(one, [&](const auto& run) { return waiting_on_check(run, one); }), 0.6 / 0.4);
    check_is(interval_of(one, [](const auto& run) { return run.lead.mean(); }), 1 / 0.4);
}

TEST_CASE("three officers: the waiting time of Erlang's C") {
    const Assumptions three = office(2.1, 3, Exponential{1});
    // a = 2.1, rho = 0.7: C = (a^3/3!)/(1 - rho) / (1 + a + a^2/2 + (a^3/3!)/(1 - rho)) = 0.492342;
    // the mean waiting time is C / (3 - 2.1).
    constexpr double last = 2.1 * 2.1 * 2.1 / 6 / 0.3;
    constexpr double c = last / (1 + 2.1 + 2.1 * 2.1 / 2 + last);
    CHECK(c == Approx(0.492342).epsilon(1e-4));
    check_is(interval_of(three, [&](const auto& run) { return waiting_on_check(run, three); }),
             c / 0.9);
}

TEST_CASE("efforts of any length: the waiting time of Pollaczek and Khinchine") {
    const Distribution effort =
        GENERATE(Distribution(Constant{1}), Distribution(Gamma{1, 0.5}), Distribution(Uniform{0, 2}));
    const Assumptions one = office(0.6, 1, effort);
    const double second_moment = 1 + std::pow(deviation_of(effort), 2);
    check_is(interval_of(one, [&](const auto& run) { return waiting_on_check(run, one); }),
             0.6 * second_moment / (2 * 0.4));
}

TEST_CASE("two offices in turn, with dossiers sent back: Jackson's network") {
    Assumptions two = assumptions_of(R"(procedure: two_offices
version: 1
title: Two offices
calendar: always-open
roles: {officer: Officer, head: Head}
states:
  check: {task: officer, actions: {forward: {to: sign}}}
  sign: {task: head, actions: {agree: {end: agreed}, send_back: {to: check}}}
outcomes: {agreed: Agreed}
)",
                                     always_open());
    two.arrivals = Distribution(Exponential{1 / 0.48});
    two.work["check"].effort = Exponential{1};
    two.work["sign"].effort = Exponential{0.8};
    two.work["sign"].choices = {{"agree", 0.8, {}}, {"send_back", 0.2, {}}};
    employ(two, "officer", 1);
    employ(two, "head", 1);
    // Each is come to 0.48 / 0.8 = 0.6 times an hour, and holds rho / (1 - rho) dossiers: 1.5 and
    // 0.48 / 0.52; by Little's law a dossier stays (1.5 + 0.923077) / 0.48 hours.
    check_is(interval_of(two, [](const auto& run) { return run.lead.mean(); }),
             (0.6 / 0.4 + 0.48 / 0.52) / 0.48);
}

TEST_CASE("utilisation is what comes times what it takes, by the number of people") {
    const Assumptions three = office(1.5, 3, Uniform{0.5, 1.5});
    check_is(interval_of(three,
                         [](const auto& run) {
                             double busy = 0;
                             for (const PersonResult& person : run.people) busy += person.busy_hours;
                             return busy / run.hours / 3;
                         }),
             0.5);
}
