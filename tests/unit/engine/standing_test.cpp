// Where dossiers stand, by what they are found, and how they are counted. 25 April 2017 is a Tuesday.
#include <set>

#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const char* const permit = R"(
procedure: permit
version: 1
title: Permit
calendar: vn-state
roles: {officer: Officer, head: Head, applicant: Applicant}
data:
  office: text
  code: {type: optional text, indexed: true}
  count: {type: optional integer, indexed: true}
  note: optional text
unit: office
input: [office, code, count]
sla: {limit: 3 working days, while_waiting: {applicant: pause}}
start: check
states:
  check:
    task: {role: officer, for: office}
    sla: {limit: 1 working day, moments: {due: {may_also_act: head}}}
    actions:
      good: register
      ask: supplement
      drop: {end: refused}
      give: {to: check, fields: [office, code]}
  supplement: {task: applicant, waiting_for: applicant, to: check}
  register: {service: register, to: {end: granted}}
outcomes: {granted: Granted, refused: Refused}
)";

const Actor lan = actor("lan", "operator");

struct Desk {
    Office office;
    explicit Desk(Kept kept = Kept::in_file) : office(kept) { office.add(permit); }

    void start(const std::string& key, const std::string& unit, const std::string& code = "H01") {
        REQUIRE(office.start("permit", key, {{"office", unit}, {"code", code}}) == "done");
    }
    void act(const std::string& key, const std::string& action, FieldValues fields = {}) {
        const Actor officer{"an", {"officer"}, {"north", "south"}, {}};
        REQUIRE(office.perform("permit/" + key, officer, action, std::move(fields)) == "done");
    }
    void answer(const std::string& key) {
        const Instance instance = office.engine->get("permit/" + key).instance;
        REQUIRE(Office::word(office.engine->send(
                    "permit/" + key, EffectResult{.token = instance.tokens.front().ordinal})) ==
                "done");
    }
    [[nodiscard]] Strings standing(const std::string& state, std::size_t rows_max = 100) {
        Strings found;
        std::string cursor;
        for (bool finished = false; !finished;) {
            const StandingPage page =
                office.engine->standing("permit", state, cursor, rows_max);
            for (const StandingItem& item : page.items) {
                found.push_back(item.instance + " " + item.unit);
            }
            cursor = page.cursor;
            finished = page.finished;
        }
        return found;
    }
};

}  // namespace

TEST_CASE("whoever stands on a state is found, be there work or not, page after page") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    desk.start("a", "north");
    desk.start("b", "south");
    desk.start("c", "north");
    desk.start("d", "north");
    desk.act("c", "good");
    desk.act("d", "ask");
    const std::size_t rows_max = GENERATE(1u, 2u, 100u);
    CHECK(desk.standing("check", rows_max) == Strings{"permit/a north", "permit/b south"});
    CHECK(desk.standing("register", rows_max) == Strings{"permit/c "});
    CHECK(desk.standing("supplement", rows_max) == Strings{"permit/d "});
    desk.office.set("2017-04-28 09:00");  // late: another role may act, too; it is one dossier still
    (void)desk.office.engine->run_due();
    CHECK(desk.standing("check", rows_max) == Strings{"permit/a north", "permit/b south"});
    CHECK_THROWS_WITH(desk.office.engine->standing("permit", "chek"),
                      "'permit' has no state 'chek'; the nearest is 'check'");
    CHECK_THROWS_AS(desk.office.engine->standing("permits", "check"), Error);
    CHECK_THROWS_AS(desk.office.engine->standing("permit", "check", "nonsense"), Error);
    CHECK_THROWS_AS(desk.office.engine->standing("permit", "check", "1.1.99.99.x"), Error);
}

