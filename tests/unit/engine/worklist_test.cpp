// Worklists, incidents and the feed of changes: what people and outer systems are shown.
#include "unit/engine/office.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor an = actor("an", "officer");
const Actor ba = actor("ba", "officer");

const char* const deciding = R"(
procedure: deciding
version: 1
title: Deciding
calendar: vn-state
roles: {officer: Officer, head: Head}
data:
  time: {type: limit, default: 3 working days}
  days: {type: integer, default: 3}
  name: optional text
  secret: {type: optional text, sensitive: true}
input: [time, days, name, secret]
states:
  draft:
    task: officer
    sla: time
    actions: {submit: check}
  check:
    task: {role: officer, not_by: draft}
    actions: {agree: {to: sign}, refuse: {when: days > 2, end: refused}}
  sign: {task: head, actions: {sign: {when: days > 1, end: done}}}
outcomes: {done: Done, refused: Refused}
)";

std::string shown(const WorkPage& page) {
    std::string all;
    for (const WorkItem& item : page.items) {
        all += std::string(business_key(item.instance)) + "@" + std::to_string(item.ordinal) + " ";
    }
    return all;
}

}  // namespace

TEST_CASE("a worklist shows what is due first before the rest, page by page, and each item once") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(deciding);
    for (const int days : {5, 2, 4, 1, 3}) {
        REQUIRE(office.start("deciding", std::to_string(days),
                             {{"time", std::to_string(days) + " working days"}}) == "done");
    }
    // He holds the role, and a unit that nothing is for: an item is listed once all the same.
    const Actor many = actor("an", "officer", "culture");
    CHECK(shown(office.engine->worklist(many)) == "1@1 2@1 3@1 4@1 5@1 ");
    WorkPage page;
    std::string all;
    int pages = 0;
    do {
        page = office.engine->worklist(many, {}, page.cursor, 2);
        all += shown(page) + "| ";
        ++pages;
    } while (!page.finished);
    CHECK(all == "1@1 2@1 | 3@1 4@1 | 5@1 | ");
    CHECK(pages == 3);
    // Tuesday 25 April 2017 and one working day.
    REQUIRE(office.engine->worklist(an).items[0].due);
    CHECK(*office.engine->worklist(an).items[0].due == at("2017-04-26 17:00"));
    CHECK_THROWS_AS(office.engine->worklist(an, {}, "nonsense"), Error);
}

TEST_CASE("a worklist shows nobody what he may not do") {
    Office office;
    office.add(deciding);
    REQUIRE(office.start("deciding", "1", {{"days", 3}}) == "done");
    REQUIRE(office.start("deciding", "2", {{"days", 1}}) == "done");
    REQUIRE(office.perform("deciding/1", an, "submit") == "done");
    // Four eyes: an has drafted it.
    CHECK(shown(office.engine->worklist(an)) == "2@1 ");
    CHECK(shown(office.engine->worklist(ba)) == "2@1 1@3 ");
    // A guard that is false hides an item of which it is the only action.
    REQUIRE(office.perform("deciding/2", an, "submit") == "done");
    REQUIRE(office.perform("deciding/2", ba, "agree") == "done");
    REQUIRE(office.perform("deciding/1", ba, "agree") == "done");
    CHECK(shown(office.engine->worklist(actor("minh", "head"))) == "1@4 ");
    CHECK(office.engine->worklist(actor("minh", "officer")).items.empty());
}

TEST_CASE("what somebody has claimed is on his list and on nobody else's") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(deciding);
    REQUIRE(office.start("deciding", "1") == "done");
    REQUIRE(Office::word(office.engine->send("deciding/1", Claim{an, 1})) == "done");
    CHECK(shown(office.engine->worklist(an)) == "1@1 ");
    CHECK(shown(office.engine->worklist(an, {.unit = "an"})) == "1@1 ");
    CHECK(office.engine->worklist(ba).items.empty());
    REQUIRE(Office::word(office.engine->send("deciding/1", Release{an, 1})) == "done");
    CHECK(shown(office.engine->worklist(ba)) == "1@1 ");
    CHECK(office.engine->worklist(an, {.unit = "an"}).items.empty());
}

TEST_CASE("a worklist is filtered by text, state, procedure and lateness") {
    Office office;
    office.add(deciding);
    office.add(two_steps);
    REQUIRE(office.start("deciding", "17-A", {{"time", "1 working day"}, {"name", "Hoa Sen"}, {"secret", "gold"}}) ==
            "done");
    REQUIRE(office.start("deciding", "17-B", {{"time", "9 working days"}}) == "done");
    REQUIRE(office.start("two_steps", "17-C") == "done");
    const auto found = [&](const WorkFilter& filter) {
        return shown(office.engine->worklist(an, filter));
    };
    CHECK(found({.text = "hoa sEN"}) == "17-A@1 ");
    CHECK(found({.text = "17-b"}) == "17-B@1 ");
    CHECK(found({.text = "gold"}).empty());
    CHECK(found({.procedure = "two_steps"}) == "17-C@1 ");
    CHECK(found({.state = "draft"}) == "17-A@1 17-B@1 ");
    CHECK(found({.role = "head"}).empty());
    CHECK(found({.overdue = true}).empty());
    office.set("2017-04-28 09:00");
    CHECK(found({.overdue = true}) == "17-A@1 ");
}

