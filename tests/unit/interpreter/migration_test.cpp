// Moving an instance to another version of its procedure. 5 June 2017 is a Monday; no day of that month
// is off.
#include <catch2/catch.hpp>

#include <algorithm>

#include "record/record.hpp"
#include "support/dossier.hpp"
#include "workflow/error.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const char* const monday = "2017-06-05 09:00";
const char* const wednesday = "2017-06-07 09:00";

std::shared_ptr<const Procedure> version(int number, const std::string& rest) {
    return procedure_of("procedure: test\nversion: " + std::to_string(number) +
                        "\ntitle: Test\ncalendar: vn-state\nroles: {officer: Officer, head: Head}\n" +
                        rest + "\noutcomes: {done: Done}\n");
}

/// A task `work` with these keys, and what follows it.
std::string work(const std::string& keys, const std::string& more = {}) {
    return "states:\n  work:\n    task: officer\n    " + keys +
           "\n    actions: {go: rest}\n  rest: {task: officer, to: {end: done}}\n" + more;
}

Dossier started(const std::string& rest, FieldValues data = {}) {
    Dossier dossier(version(1, rest));
    REQUIRE(dossier.start(monday, officer, std::move(data)) == "");
    return dossier;
}

Strings because(const Dossier& dossier) {
    Strings codes;
    for (const Refusal& one : dossier.refusal.because) codes.emplace_back(to_string(one.code));
    return codes;
}

