// Plain timers and waits: rules R79 and R80.
#include <catch2/catch.hpp>

#include "unit/interpreter/small_procedure.hpp"
#include "workflow/index_rows.hpp"

using namespace workflow;
using namespace workflow::test;
using workflow::test::small::in_head;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");

}  // namespace

TEST_CASE("R80: a timer counts in its own unit from entering, and its first day is not counted") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  draft: {task: officer, after: {30 days: {end: expired}}, to: {end: done}}
outcomes: {done: Done, expired: Expired}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.pass_until("2017-07-05 16:59");
    CHECK(dossier.outcome() == "");
    dossier.pass_until("2017-07-05 17:00");
    CHECK(dossier.outcome() == "expired");
}

TEST_CASE("R80: a timer with `times` repeats, counted from its due instant") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  unclaimed:
    task: officer
    after: {2 working days: {notify: officer, times: 3}}
    to: {end: done}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.wake_up_at("2017-06-30 09:00");
    CHECK(dossier.count(RecordKind::timer_fired) == 3);
    CHECK(dossier.notified().size() == 3);
    CHECK(index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due.empty());
}

TEST_CASE("a state without a kind stays until a timer leads on") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  rest: {after: {1 hour: work}}
  work: {task: officer, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.states() == Strings{"rest"});
    dossier.pass_until("2017-06-05 10:00");
    CHECK(dossier.states() == Strings{"work"});
}

TEST_CASE("wait until: an instant of the data; one that lies behind is due at once") {
    const auto procedure = procedure_of(in_head(R"(
input: [opens]
data: {opens: instant}
states:
  pause: {wait: {until: opens}, to: work}
  work: {task: officer, to: {end: done}}
outcomes: {done: Done}
)"));
    Dossier ahead(procedure);
    REQUIRE(ahead.start("2017-06-05 09:00", officer, {{"opens", "2017-06-06T08:00:00+07:00"}}) ==
            "");
    ahead.pass_until("2017-06-06 07:59");
    CHECK(ahead.states() == Strings{"pause"});
    ahead.pass_until("2017-06-06 08:00");
    CHECK(ahead.states() == Strings{"work"});
    Dossier behind(procedure);
    REQUIRE(behind.start("2017-06-05 09:00", officer, {{"opens", "2017-06-01T08:00:00+07:00"}}) ==
            "");
    behind.pass_until("2017-06-05 09:00");
    CHECK(behind.states() == Strings{"work"});
}

TEST_CASE("wait when: looked at in every step, and goes on as soon as it holds") {
    Dossier dossier(procedure_of(in_head(R"(
data: {paid: {type: boolean, default: false}}
actions: {pay: {role: officer, set: {paid: "true"}}}
states:
  until_paid: {wait: {when: paid}, to: work}
  work: {task: officer, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.states() == Strings{"until_paid"});
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "pay") == "");
    CHECK(dossier.states() == Strings{"work"});
}

TEST_CASE("R24a: a timer whose activation is gone is recorded and changes nothing") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  work: {task: officer, after: {2 days: {notify: officer}}, actions: {again: work, finish: {end: done}}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    const DueRow row =
        index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due.front();
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "again") == "");
    const auto tokens = dossier.instance.tokens;
    CHECK(dossier.send("2017-06-08 10:00", TimerDue{row.ordinal, row.timer, row.due}) == "");
    CHECK(dossier.count(RecordKind::timer_ignored) == 1);
    CHECK(dossier.instance.tokens == tokens);
    CHECK(dossier.notified().empty());
}

TEST_CASE("a timer before its time is ignored") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  work: {task: officer, after: {2 days: {end: late}}, to: {end: done}}
outcomes: {done: Done, late: Late}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    const DueRow row =
        index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due.front();
    CHECK(dossier.send("2017-06-06 10:00", TimerDue{row.ordinal, row.timer, row.due}) == "");
    CHECK(dossier.outcome() == "");
}