TEST_CASE("what stands still is listed with its reason until it goes on, the oldest first") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(R"(
procedure: computing
version: 1
title: Computing
calendar: vn-state
roles: {officer: Officer}
data: {parts: {type: integer, default: 0}, share: {type: integer, default: 0}}
states:
  work: {task: officer, actions: {go: divide}}
  divide: {choice: [{when: 10 / parts > 3, end: done}, {otherwise: {end: done}}]}
outcomes: {done: Done}
)");
    for (const char* key : {"2", "1"}) {
        REQUIRE(office.start("computing", key) == "done");
        REQUIRE(office.perform("computing/" + std::string(key), an, "go") == "done");
        office.set("2017-04-26 09:00");
    }
    IncidentPage page = office.engine->incidents({}, 1);
    REQUIRE(page.items.size() == 1);
    CHECK(page.items[0].instance == "computing/2");
    CHECK(page.items[0].state == "divide");
    CHECK(page.items[0].since == at("2017-04-25 09:00"));
    CHECK(incident_sentence(page.items[0].reason).find("10 / parts") != std::string::npos);
    CHECK_FALSE(page.finished);
    page = office.engine->incidents(page.cursor, 9);
    REQUIRE(page.items.size() == 1);
    CHECK(page.items[0].instance == "computing/1");
    CHECK(page.finished);
    const Ordinal token = page.items[0].token;
    REQUIRE(Office::word(office.engine->send("computing/1", Correct{an, {{"parts", 2}}, "it was 2"})) ==
            "done");
    REQUIRE(Office::word(office.engine->send("computing/1", Retry{an, token})) == "done");
    office.reopen();
    page = office.engine->incidents();
    REQUIRE(page.items.size() == 1);
    CHECK(page.items[0].instance == "computing/2");
}

TEST_CASE("the feed of changes tells every step once, in the order of commits, across restarts") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(deciding);
    CHECK(office.engine->changes().changes.empty());
    REQUIRE(office.start("deciding", "2", {{"secret", "gold"}}) == "done");
    REQUIRE(office.start("deciding", "1") == "done");
    REQUIRE(office.perform("deciding/2", an, "submit") == "done");
    CHECK(office.perform("deciding/2", an, "submit") == "not-possible-now");
    const auto told = [](const ChangePage& page) {
        std::string all;
        for (const CommittedStep& one : page.changes) {
            all += one.instance + "@" + std::to_string(one.entry.revision) + " ";
        }
        return all;
    };
    ChangePage page = office.engine->changes({}, 2);
    CHECK(told(page) == "deciding/2@1 deciding/1@1 ");
    CHECK_FALSE(page.finished);
    const auto& started = std::get<Start>(page.changes[0].entry.event);
    REQUIRE(started.data.size() == 1);
    CHECK(started.data[0].second.sealed() != nullptr);  // of what is sensitive only its seal
    page = office.engine->changes(page.cursor, 9);
    CHECK(told(page) == "deciding/2@2 ");
    CHECK(page.finished);
    office.reopen();
    CHECK(office.engine->changes(page.cursor).changes.empty());
    CHECK(office.engine->changes(page.cursor).cursor == page.cursor);
    REQUIRE(office.perform("deciding/1", an, "submit") == "done");
    CHECK(told(office.engine->changes(page.cursor)) == "deciding/1@2 ");
}

TEST_CASE("a work item behind many on which the actor may not act is not passed over") {
    Office office(Kept::in_memory);
    office.add(deciding);
    REQUIRE(office.start("deciding", "1") == "done");
    {
        const auto transaction = office.store->begin(Store::Access::write);
        for (std::uint32_t i = 0; i < 10 * limits::page_rows_max; ++i) {
            transaction->put_work({"officer", "deciding/draft", "", 1, "deciding/1", 1'000 + i});
        }
        transaction->commit();
    }
    WorkPage page = office.engine->worklist(an);
    CHECK(page.items.empty());
    CHECK_FALSE(page.finished);
    page = office.engine->worklist(an, {}, page.cursor);
    CHECK(shown(page) == "1@1 ");
    CHECK(page.finished);
}

TEST_CASE("all that an officer has in hand goes to another, batch by batch, with the reason") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(deciding);
    for (const int days : {5, 2, 4, 1}) {
        const std::string key = std::to_string(days);
        REQUIRE(office.start("deciding", key, {{"time", key + " working days"}}) == "done");
    }
    for (const char* key : {"5", "2", "1"}) {
        REQUIRE(Office::word(office.engine->send("deciding/" + std::string(key), Claim{an, 1})) ==
                "done");
    }
    REQUIRE(Office::word(office.engine->send("deciding/4", Claim{ba, 1})) == "done");
    const auto told = [](const HandoverReport& report) {
        std::string text;
        for (const WorkItem& item : report.items) text += item.instance + " ";
        return text;
    };
    const HandoverReport plan = office.engine->plan_reassign_all("an", {}, 2);
    CHECK(told(plan) == "deciding/1 deciding/2 ");
    CHECK_FALSE(plan.finished);
    CHECK(told(office.engine->plan_reassign_all("an", plan.cursor, 2)) == "deciding/5 ");
    const Actor supervisor = actor("lan", "operator");
    CHECK_THROWS_AS(office.engine->plan_reassign_all(""), Error);
    CHECK_THROWS_AS(office.engine->reassign_all("an", "an", supervisor, "left"), Error);

    std::string moved;
    HandoverReport batch;
    while (!batch.finished) {
        batch = office.engine->reassign_all("an", "ba", supervisor, "left", batch.cursor, 2);
        CHECK(batch.failed.empty());
        moved += told(batch);
    }
    CHECK(moved == "deciding/1 deciding/2 deciding/5 ");
    CHECK(office.engine->plan_reassign_all("an").items.empty());
    CHECK(office.engine->worklist(ba).items.size() == 4);
    CHECK(office.engine->worklist(an).items.empty());
    const auto history = office.engine->history("deciding/5");
    CHECK(std::get<Reassign>(history.back().event).reason == "left");
}
