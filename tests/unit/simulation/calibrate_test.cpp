// From event logs to assumptions, and back.
#include <catch2/catch.hpp>
#include <filesystem>
#include <numeric>
#include <sstream>

#include "simulation/all_busy.hpp"
#include "simulation/replication.hpp"
#include "support/dossier.hpp"
#include "unit/simulation/office.hpp"
#include "workflow/calibration.hpp"
#include "workflow/error.hpp"

using namespace workflow;
using namespace workflow::simulation;
using namespace workflow::test;

namespace {

constexpr const char* permit = R"(procedure: permit
version: 1
title: Permit
calendar: always-open
roles: {officer: Officer, head: Head}
states:
  check: {task: officer, actions: {agree: {to: sign}, refuse: {end: refused}}}
  sign: {task: head, actions: {sign: {end: granted}, ask: {to: check}}}
outcomes: {granted: Granted, refused: Refused}
)";

Assumptions office() {
    Assumptions made = assumptions_of(permit, always_open());
    made.arrivals = Distribution(Exponential{2});
    made.work["check"] = {Gamma{3, 1.5}, {{"agree", 0.7}, {"refuse", 0.3}}};
    made.work["sign"] = {Lognormal{1, 0.8}, {{"sign", 0.9}, {"ask", 0.1}}};
    employ(made, "officer", 3);
    employ(made, "head", 1);
    return made;
}

EventLog log_of(const Assumptions& assumptions, std::uint64_t dossiers, std::uint64_t seed) {
    std::ostringstream out;
    XesWriter writer(out, UtcOffset{});
    Run run{.dossiers = dossiers, .seed = seed};
    run.on_end = [&](const FinishedDossier& one) { writer.add(logged(assumptions, one)); };
    REQUIRE(replicate(assumptions, run).ended == dossiers);
    writer.finish();
    LoadedEventLog loaded = load_xes(out.str(), "log.xes");
    REQUIRE(loaded.log.has_value());
    return std::move(*loaded.log);
}

Calendars calendars_of(const Assumptions& assumptions) {
    return assumptions.calendars;
}

double share_of(const Work& work, const std::string& action) {
    for (const Choice& choice : work.choices) {
        if (choice.action == action) return choice.weight;
    }
    return 0;
}

}  // namespace

