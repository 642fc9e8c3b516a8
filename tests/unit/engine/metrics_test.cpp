// What an engine tells a collector: OpenMetrics text.
#include <regex>
#include <sstream>

#include "support/fault_vfs.hpp"
#include "unit/engine/office.hpp"
#include "workflow/services.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");

/// The value of a line that begins so; -1: there is none.
double value_of(const std::string& text, const std::string& sample) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(sample + " ", 0) == 0) return std::stod(line.substr(sample.size() + 1));
    }
    return -1;
}

}  // namespace

TEST_CASE("metrics count what was kept, by event, and what was refused, by code") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(two_steps);
    for (const char* key : {"a", "b"}) REQUIRE(office.start("two_steps", key) == "done");
    REQUIRE(office.start("two_steps", "a") == "repeated");
    REQUIRE(office.perform("two_steps/a", officer, "go") == "done");
    REQUIRE(office.perform("two_steps/b", officer, "nothing") == "unknown-action");
    REQUIRE(office.perform("two_steps/b", officer, "nowhere") == "unknown-action");
    office.set("2017-05-03 09:00");  // a was due on 27 April at 17:00, a moment of b today at 08:00
    const std::string text = office.engine->metrics();
    CHECK(value_of(text, "workflow_steps_total{event=\"start\"}") == 2);
    CHECK(value_of(text, "workflow_steps_total{event=\"perform\"}") == 1);
    CHECK(value_of(text, "workflow_refusals_total{code=\"unknown-action\"}") == 2);
    CHECK(value_of(text, "workflow_timer_lag_seconds") == 489'600);
    CHECK(value_of(text, "workflow_outbox_depth") == 0);
    CHECK(value_of(text, "workflow_commit_seconds_count") == 3);
    CHECK(value_of(text, "workflow_commit_seconds_bucket{le=\"+Inf\"}") == 3);
    CHECK(value_of(text, "workflow_commit_seconds_sum") > 0);
    REQUIRE(office.engine->run_due().fired == 2);
    const std::string later = office.engine->metrics();
    CHECK(value_of(later, "workflow_steps_total{event=\"timer\"}") == 2);
    CHECK(value_of(later, "workflow_timer_lag_seconds") == 0);
    CHECK(value_of(later, "workflow_outbox_depth") == 1);  // the notice
}

TEST_CASE("timers that an action runs before itself are steps, and what was not kept is none") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "a") == "done");
    office.set("2017-05-03 09:00");
    REQUIRE(office.perform("two_steps/a", officer, "nothing") == "unknown-action");
    const std::string text = office.engine->metrics();
    CHECK(value_of(text, "workflow_steps_total{event=\"timer\"}") == 1);
    CHECK(value_of(text, "workflow_steps_total{event=\"perform\"}") == -1);
}

TEST_CASE("futures count as calls do") {
    Office office;
    office.add(two_steps);
    {
        CommitService service(*office.engine);
        service.start();
        CHECK(Office::word(
                  service.start_later({"two_steps", "a", actor("lan", "proposing_unit"), {}, {}})
                      .get()) == "done");
        CHECK(Office::word(service.perform_later("two_steps/a", {"nothing", officer, {}, {}}).get()) ==
              "unknown-action");
    }
    const std::string text = office.engine->metrics();
    CHECK(value_of(text, "workflow_steps_total{event=\"start\"}") == 1);
    CHECK(value_of(text, "workflow_refusals_total{code=\"unknown-action\"}") == 1);
}

TEST_CASE("every line of the metrics is one of OpenMetrics, and their end is said") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "a") == "done");
    const std::string text = office.engine->metrics();
    const std::regex line(
        "# (TYPE|HELP|UNIT) workflow_[a-z_]+ [ -~]+|"
        "workflow_[a-z_]+(\\{[a-z]+=\"[^\"\\\\]*\"\\})? [0-9.e+-]+|# EOF");
    std::istringstream lines(text);
    std::string last;
    for (std::string one; std::getline(lines, one);) {
        INFO(one);
        CHECK(std::regex_match(one, line));
        last = one;
    }
    CHECK(last == "# EOF");
    double before = 0;
    for (const char* bound : {"0.0001", "0.001", "0.01", "0.1", "1", "+Inf"}) {
        const double bucket = value_of(
            text, std::string("workflow_commit_seconds_bucket{le=\"") + bound + "\"}");
        CAPTURE(bound);
        CHECK(bucket >= before);
        before = bucket;
    }
}