TEST_CASE("what stands inside a group is found by the group, page after page") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add("procedure: nested\nversion: 1\ntitle: Nested\ncalendar: vn-state\n"
               "roles: {officer: Officer, head: Head}\ndata: {units: list of text}\ninput: [units]\n"
               "start: phase\nstates:\n  phase:\n    states:\n"
               "      ask:\n        each: {of: units, as: unit}\n        states:\n"
               "          opinion: {task: {role: officer, for: unit}}\n"
               "        to: read\n"
               "      read: {task: head, actions: {ok: {end: ready}}}\n"
               "    outcomes: {ready: sign}\n"
               "  sign: {task: head, to: {end: done}}\n"
               "outcomes: {done: Done}\n");
    for (const char* key : {"a", "b"}) {
        REQUIRE(office.start("nested", key, {{"units", List{"north", "south"}}}) == "done");
    }
    for (const char* unit : {"north", "south"}) {
        REQUIRE(office.perform("nested/b", {"an", {"officer"}, {unit}, {}}, "done") == "done");
    }
    const std::size_t rows_max = GENERATE(1u, 2u, 100u);
    const auto standing = [&](const std::string& state) {
        Strings found;
        std::string cursor;
        for (bool finished = false; !finished;) {
            const StandingPage page = office.engine->standing("nested", state, cursor, rows_max);
            for (const StandingItem& item : page.items) {
                found.push_back(item.instance + " " + item.unit);
            }
            cursor = page.cursor;
            finished = page.finished;
        }
        return found;
    };
    CHECK(standing("phase") == Strings{"nested/a north", "nested/a south", "nested/b "});
    CHECK(standing("ask") == Strings{"nested/a north", "nested/a south"});
    CHECK(standing("read") == Strings{"nested/b "});
    const std::vector<StandingCount> counts{
        {"opinion", "north", 1, 0}, {"opinion", "south", 1, 0}, {"read", "", 1, 0}};
    CHECK(office.engine->standing_counts("nested") == counts);
}

TEST_CASE("dossiers are counted by state and unit, the late ones among them") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    desk.start("a", "north");
    desk.start("b", "north");
    desk.office.set("2017-04-27 09:00");
    desk.start("c", "north");
    desk.start("d", "south");
    desk.start("e", "south");
    desk.act("e", "good");
    const std::vector<StandingCount> counts{
        {"check", "north", 3, 2}, {"check", "south", 1, 0}, {"register", "", 1, 0}};
    CHECK(desk.office.engine->standing_counts("permit") == counts);
    desk.office.reopen();
    CHECK(desk.office.engine->standing_counts("permit") == counts);
}

TEST_CASE("what is under way is listed by unit, with the date on which it is due") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    desk.start("a", "south");
    desk.start("b", "north");
    desk.start("c", "north");
    desk.act("b", "ask");
    const UnderWayPage first = desk.office.engine->under_way("permit", {}, 2);
    REQUIRE(first.items.size() == 2);
    CHECK_FALSE(first.finished);
    CHECK(first.items[0].instance == "permit/b");
    CHECK(first.items[0].unit == "north");
    CHECK_FALSE(first.items[0].due.has_value());  // it waits for the applicant
    CHECK(first.items[1].due == at("2017-04-28 17:00"));
    const UnderWayPage rest = desk.office.engine->under_way("permit", first.cursor, 2);
    REQUIRE(rest.items.size() == 1);
    CHECK(rest.items[0].instance == "permit/a");
    CHECK(rest.finished);
    // Another office takes it over.
    desk.act("c", "give", {{"office", "south"}, {"code", "H01"}});
    CHECK(desk.office.engine->under_way("permit", {}, 1).items[0].instance == "permit/b");
    CHECK(desk.office.engine->under_way("permit").items.size() == 3);
}