const Record* first(const Dossier& dossier, RecordKind kind) {
    for (const Record& record : dossier.records) {
        if (record.kind == kind) return &record;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("a clock that goes on keeps what was used, and has the new version's limit") {
    Dossier dossier = started(work("sla: 5 working days"));
    CHECK(dossier.due("work") == "2017-06-12");
    const Revision before = dossier.instance.revision;
    REQUIRE(dossier.migrate(wednesday, version(2, work("sla: 10 working days"))) == "");
    CHECK(dossier.due("work") == "2017-06-19");
    CHECK(dossier.states() == Strings{"work"});
    CHECK(dossier.instance.revision == before + 1);
    CHECK(dossier.instance.procedure == dossier.procedure->digest());
    const Record* moved = first(dossier, RecordKind::migrated);
    REQUIRE(moved != nullptr);
    CHECK(*moved->value.list() == List{std::int64_t{1}, std::int64_t{2}, "Decision 12"});
    const Record* redated = first(dossier, RecordKind::clock_redated);
    REQUIRE(redated != nullptr);
    CHECK(*redated->value.list()->at(0).instant() == at("2017-06-12 17:00"));
    CHECK(*redated->value.list()->at(1).instant() == at("2017-06-19 17:00"));
    REQUIRE(dossier.perform("2017-06-08 09:00", officer, "go") == "");
    CHECK(dossier.result("work") == "early");
}

TEST_CASE("a clock begins anew, or keeps its limit, where the mapping says so") {
    const auto longer = version(2, work("sla: 10 working days"));
    Dossier anew = started(work("sla: 5 working days"));
    REQUIRE(anew.migrate(wednesday, longer, {.restart = {"work"}}) == "");
    CHECK(anew.due("work") == "2017-06-21");
    CHECK(anew.count(RecordKind::clock_restarted) == 1);
    Dossier kept = started(work("sla: 5 working days"));
    REQUIRE(kept.migrate(wednesday, longer, {.keep_limit = {"work"}}) == "");
    CHECK(kept.due("work") == "2017-06-12");
    CHECK(kept.count(RecordKind::clock_redated) == 0);
}

TEST_CASE("a limit that is over by the new version is overdue at once") {
    Dossier dossier = started(work("sla: 5 working days"));
    REQUIRE(dossier.migrate("2017-06-09 09:00", version(2, work("sla: 2 working days"))) == "");
    CHECK(dossier.due("work") == "2017-06-07");
    REQUIRE(dossier.perform("2017-06-09 10:00", officer, "go") == "");
    CHECK(dossier.result("work") == "late");
}

TEST_CASE("all that has no place is told at once, and nothing is changed") {
    Dossier dossier = started("data: {note: optional text}\ninput: [note]\n" +
                                  work("sla: 5 working days"),
                              {{"note", "n"}});
    const std::string before = record::encode(dossier.instance);
    const auto other = version(2, "states:\n  check: {task: officer, to: {end: done}}\n");
    CHECK(dossier.migrate(wednesday, other) == "not-migratable");
    CHECK(because(dossier) == Strings{"state-gone", "field-gone"});
    CHECK(record::encode(dossier.instance) == before);
    CHECK(dossier.refusal.reason("en") ==
          "'test/test' cannot be moved to version 2; mend the mapping or the version, and try again\n"
          "- the dossier stands on 'work', which version 2 does not have; map the state to one of: "
          "check\n"
          "- the field 'note' has a value, and version 2 has no such field there; map it to one of: "
          "null (null: it is given up)");
    const MigrationMapping mapped{.states = {{"work", "check"}}, .fields = {{"note", ""}}};
    CHECK(dossier.migrate(wednesday, other, mapped) == "not-migratable");
    CHECK(because(dossier) == Strings{"clock-gone"});
    MigrationMapping whole = mapped;
    whole.clocks = {{"work", ""}};
    REQUIRE(dossier.migrate(wednesday, other, whole) == "");
    CHECK(dossier.states() == Strings{"check"});
    const Record* given_up = first(dossier, RecordKind::clock_ended);
    REQUIRE(given_up != nullptr);
    CHECK(given_up->subject == no_index);
    CHECK(*given_up->value.text() == "work");
}

TEST_CASE("a name that neither version has is told, with the one that was meant") {
    Dossier dossier = started(work("sla: 5 working days"));
    const auto next = version(2, work("sla: 5 working days"));
    CHECK(dossier.migrate(wednesday, next, {.states = {{"wrok", "work"}}, .restart = {"wok"}}) ==
          "not-migratable");
    CHECK(because(dossier) == Strings{"unknown-in-mapping", "unknown-in-mapping"});
    CHECK(dossier.refusal.because[0].reason("en") ==
          "the mapping names 'wrok', which version 1 does not have; the nearest is 'work'");
}

TEST_CASE("a state keeps its kind and what lies around it") {
    Dossier dossier = started(work("sla: 5 working days"));
    const auto group = version(
        2,
        "states:\n  work:\n    states: {inner: {task: officer, to: {end: none}}}\n    sla: 5 working "
        "days\n    to: {end: done}\n");
    CHECK(dossier.migrate(wednesday, group) == "not-migratable");
    CHECK(because(dossier) == Strings{"state-differs"});
    const auto inside = version(2,
                                "states:\n  stage:\n    states:\n      work: {task: officer, sla: "
                                "5 working days, to: {end: none}}\n    to: {end: done}\n");
    CHECK(dossier.migrate(wednesday, inside) == "not-migratable");
    CHECK(because(dossier) == Strings{"state-elsewhere"});
}

TEST_CASE("values go to their fields, by name or by the mapping, as the new type says") {
    const std::string task = "states: {work: {task: officer, to: {end: done}}}\n";
    Dossier dossier = started("data: {copies: integer, note: text}\ninput: [copies, note]\n" + task,
                              {{"copies", std::int64_t{3}}, {"note", "2017-06-30"}});
    const auto next = version(2,
                              "data: {copies: number, day: date, urgent: {type: boolean, default: "
                              "false}}\ninput: [copies, day]\n" +
                                  task);
    REQUIRE(dossier.migrate(wednesday, next, {.fields = {{"note", "day"}}}) == "");
    CHECK(*dossier.data("copies").number() == 3.0);
    CHECK(to_string(*dossier.data("day").day()) == "2017-06-30");
    CHECK(*dossier.data("urgent").boolean() == false);

    const auto asks = version(
        3, "data: {copies: text, day: date, head: text}\ninput: [copies, day, head]\n" + task);
    CHECK(dossier.migrate(wednesday, asks) == "not-migratable");
    CHECK(because(dossier) == Strings{"wrong-type", "field-gone", "missing-field"});
    REQUIRE(dossier.migrate(wednesday, asks,
                            {.fields = {{"copies", ""}, {"urgent", ""}},
                             .data = {{"copies", "three"}, {"head", "minh"}}}) == "");
    CHECK(*dossier.data("copies").text() == "three");
    CHECK(*dossier.data("head").text() == "minh");
}

TEST_CASE("a timer counts by its new length from when its state was entered, or begins anew") {
    const std::string four = work("after: {4 working days: {notify: head}}");
    const std::string three = work("after: {3 working days: {notify: head}}");
    Dossier dossier = started(four);
    REQUIRE(dossier.migrate(wednesday, version(2, three)) == "");
    dossier.pass_until("2017-06-08 16:59");
    CHECK(dossier.notified().empty());
    dossier.pass_until("2017-06-08 17:00");
    CHECK(dossier.notified() == Strings{"head"});
    Dossier anew = started(four);
    REQUIRE(anew.migrate(wednesday, version(2, three), {.restart_timers = {"work"}}) == "");
    anew.pass_until("2017-06-12 16:59");
    CHECK(anew.notified().empty());
    anew.pass_until("2017-06-12 17:00");
    CHECK(anew.notified() == Strings{"head"});
}

TEST_CASE("a moment that has been told lies ahead again, and is told again") {
    const auto warns = [](const char* limit) {
        return work(std::string("sla: {limit: ") + limit +
                    ", moments: {1 working day before: {notify: head}}}");
    };
    Dossier dossier = started(warns("3 working days"));
    dossier.pass_until(wednesday);
    CHECK(dossier.notified() == Strings{"head"});
    REQUIRE(dossier.migrate(wednesday, version(2, warns("10 working days"))) == "");
    dossier.pass_until("2017-06-15 17:00");
    CHECK(dossier.notified() == Strings{"head"});
    dossier.pass_until("2017-06-16 17:00");
    CHECK(dossier.notified() == Strings{"head", "head"});
}

TEST_CASE("a clock stays as it was given where both versions would give the same now") {
    const auto text = [](const std::string& keys) {
        return "data: {time: limit, is_fast: {type: boolean, default: true}}\ninput: [time]\n" +
               work(keys);
    };
    const std::string read = text("sla: {limit: time, when: is_fast}");
    Dossier dossier = started(read, {{"time", "5 working days"}});
    REQUIRE(dossier.send("2017-06-06 09:00",
                         Correct{actor("lan", "operator"),
                                 {{"time", "9 working days"}, {"is_fast", false}},
                                 "so",
                                 0}) == "");
    REQUIRE(dossier.migrate(wednesday, version(2, read)) == "");
    CHECK(dossier.due("work") == "2017-06-12");
    CHECK(dossier.count(RecordKind::clock_redated) == 0);
    REQUIRE(dossier.migrate(wednesday, version(3, read), {.data = {{"is_fast", true}}}) == "");
    CHECK(dossier.due("work") == "2017-06-16");
}

TEST_CASE("a parameter that the new version sets otherwise moves clocks and timers") {
    const auto text = [](const std::string& term) {
        return "parameters: {term: {type: limit, default: " + term + ", source: law}}\n" +
               work("sla: term\n    after: {term: {notify: head}}");
    };
    Dossier dossier = started(text("5 working days"));
    REQUIRE(dossier.migrate(wednesday, version(2, text("3 working days"))) == "");
    CHECK(dossier.due("work") == "2017-06-08");
    dossier.pass_until("2017-06-08 17:00");
    CHECK(dossier.notified() == Strings{"head"});
}

TEST_CASE("what was told before an extension is not told again by a move that changes nothing") {
    const std::string text = work("sla: {limit: 2 working days, moments: {due: {notify: head, "
                                  "extend: {work: 3 working days}}}}");
    Dossier dossier = started(text);
    dossier.pass_until("2017-06-07 17:00");
    CHECK(dossier.notified() == Strings{"head"});
    REQUIRE(dossier.migrate("2017-06-08 09:00", version(2, text)) == "");
    dossier.pass_until("2017-06-20 17:00");
    CHECK(dossier.notified() == Strings{"head"});
}

TEST_CASE("a clock that waits and begins anew waits from the move on") {
    const std::string text =
        "states:\n  work:\n    sla: {limit: 5 working days, while_waiting: {news: pause}}\n"
        "    states: {ask: {task: officer, waiting_for: news, to: {end: none}}}\n"
        "    to: {end: done}\n";
    Dossier dossier = started(text);
    CHECK(dossier.due("work") == "waiting");
    REQUIRE(dossier.migrate(wednesday, version(2, text), {.restart = {"work"}}) == "");
    CHECK(dossier.due("work") == "waiting");
    REQUIRE(dossier.instance.clocks.size() == 1);
    CHECK(dossier.instance.clocks[0].ledger.front().from == at(wednesday));
}

TEST_CASE("clocks that only the new version has begin with the move") {
    Dossier dossier = started(work("title: Work"));
    REQUIRE(dossier.migrate(wednesday, version(2, work("sla: 5 working days"))) == "");
    CHECK(dossier.due("work") == "2017-06-14");
    CHECK(dossier.count(RecordKind::clock_started) == 1);
}

TEST_CASE("what the new version asks about and the old one did not remember is told, or forgotten") {
    const std::string plain = work("title: Work");
    const std::string asks =
        "states:\n  work:\n    task: officer\n    actions: {go: rest}\n"
        "  rest: {task: officer, actions: {back: {to: work, when: \"times('go') < 2\"}, finish: "
        "{end: done}}}\n";
    Dossier dossier = started(plain);
    CHECK(dossier.migrate(wednesday, version(2, asks)) == "not-migratable");
    CHECK(because(dossier) == Strings{"not-remembered"});
    REQUIRE(dossier.migrate(wednesday, version(2, asks), {.forget = {"go"}}) == "");
    REQUIRE(dossier.perform(wednesday, officer, "go") == "");
    CHECK(dossier.perform(wednesday, officer, "back") == "");
}

TEST_CASE("a branch that only the new version has is not opened, the others go on") {
    const auto both = [](const std::string& more) {
        return "states:\n  both:\n    parallel:\n"
               "      a: {states: {first: {task: officer, to: {end: none}}}}\n"
               "      b: {states: {second: {task: officer, to: {end: none}}}}\n" +
               more + "    to: {end: done}\n";
    };
    Dossier dossier = started(both(""));
    REQUIRE(dossier.migrate(wednesday,
                            version(2, both("      c: {states: {third: {task: officer, to: {end: "
                                            "none}}}}\n"))) == "");
    CHECK(dossier.states() == Strings{"a", "b", "both", "first", "second"});
    REQUIRE(dossier.perform(wednesday, officer, "done", {}, dossier.token_on("first")) == "");
    REQUIRE(dossier.perform(wednesday, officer, "done", {}, dossier.token_on("second")) == "");
    CHECK(dossier.outcome() == "done");
    Dossier other = started(both(""));
    const auto fewer = version(
        2,
        "states:\n  both:\n    parallel:\n"
        "      a: {states: {first: {task: officer, to: {end: none}}}}\n"
        "      c: {states: {third: {task: officer, to: {end: none}}}}\n    to: {end: done}\n");
    CHECK(other.migrate(wednesday, fewer) == "not-migratable");
    CHECK(because(other) == Strings{"state-gone", "state-gone"});
}

TEST_CASE("who waits at a join must have come from one of its sources") {
    const auto text = [](const char* from) {
        return std::string(
                   "states:\n  split: {fork: [a, b, c]}\n  a: {task: officer, to: meet}\n"
                   "  b: {task: officer, to: ") +
               (from[0] == 'b' ? "meet" : "c") +
               "}\n  c: {task: officer, to: meet}\n  meet: {join: all, to: {end: done}}\n";
    };
    Dossier dossier = started(text("b"));
    REQUIRE(dossier.perform(monday, officer, "done", {}, dossier.token_on("b")) == "");
    CHECK(dossier.migrate(wednesday, version(2, text("c"))) == "not-migratable");
    CHECK(because(dossier) == Strings{"out-of-reach"});
    CHECK(dossier.migrate(wednesday, version(3, text("b"))) == "");
}

TEST_CASE("a wait that is over by the new version leads on with the move") {
    Dossier dossier = started(
        "data: {paid: {type: boolean, default: true}}\n"
        "states:\n  wait_here: {wait: {when: \"!paid\"}, to: {end: done}}\n");
    CHECK(dossier.states() == Strings{"wait_here"});
    REQUIRE(dossier.migrate(
                wednesday,
                version(2,
                        "data: {paid: {type: boolean, default: true}}\n"
                        "states:\n  wait_here: {wait: {when: paid}, to: {end: done}}\n")) == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("the plan says what the move does, and changes nothing") {
    Dossier dossier =
        started(work("sla: 5 working days\n    after: {4 working days: {notify: head}}"));
    const auto next =
        version(2, work("sla: 10 working days\n    after: {6 working days: {notify: head}}"));
    const Migrate event{.from = dossier.procedure->digest(),
                        .to = next->digest(),
                        .calendar = dossier.instance.calendar};
    const MigrationPlan plan = plan_migration(*dossier.procedure, *next, dossier.calendars,
                                              dossier.instance, event, at(wednesday));
    CHECK_FALSE(plan.refused);
    REQUIRE(plan.dates.size() == 2);
    CHECK(to_string(plan.dates[0].before.date) == "2017-06-12");
    CHECK(to_string(plan.dates[0].after.date) == "2017-06-19");
    CHECK(plan.dates[1].before.instant == at("2017-06-09 17:00"));
    CHECK(plan.dates[1].after.instant == at("2017-06-13 17:00"));
    CHECK(dossier.due("work") == "2017-06-12");
}

TEST_CASE("only another version of the same procedure will do") {
    Dossier dossier = started(work("sla: 5 working days"));
    CHECK(dossier.migrate(wednesday, dossier.procedure) == "same-version");
    const auto other = procedure_of(
        "procedure: other\nversion: 2\ntitle: Other\ncalendar: vn-state\nroles: {officer: Officer}\n"
        "states: {work: {task: officer, to: {end: done}}}\noutcomes: {done: Done}\n");
    CHECK_THROWS_AS(dossier.migrate(wednesday, other), Error);
    REQUIRE(dossier.perform(wednesday, officer, "go") == "");
    REQUIRE(dossier.perform(wednesday, officer, "done") == "");
    CHECK(dossier.migrate(wednesday, version(2, work("sla: 5 working days"))) == "ended");
}

TEST_CASE("step itself does not take a migration") {
    Dossier dossier = started(work("sla: 5 working days"));
    CHECK_THROWS_AS(dossier.send(wednesday, Migrate{}), Error);
}