TEST_CASE("a log that was simulated gives the parameters back with which it was") {
    const Assumptions truth = office();
    constexpr std::uint64_t many = 4'000;
    const EventLog log = log_of(truth, many, 7);
    const Calibration found =
        calibrate(truth.procedure, calendars_of(truth), log, own_log_map(*truth.procedure));
    CHECK(found.cases == many);
    CHECK(found.begins_are_known);
    CHECK(found.unmapped.empty());
    // Means within three standard errors: the deviation by the root of how many there are.
    const auto near = [&](double value, double expected, double deviation, double count) {
        CHECK(value == Approx(expected).margin(3 * deviation / std::sqrt(count)));
    };
    near(mean_of(std::get<Distribution>(found.assumptions.arrivals)), 2, 2, many);
    const Work& check = found.assumptions.work.at("check");
    const Work& sign = found.assumptions.work.at("sign");
    near(mean_of(check.effort), 3, 1.5, many);
    CHECK(std::holds_alternative<Gamma>(check.effort));
    near(mean_of(sign.effort), 1, 0.8, 0.7 * many);
    near(share_of(check, "refuse"), 0.3, 0.46, many);
    near(share_of(sign, "ask"), 0.1, 0.3, 0.7 * many);
    CHECK(mean_of(check.waiting) == 0);  // they only waited for people
    CHECK(found.assumptions.people.size() == 4);
    CHECK(found.assumptions.people.front().roles == std::vector<std::string>{"head"});
    for (const FittedAmount& one : found.fits) {
        CAPTURE(one.what);
        CHECK(one.distance < 0.03);
        CHECK(one.count > 1'000);
    }
    SECTION("and dossiers take as long by them") {
        const auto lead = [](const Assumptions& of) {
            return *simulate(of, {.run = {.dossiers = 1'500, .warm_up = 100, .seed = 5},
                                  .replications = 16,
                                  .threads = 2})
                        .lead;
        };
        const ConfidenceInterval before = lead(truth);
        const ConfidenceInterval after = lead(found.assumptions);
        CHECK(after.low() < before.high());
        CHECK(before.low() < after.high());
    }
    SECTION("and its scenario is read as what it says") {
        const std::string yaml = to_yaml(found);
        CAPTURE(yaml);
        const LoadedAssumptions loaded =
            load_assumptions(yaml, "scenario.yaml", truth.procedure, calendars_of(truth));
        for (const Diagnostic& one : loaded.diagnostics) UNSCOPED_INFO(to_string(one));
        REQUIRE(loaded.assumptions.has_value());
        CHECK(mean_of(loaded.assumptions->work.at("check").effort) ==
              Approx(mean_of(check.effort)).epsilon(1e-4));
        CHECK(share_of(loaded.assumptions->work.at("sign"), "ask") == Approx(share_of(sign, "ask")));
        CHECK(loaded.assumptions->people.size() == 4);
        CHECK(loaded.assumptions->begins == found.assumptions.begins);
    }
}

TEST_CASE("where a log does not say when work began, it began when somebody could") {
    EventLog log;
    const auto complete = [](const std::string& what, const std::string& who, const std::string& when) {
        return LoggedEvent{what, who, {}, LoggedEvent::Transition::complete, at(when)};
    };
    log.cases = {{"1", {complete("start", "", "2017-01-02 08:00"),
                        complete("check/agree", "an", "2017-01-02 10:00"),
                        complete("sign/sign", "minh", "2017-01-02 11:00")}},
                 {"2", {complete("start", "", "2017-01-02 08:00"),
                        complete("check/refuse", "an", "2017-01-02 13:00"),
                        complete("print", "an", "2017-01-02 14:00")}}};
    const Assumptions truth = office();
    const Calibration found =
        calibrate(truth.procedure, calendars_of(truth), log, own_log_map(*truth.procedure));
    CHECK_FALSE(found.begins_are_known);
    // Two hours from the start; three since he was done with the other.
    CHECK(std::get<Empirical>(found.assumptions.work.at("check").effort).values ==
          std::vector<double>{2, 3});
    CHECK(std::get<Empirical>(found.assumptions.work.at("check").waiting).values ==
          std::vector<double>{0, 2});
    CHECK(found.unmapped ==
          std::vector<std::pair<std::string, std::size_t>>{{"print", 1}});
    CHECK(found.mapped == 3);
}

TEST_CASE("what lies although somebody is free is told apart from the queue") {
    // Two people: one from 1 to 5 and 7 to 9, the other from 3 to 8, of which two pieces overlap.
    const auto hour = [](int of_day) { return at("2017-01-02 00:00") + std::chrono::hours(of_day); };
    const AllBusy both({{{hour(7), hour(9)}, {hour(1), hour(4)}, {hour(3), hour(5)}}, {{hour(3), hour(8)}}},
                       [](Instant from, Instant to) {
                           return std::chrono::duration<double, std::ratio<3600>>(to - from).count();
                       });
    // Both work from 3 to 5 and from 7 to 8.
    CHECK(both.idle_hours(hour(0), hour(10)) == 7);
    CHECK(both.idle_hours(hour(3), hour(5)) == 0);
    CHECK(both.idle_hours(hour(4), hour(6)) == 1);
    CHECK(both.idle_hours(hour(8), hour(8)) == 0);
}

TEST_CASE("a log of other activities is refused, with one of them") {
    const Assumptions truth = office();
    const EventLog log{{{"1", {{"Ký", "", "", LoggedEvent::Transition::complete, at("2017-01-02 08:00")}}}}};
    CHECK_THROWS_WITH(
        calibrate(truth.procedure, calendars_of(truth), log, own_log_map(*truth.procedure)),
        Catch::Contains("no activity of the log is one of 'permit'") && Catch::Contains("Ký"));
}

TEST_CASE("a map names states and actions of the procedure, or says which it does not have") {
    const auto procedure = office().procedure;
    const LoadedLogMap loaded = load_log_map(R"(map: permit
activities: {"Check it": check/agree, Sign: sign}
ignored: [Print]
finish: sign
columns: {case: Case ID, activity: What, time: When, resource: Who}
zone: "+07:00"
)",
                                             "map.yaml", *procedure);
    REQUIRE(loaded.map.has_value());
    CHECK(loaded.map->activities.at("Check it") == MappedActivity{"check", "agree"});
    CHECK(loaded.map->activities.at("Sign") == MappedActivity{"sign", ""});
    CHECK(loaded.map->columns.case_id == "Case ID");
    CHECK(loaded.map->columns.offset == std::chrono::hours(7));
    const auto code = [&](const std::string& yaml) {
        const LoadedLogMap broken = load_log_map(yaml, "map.yaml", *procedure);
        REQUIRE(broken.diagnostics.size() == 1);
        return broken.diagnostics[0].code;
    };
    CHECK(code("map: permt\nactivities: {}\n") == "map-of-another");
    CHECK(code("map: permit\n") == "missing-key");
    CHECK(code("map: permit\nactivities: {A: chek}\n") == "unknown-state");
    CHECK(code("map: permit\nactivities: {A: check/agre}\n") == "no-such-action");
    CHECK(code("map: permit\nactivities: {}\nzone: Hanoi\n") == "not-an-offset");
}

TEST_CASE("a log that is replayed with people without limit takes as long as it did, to the millisecond") {
    const std::filesystem::path path =
        std::filesystem::path(WORKFLOW_SOURCE_DIR) / "../shared/data/logs/receipt.xes.gz";
    Assumptions anyone = assumptions_of(R"(procedure: receipt
version: 1
title: Receipt
calendar: always
roles: {officer: Officer}
states:
  work: {task: officer, actions: {go_on: {to: work}, stop: {end: done}}}
outcomes: {done: Done}
)",
                                        plain_calendar("always", 1, {}, "monday to sunday: [00:00-24:00]"));
    anyone.people = {{.id = "anyone", .roles = {"officer"}, .unlimited = true}};
    EventLog log;
    if (std::filesystem::exists(path)) {
        log = *load_event_log_file(path).log;
        // The calendar of these tests covers 2017 to 2019: all is moved by whole days.
        const auto shift = at("2017-01-02 00:00") - at("2010-10-01 00:00");
        for (LoggedCase& one : log.cases) {
            for (LoggedEvent& event : one.events) event.at += shift;
        }
    } else {
        log = log_of(office(), 200, 3);
    }
    LogMap map;
    std::map<std::string, double> lead;
    for (const LoggedCase& one : log.cases) {
        for (const LoggedEvent& event : one.events) map.activities[event.activity] = {"work", "go_on"};
        const auto first = std::find_if(one.events.begin(), one.events.end(), [](const auto& event) {
            return event.transition == LoggedEvent::Transition::complete;
        });
        lead[one.id] = std::chrono::duration<double, std::ratio<3600>>(one.events.back().at - first->at).count();
    }
    map.finish = "stop";
    const Assumptions replay = replay_of(anyone, log, map);
    REQUIRE(replay.traces.size() == log.cases.size());
    std::vector<double> simulated;
    Run run{.dossiers = replay.traces.size()};
    run.on_end = [&](const FinishedDossier& one) { simulated.push_back(one.lead); };
    const Replication result = replicate(replay, run);
    CHECK(result.ended == log.cases.size());
    CHECK(result.unable == 0);
    std::vector<double> real;
    for (const auto& [id, hours] : lead) real.push_back(hours);
    std::sort(real.begin(), real.end());
    std::sort(simulated.begin(), simulated.end());
    REQUIRE(simulated.size() == real.size());
    for (std::size_t i = 0; i < real.size(); ++i) {
        if (std::abs(simulated[i] - real[i]) > 1e-6) CHECK(simulated[i] == real[i]);
    }
    CHECK(result.lead.mean() == Approx(std::accumulate(real.begin(), real.end(), 0.0) /
                                       static_cast<double>(real.size())));
}