TEST_CASE("dossiers are found by an indexed field, as it is now, after their end too") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    desk.start("a", "north", "H01");
    desk.start("b", "north", "H01");
    desk.start("c", "north", "H02");
    Engine& engine = *desk.office.engine;
    CHECK(engine.find("permit", "code", Value("H01")).instances ==
          Strings{"permit/a", "permit/b"});
    const FoundPage first = engine.find("permit", "code", Value("H01"), {}, 1);
    CHECK(first.instances == Strings{"permit/a"});
    CHECK_FALSE(first.finished);
    CHECK(engine.find("permit", "code", Value("H01"), first.cursor, 10).instances ==
          Strings{"permit/b"});
    desk.act("a", "give", {{"office", "north"}, {"code", "H02"}});
    desk.act("c", "drop");
    CHECK(engine.find("permit", "code", Value("H01")).instances == Strings{"permit/b"});
    CHECK(engine.find("permit", "code", Value("H02")).instances ==
          Strings{"permit/a", "permit/c"});
    REQUIRE(desk.office.start("permit", "d", {{"office", "north"}, {"count", std::int64_t{12}}}) ==
            "done");
    CHECK(engine.find("permit", "count", Value(std::int64_t{12})).instances == Strings{"permit/d"});
    CHECK(engine.find("permit", "count", Value("12")).instances == Strings{"permit/d"});
    const std::string text(1'000, 'x');
    desk.start("long", "north", text);
    CHECK(engine.find("permit", "code", Value(text)).instances == Strings{"permit/long"});
    CHECK_THROWS_AS(engine.find("permit", "note", Value("x")), Error);
    CHECK_THROWS_AS(engine.find("permit", "notes", Value("x")), Error);
}

TEST_CASE("how a dossier kept its limit is told when it has ended, without its waits") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    desk.start("early", "north");
    desk.start("late", "north");
    desk.start("waited", "south");
    desk.start("on_time", "north");
    desk.start("cancelled", "north");
    desk.act("waited", "ask");
    desk.office.set("2017-04-26 10:00");
    desk.act("early", "drop");
    desk.office.set("2017-04-28 10:00");
    desk.act("on_time", "drop");
    desk.office.set("2017-05-10 10:00");
    desk.act("late", "drop");
    REQUIRE(desk.office.perform("permit/waited", actor("mai", "applicant"), "done") == "done");
    desk.act("waited", "good");
    desk.answer("waited");
    REQUIRE(Office::word(desk.office.engine->send("permit/cancelled", Cancel{lan, "asked"})) ==
            "done");
    const auto closed = desk.office.engine->closed("permit", "refused").items;
    REQUIRE(closed.size() == 3);
    CHECK(closed[0].instance == "permit/early");
    CHECK(closed[0].result == KeptLimit::early);
    CHECK(closed[0].working_days == 1);
    CHECK(closed[0].unit == "north");
    CHECK(closed[0].received == at("2017-04-25 09:00"));
    CHECK(closed[0].closed == at("2017-04-26 10:00"));
    CHECK(closed[1].result == KeptLimit::on_time);
    CHECK(closed[1].working_days == 3);
    CHECK(closed[2].result == KeptLimit::late);
    CHECK(closed[2].working_days == 9);
    const auto granted = desk.office.engine->closed("permit", "granted").items;
    REQUIRE(granted.size() == 1);
    CHECK(granted[0].result == KeptLimit::early);
    CHECK(granted[0].working_days == 0);
    const auto cancelled = desk.office.engine->closed("permit", "cancelled").items;
    REQUIRE(cancelled.size() == 1);
    CHECK(desk.office.engine->closed("permit", "").items.empty());
    CHECK_THROWS_AS(desk.office.engine->closed("permit", "refuse"), Error);
    const ClosedPage page = desk.office.engine->closed("permit", "refused", {}, 2);
    CHECK_FALSE(page.finished);
    CHECK(desk.office.engine->closed("permit", "refused", page.cursor, 2).items.size() == 1);
}

TEST_CASE("a dossier whose own clock a move gave up ends without a result of a limit") {
    const auto text = [](int version, const std::string& limit) {
        return "procedure: moving\nversion: " + std::to_string(version) +
               "\ntitle: Moving\ncalendar: vn-state\nroles: {officer: Officer}\n" + limit +
               "states: {work: {task: officer, to: {end: done}}}\noutcomes: {done: Done}\n";
    };
    Office office;
    office.add(text(1, "sla: 5 working days\n"));
    REQUIRE(office.start("moving", "a") == "done");
    office.add(text(2, ""));
    REQUIRE(Office::word(office.engine->migrate("moving/a", 2, {.clocks = {{"procedure", ""}}}, lan,
                                                "Decision 12")) == "done");
    CHECK_FALSE(office.engine->under_way("moving").items.at(0).due.has_value());
    REQUIRE(office.perform("moving/a", actor("an", "officer"), "done") == "done");
    const auto closed = office.engine->closed("moving", "done").items;
    REQUIRE(closed.size() == 1);
    CHECK(closed[0].result == KeptLimit::none);
}

