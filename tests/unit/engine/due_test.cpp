#include <sqlite3.h>

#include "unit/engine/office.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;

TEST_CASE("run_due fires what is due, and next_due says when to call again") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    // 25 April + 5 working days: 26, 27, 28 April, 3 and 4 May 2017; 30 April is a Sunday.
    CHECK(office.engine->next_due() == at("2017-05-03 08:00"));
    CHECK(office.engine->run_due().fired == 0);
    office.reopen();
    office.set("2017-05-03 08:00");
    CHECK(office.engine->run_due().fired == 1);
    CHECK(office.engine->next_due() == at("2017-05-04 17:00"));
    office.set("2017-05-10 08:00");
    CHECK(office.engine->run_due().fired == 1);
    CHECK(office.engine->next_due() == std::nullopt);
    CHECK(office.engine->run_due().fired == 0);
}

TEST_CASE("timers of several instances fire in the order of due instant, instance, ordinal") {
    Office office;
    office.add(two_steps);
    for (const char* key : {"c", "a", "b"}) REQUIRE(office.start("two_steps", key) == "done");
    office.set("2017-04-26 09:00");
    REQUIRE(office.start("two_steps", "0") == "done");
    office.set("2017-05-31 08:00");
    CHECK(office.engine->run_due().fired == 8);
    std::vector<std::string> order;
    for (const auto& effect : office.engine->pending_effects()) order.push_back(effect.instance);
    CHECK(order.size() == 4);
    for (const char* id : {"two_steps/a", "two_steps/b", "two_steps/c", "two_steps/0"}) {
        const auto rows = office.engine->history(id);
        CHECK(rows.size() == 3);
        CHECK(rows.back().now == at("2017-05-31 08:00"));  // noticed
        CHECK(std::get<TimerDue>(rows.back().event).due < rows.back().now);
    }
}

TEST_CASE("an instance that cannot be run does not hold up the others") {
    Office office;
    office.add(two_steps);
    for (const char* key : {"a", "b"}) REQUIRE(office.start("two_steps", key) == "done");
    {
        const auto transaction = office.store->begin(Store::Access::write);
        const auto row = transaction->instance("two_steps/a");
        transaction->put_instance("two_steps/a", row->revision, {row->revision, "damaged"});
        transaction->commit();
    }
    office.set("2017-05-31 08:00");
    const DueReport report = office.engine->run_due();
    CHECK(report.fired == 2);
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed.front().first == "two_steps/a");
}

TEST_CASE("a timer has its effect once, even when run_due is called again at the same time") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    office.set("2017-05-03 08:00");
    office.engine->run_due();
    office.engine->run_due();
    office.reopen();
    office.engine->run_due();
    CHECK(office.engine->pending_effects().size() == 1);
}

TEST_CASE("what is due again at the same instant is not lost") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add(R"(
procedure: reminded
version: 1
title: Reminded
calendar: vn-state
roles: {officer: Officer}
sla: {limit: 2 days, moments: {every 2 days after: {notify: officer}}}
states: {work: {task: officer, actions: {finish: {end: done}}}}
outcomes: {done: Done}
)");
    office.set("2018-02-07 09:00");
    REQUIRE(office.start("reminded", "1") == "done");
    // Due on Friday 9 February; 2 days after it is Monday the 12th, 4 days the 13th. 15, 17 and 19
    // February are days off for Tet, which end on the 21st, as does what is due on that day.
    office.set("2018-02-21 18:00");
    CHECK(office.engine->run_due().fired == 1 + 6);
    CHECK(office.engine->next_due() == at("2018-02-23 17:00"));
}

TEST_CASE("timers that are due at once, in a circle, end the call and not the others' timers [R26]") {
    Office office;
    office.add(two_steps);
    office.add(R"(
procedure: circle
version: 1
title: Circle
calendar: vn-state
roles: {officer: Officer}
data: {enough: {type: boolean, default: false}}
states:
  one: {wait: {until: now}, to: two}
  two: {wait: {until: now}, to: [{when: enough, to: work}, {otherwise: one}]}
  work: {task: officer, actions: {finish: {end: done}}}
outcomes: {done: Done}
)");
    REQUIRE(office.start("circle", "1") == "done");
    REQUIRE(office.start("two_steps", "1") == "done");
    office.set("2017-05-31 08:00");
    const DueReport report = office.engine->run_due();
    CHECK(report.fired == limits::timers_in_a_call_max + 2);
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed.front().first == "circle/1");
    CHECK(office.engine->replay("circle/1").agrees());
}

TEST_CASE("an action on a dossier whose timers go round in a circle is refused [R26]") {
    Office office;
    office.add(R"(
procedure: circle
version: 1
title: Circle
calendar: vn-state
roles: {officer: Officer}
data: {since: {type: date, default: 2017-01-02}}
states:
  one:
    task: officer
    sla: {limit: 2 days, starts: {date: since}, moments: {due: again}}
    actions: {finish: {end: done}}
  again: {choice: [{otherwise: one}]}
outcomes: {done: Done}
)");
    REQUIRE(office.start("circle", "1") == "done");
    CHECK(office.perform("circle/1", actor("an", "officer"), "finish") == "too-many-microsteps");
}

TEST_CASE("what fell due before an action comes first, whether or not run_due was called") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    office.set("2017-06-01 09:00");  // long after the warning and the due instant
    CHECK(office.perform("two_steps/1", actor("an", "officer"), "go") == "done");
    const auto rows = office.engine->history("two_steps/1");
    REQUIRE(rows.size() == 4);
    CHECK(std::get<TimerDue>(rows[1].event).due == at("2017-05-03 08:00"));
    CHECK(std::get<TimerDue>(rows[2].event).due == at("2017-05-04 17:00"));
    CHECK(office.engine->pending_effects().size() == 1);
    CHECK(office.engine->replay("two_steps/1").agrees());
}

TEST_CASE("an action at the very due instant is on time: the timer has not passed") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    office.set("2017-05-03 08:00");
    office.engine->run_due();
    office.set("2017-05-04 17:00");
    const Answer answer =
        office.engine->perform("two_steps/1", {"go", actor("an", "officer"), {}, {}});
    REQUIRE(Office::word(answer) == "done");
    for (const Record& record : std::get<Done>(answer).records) {
        if (record.kind != RecordKind::clock_ended) continue;
        CHECK(static_cast<ClockResult>(record.outcome) == ClockResult::on_time);
    }
}

TEST_CASE("a damaged row of one dossier does not hold the timers of the others back") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const auto clock = std::make_shared<VirtualClock>(at("2017-04-25 09:00"));
    Engine engine(open_sqlite_store(path), clock);
    engine.register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
    engine.register_procedure(load_procedure(two_steps, "test.yaml"));
    for (const char* key : {"1", "2", "3"}) {
        REQUIRE(Office::word(engine.start({"two_steps", key, actor("an", "officer"), {}, {}})) ==
                "done");
    }
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &connection) == SQLITE_OK);
    CHECK(sqlite3_exec(connection, "UPDATE instances SET revision = -1 WHERE id = 'two_steps/2'",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(connection);
    clock->set(at("2017-05-03 08:00"));
    const DueReport report = engine.run_due();
    CHECK(report.fired == 2);
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].first == "two_steps/2");
    CHECK(engine.get("two_steps/1").instance.revision == 2);
    CHECK(engine.get("two_steps/3").instance.revision == 2);
}