TEST_CASE("a real log of a public office, calibrated with its people, takes as long as it did") {
    const std::filesystem::path path =
        std::filesystem::path(WORKFLOW_SOURCE_DIR) / "../shared/data/logs/receipt.xes.gz";
    if (!std::filesystem::exists(path)) {
        WARN("the log is not here: only calibrated where it is");
        return;
    }
    EventLog log = *load_event_log_file(path).log;
    const auto shift = at("2017-01-02 00:00") - at("2010-10-01 00:00");
    LogMap map;
    double lead = 0;
    for (LoggedCase& one : log.cases) {
        for (LoggedEvent& event : one.events) {
            event.at += shift;
            map.activities[event.activity] = {"work", "go_on"};
        }
        lead += std::chrono::duration<double, std::ratio<3600>>(one.events.back().at - one.events.front().at).count() /
                static_cast<double>(log.cases.size());
        // Its last event ends it.
        one.events.back().activity = "the last one";
    }
    map.activities["the last one"] = {"work", "stop"};
    Calendars calendars;
    calendars.add(plain_calendar("always", 1, {}, "monday to sunday: [00:00-24:00]"));
    const auto procedure = procedure_of(R"(procedure: receipt
version: 1
title: Receipt
calendar: always
roles: {officer: Officer}
states:
  work: {task: officer, actions: {go_on: {to: work}, stop: {end: done}}}
outcomes: {done: Done}
)");
    const Calibration found = calibrate(procedure, calendars, log, map);
    CHECK(found.assumptions.people.size() == 48);
    const Simulated simulated = simulate(
        found.assumptions,
        {.run = {.dossiers = 1'434, .seed = 3}, .replications = 20, .threads = 2});
    CAPTURE(lead, simulated.lead->low(), simulated.lead->high());
    CHECK(simulated.lead->contains(lead));
}
