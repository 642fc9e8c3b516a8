// What operators and their tools see: a plan before a step, the log, the trace of a call.
#include <mutex>

#include "unit/engine/office.hpp"
#include "workflow/services.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor lan = actor("lan", "operator");
const Actor officer = actor("an", "officer");
const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

const char* const asking = R"(
procedure: asking
version: 1
title: Asking
calendar: vn-state
roles: {officer: Officer}
messages: {told: {fields: {}}}
states:
  ask: {service: register, to: work}
  work: {task: officer, actions: {go: {to: done, notify: officer, send: {message: told, instance: "'asking/b'"}}}}
  done: {receive: {told: {end: over}}}
outcomes: {over: Over}
)";

}  // namespace

TEST_CASE("a plan tells what a step would do, and does none of it") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "a") == "done");
    office.set("2017-05-04 09:00");  // a timer fell due before
    const Answer planned = office.engine->plan("two_steps/a", Cancel{lan, "asked"});
    REQUIRE(Office::word(planned) == "done");
    CHECK(std::get<Done>(planned).revision == 3);
    CHECK(std::get<Done>(planned).records.front().kind == RecordKind::cancelled_instance);
    CHECK(Office::word(office.engine->plan("two_steps/a", Retry{lan, 2})) == "no-incident");
    CHECK(office.engine->get("two_steps/a").instance.revision == 1);
    CHECK(office.engine->history("two_steps/a").size() == 1);
    CHECK(office.engine->next_due() == at("2017-05-03 08:00"));
    REQUIRE(office.perform("two_steps/a", officer, "go") == "done");
    CHECK(office.engine->get("two_steps/a").instance.revision == 3);
    CHECK_THROWS_AS(office.engine->plan("two_steps/b", Cancel{lan, "asked"}), Error);
}

TEST_CASE("the log tells steps after their commit, decisions and what stands still, and no data") {
    Office office;
    std::vector<LogEntry> told;
    Engine engine(office.store, office.clock, {.log = [&](const LogEntry& entry) {
        told.push_back(entry);
        throw std::runtime_error("the log is full");  // is none of the engine's business
    }});
    office.add(two_steps);
    REQUIRE(Office::word(engine.start(
                {"two_steps", "a", lan, {{"note", "secret"}}, {}})) == "unknown-field");
    CHECK(told.empty());
    REQUIRE(Office::word(engine.start({"two_steps", "a", lan, {}, {}}, {.trace = trace})) == "done");
    REQUIRE(told.size() == 1);
    CHECK(told[0].level == LogLevel::debug);
    CHECK(told[0].instance == "two_steps/a");
    CHECK(told[0].text == "revision 1, start by lan");
    CHECK(told[0].trace == trace);
    REQUIRE(Office::word(engine.perform("two_steps/a", {"go", officer, {{"note", "secret"}}, {}})) ==
            "done");
    REQUIRE(Office::word(engine.send("two_steps/a", Suspend{lan, "secret"})) == "done");
    REQUIRE(told.size() == 3);
    CHECK(told[2].level == LogLevel::info);
    CHECK(told[2].text == "revision 3, suspend by lan");
    for (const LogEntry& entry : told) CHECK(entry.text.find("secret") == std::string::npos);
    CHECK(Office::word(engine.plan("two_steps/a", Resume{lan, "x"})) == "done");
    CHECK(told.size() == 3);
}

TEST_CASE("an incident is a warning in the log") {
    Office office;
    std::vector<LogEntry> told;
    Engine engine(office.store, office.clock,
                  {.log = [&](const LogEntry& entry) { told.push_back(entry); }});
    office.add("procedure: broken\nversion: 1\ntitle: Broken\ncalendar: vn-state\n"
               "roles: {officer: Officer}\ndata: {by: integer}\ninput: [by]\nstates:\n"
               "  work: {task: officer, to: share}\n"
               "  share: {choice: [{when: 1 / by > 0, end: done}, {otherwise: work}]}\n"
               "outcomes: {done: Done}\n");
    REQUIRE(Office::word(engine.start({"broken", "a", lan, {{"by", std::int64_t{0}}}, {}})) ==
            "done");
    REQUIRE(Office::word(engine.perform("broken/a", {"done", officer, {}, {}})) == "done");
    REQUIRE(told.size() == 3);
    CHECK(told[2].level == LogLevel::warning);
    CHECK(told[2].text == "incident at 'share': cannot-evaluate");
}

TEST_CASE("the trace of a call goes with its effects, its messages and the answers to them") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(asking);
    const auto start = [&](const std::string& key, const std::string& with) {
        return Office::word(
            office.engine->start({"asking", key, lan, {}, {}}, {.id = {}, .trace = with}));
    };
    REQUIRE(start("b", "") == "done");
    REQUIRE(start("a", trace) == "done");
    const auto pending = office.engine->pending_effects();
    REQUIRE(pending.size() == 2);
    Strings traces;
    for (const auto& effect : pending) traces.push_back(effect.instance + " " + effect.trace);
    CHECK(traces == Strings{"asking/a " + trace, "asking/b "});
    Strings delivered;
    OutboxService service(*office.engine);
    service.handle_service("register", [&](const Delivery& delivery, const ServiceRequest&) {
        delivered.push_back(delivery.instance + " " + delivery.trace);
        return FieldValues{};
    });
    service.handle_notices([&](const Delivery& delivery, const Notice&) {
        delivered.push_back("notice " + delivery.trace);
    });
    CHECK(service.deliver_all() == 2);
    CHECK(delivered == Strings{"asking/a " + trace, "asking/b "});
    delivered.clear();
    REQUIRE(office.perform("asking/b", officer, "go") == "done");
    REQUIRE(Office::word(office.engine->perform("asking/a", {"go", officer, {}, {}},
                                                {.id = {}, .trace = trace})) == "done");
    const DueReport due = office.engine->run_due();
    CHECK(due.delivered == 1);
    CHECK(due.undelivered == 1);  // who should take it has ended
    CHECK(service.deliver_all() == 2);
    CHECK(delivered == Strings{"notice " + trace, "notice "});
}

TEST_CASE("a trace that is none is refused, and names the form") {
    Office office;
    office.add(two_steps);
    const std::string bad = GENERATE(
        "x", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    CHECK_THROWS_AS(office.start("two_steps", "a", {}, {.id = {}, .trace = bad}), Error);
    CHECK(office.engine->instances().empty());
}