TEST_CASE("a period's statistics add up, by unit and month") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    desk.office.set("2017-04-25 09:00");
    desk.start("a", "north");  // ended in April, early
    desk.start("b", "north");  // ended in May, late
    desk.start("c", "south");  // under way
    desk.office.set("2017-04-26 09:00");
    desk.act("a", "drop");
    desk.office.set("2017-05-10 09:00");
    desk.start("d", "north");  // ended in May, early
    desk.act("b", "drop");
    desk.act("d", "drop");
    const auto of = [&](const std::string& from, const std::string& until) {
        return desk.office.engine->statistics("permit", at(from + " 00:00"), at(until + " 00:00"));
    };
    const auto april = of("2017-04-01", "2017-05-01");
    REQUIRE(april.size() == 2);
    CHECK(april[0] == UnitStatistics{.unit = "north",
                                     .received = 2,
                                     .early = 1,
                                     .working_days = 1});
    CHECK(april[0].in_progress() == 1);
    CHECK(april[1] == UnitStatistics{.unit = "south", .received = 1, .late_now = 1});
    const auto may = of("2017-05-01", "2017-06-01");
    REQUIRE(may.size() == 2);
    CHECK(may[0].carried_over == 1);
    CHECK(may[0].received == 1);
    CHECK(may[0].early == 1);
    CHECK(may[0].late == 1);
    CHECK(may[0].in_progress() == 0);
    CHECK(may[0].average_working_days() == Approx(4.5));
    CHECK(may[1].carried_over == 1);
    CHECK(may[1].in_progress() == 1);
    CHECK(of("2017-01-01", "2017-04-01").empty());
    CHECK_THROWS_AS(of("2017-05-01", "2017-04-01"), Error);
}

TEST_CASE("a worklist comes in the order of due dates from many states, page after page") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    std::string choices;
    for (int state = 0; state < 12; ++state) {
        choices += "    - {when: \"which == 's" + std::to_string(state) + "'\", to: s" +
                   std::to_string(state) + "}\n";
    }
    std::string text = "procedure: many\nversion: 1\ntitle: Many\ncalendar: vn-state\n"
                       "roles: {officer: Officer}\ndata: {which: text}\ninput: [which]\nstart: pick\n"
                       "states:\n  pick:\n    choice:\n" +
                       choices + "    - {otherwise: s0}\n";
    for (int state = 0; state < 12; ++state) {
        text += "  s" + std::to_string(state) + ": {task: officer, sla: " +
                std::to_string(1 + (7 * state) % 12) + " working days, to: {end: done}}\n";
    }
    office.add(text + "outcomes: {done: Done}\n");
    for (int one = 0; one < 60; ++one) {
        REQUIRE(office.start("many", std::to_string(one),
                             {{"which", "s" + std::to_string(one % 12)}}) == "done");
    }
    std::vector<Instant> dues;
    std::set<std::string> seen;
    WorkPage page;
    do {
        page = office.engine->worklist(actor("an", "officer"), {}, page.cursor, 7);
        for (const WorkItem& item : page.items) {
            dues.push_back(item.due.value());
            CHECK(seen.insert(item.instance).second);
        }
    } while (!page.finished);
    CHECK(seen.size() == 60);
    CHECK(std::is_sorted(dues.begin(), dues.end()));
    CHECK(office.engine->worklist(actor("an", "officer"), {.state = "s3"}).items.size() == 5);
    CHECK(office.engine->worklist(actor("an", "officer"), {.procedure = "many"}).items.size() == 60);
    CHECK(office.engine->worklist(actor("an", "officer"), {.procedure = "man"}).items.empty());
}
